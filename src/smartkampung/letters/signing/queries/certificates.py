"""Certificates of officers, and who asks for one."""

from datetime import date, timedelta

from smartkampung.letters.signing.models import KeyRequest, SigningCertificate
from smartkampung.letters.signing.queries.offices import holds_office

NOTICE = timedelta(days=30)


def certificate_of(staff_id: int) -> SigningCertificate | None:
    """Return the certificate of an officer that was not revoked, expired or not."""
    return SigningCertificate.objects.filter(staff_id=staff_id, revoked_at=None).first()


def certificate_in_force(username: str) -> SigningCertificate | None:
    """Return the same by the name of an account."""
    rows = SigningCertificate.objects.filter(revoked_at=None)
    return rows.filter(staff__username=username).first()


def last_revoked_of(staff_id: int) -> SigningCertificate | None:
    """Return what an officer signed with last, and who took it back."""
    rows = SigningCertificate.objects.filter(staff_id=staff_id)
    return rows.exclude(revoked_at=None).order_by("revoked_at", "pk").last()


def open_request_of(staff_id: int, *, on: date) -> KeyRequest | None:
    """Return what an officer asked for and has not got yet, in an office still held."""
    rows = KeyRequest.objects.filter(staff_id=staff_id, used_at=None)
    row = rows.exclude(answer=KeyRequest.Answer.NO).first()
    return row if row and holds_office(row, on=on) else None
