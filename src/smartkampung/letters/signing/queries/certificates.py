"""Certificates of officers, and who asks for one."""

from datetime import datetime, timedelta

from smartkampung.letters.signing.models import KeyRequest, SigningCertificate

NOTICE = timedelta(days=30)


def certificate_of(staff_id: int) -> SigningCertificate | None:
    """Return the certificate of an officer that was not revoked, expired or not."""
    return SigningCertificate.objects.filter(staff_id=staff_id, revoked_at=None).first()


def open_request_of(staff_id: int) -> KeyRequest | None:
    """Return what an officer asked for and has not got yet."""
    rows = KeyRequest.objects.filter(staff_id=staff_id, used_at=None)
    return rows.exclude(answer=KeyRequest.Answer.NO).first()


def ready_to_sign(staff_id: int, *, at: datetime) -> bool:
    """Say whether an officer could sign now, given the passphrase."""
    row = certificate_of(staff_id)
    return row is not None and row.locked_at is None and row.valid_until > at
