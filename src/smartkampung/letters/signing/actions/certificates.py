"""Gives officers their certificate, and takes it back."""

import base64
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.models import Staff
from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused, atomic_or_refuse
from smartkampung.kernel.sealed import Sealed
from smartkampung.letters.signing import passphrases
from smartkampung.letters.signing.errors import OfficeOver
from smartkampung.letters.signing.models import (
    KEY_PURPOSE,
    NIK_PURPOSE,
    KeyRequest,
    SigningCertificate,
)
from smartkampung.letters.signing.queries.authority import authority, opened
from smartkampung.letters.signing.queries.offices import (
    holds_office,
    office_holders,
    office_named,
)
from smartkampung.letters.signing.rules.levels import SHORTEST_PASSPHRASE, PortName
from smartkampung.letters.signing.x509 import OFFICER_LIVES, Holder, new_officer
from smartkampung.worklist.actions import close_work

SUPERSEDED = "superseded"
OFFICE_OVER = "office_over"
# How late a new term may be written down before its certificate is gone for good.
LATE = timedelta(days=7)


class AlreadyAsked(Refused):
    """A request of this officer is open."""

    code = "already_asked"


class OwnRequest(Refused):
    """Nobody says of themselves that they hold the office."""

    code = "own_request"


class NotConfirmed(Refused):
    """Nobody said yet that the officer holds the office."""

    code = "not_confirmed"


class AlreadyAnswered(Refused):
    """Somebody else answered in the meantime."""

    code = "already_answered"


class NothingAsked(Refused):
    """The officer asks for no certificate."""

    code = "nothing_asked"


class LeftTheOffice(Refused):
    """Whoever asked does not hold the office, or took the request back."""

    code = "left_the_office"


class WeakPassphrase(Refused):
    """The passphrase is easily guessed."""

    code = "weak_passphrase"


def ask_for_certificate(
    *,
    staff: Staff,
    title: str,
    region_code: str,
    office: str,
    at: datetime,
    port: PortName = PortName.LOCAL,
    nik: str = "",
    nip: str = "",
) -> KeyRequest:
    """Ask for a certificate; raise AlreadyAsked.

    ``nik`` is what the national service knows the officer by; it is sealed. ``nip`` is
    the number of a civil servant, all digits: who confirms the office sees it.
    """
    asked = AlreadyAsked(
        _("You have asked already: your request waits to be confirmed.")
    )
    with atomic_or_refuse({"key_request_one_open_each": asked}):
        _close_those_of_former_offices(staff, at)
        row = KeyRequest.objects.create(
            staff=staff,
            asked_by=staff.username,
            asked_at=at,
            port=port,
            holder=staff.full_name,
            title=title[:64],
            region_code=region_code,
            office=office[:64],
            nik=Sealed.of(nik, NIK_PURPOSE) if nik else None,
            nip=nip,
        )
        record(
            "letters.key_asked", target=row, by=staff.username, region_code=region_code
        )
    return row


def _close_those_of_former_offices(staff: Staff, at: datetime) -> None:
    rows = KeyRequest.objects.filter(staff=staff, used_at=None)
    for row in rows.exclude(answer=KeyRequest.Answer.NO).order_by("pk"):
        if not holds_office(row, on=day(at)):
            row.used_at = at
            row.save(update_fields=["used_at"])


def take_back_request(*, staff: Staff, by: str, at: datetime) -> None:
    """Take back what one asked for, as with a number mistyped; raise NothingAsked."""
    with transaction.atomic():
        rows = KeyRequest.objects.select_for_update().filter(staff=staff, used_at=None)
        row = rows.exclude(answer=KeyRequest.Answer.NO).first()
        if row is None:
            raise NothingAsked(_("Nothing waits that you could take back."))
        row.used_at = at
        row.save(update_fields=["used_at"])
        record("letters.key_taken_back", target=row, by=by, region_code=row.region_code)


def answer_request(*, request: KeyRequest, yes: bool, by: str, at: datetime) -> None:
    """Say whether an officer holds the office.

    Raises OwnRequest, AlreadyAnswered; LeftTheOffice instead of confirming who did.
    """
    own = OwnRequest(_("Somebody else confirms that you hold this office."))
    with atomic_or_refuse({"key_request_answered_by_another": own}):
        row = KeyRequest.objects.select_for_update().get(pk=request.pk)
        if row.answer:
            raise AlreadyAnswered(_("Somebody else has answered this request already."))
        if row.used_at is not None or (yes and not holds_office(row, on=day(at))):
            raise LeftTheOffice(
                _("%(name)s took this back, or holds the office no more.")
                % {"name": row.holder}
            )
        row.answer = KeyRequest.Answer.YES if yes else KeyRequest.Answer.NO
        row.answered_by, row.answered_at = by, at
        row.save(update_fields=["answer", "answered_by", "answered_at"])
        record(
            "letters.key_answered",
            target=row,
            by=by,
            region_code=row.region_code,
            answer=row.answer,
        )


def make_certificate(
    *, request: KeyRequest, passphrase: str, by: str, at: datetime
) -> SigningCertificate:
    """Make key and certificate once the office was confirmed; the one before ends.

    Raises NotConfirmed, OfficeOver or WeakPassphrase. The passphrase is kept nowhere.
    """
    with transaction.atomic():
        asked = KeyRequest.objects.select_for_update().get(pk=request.pk)
        if asked.answer != KeyRequest.Answer.YES or asked.used_at is not None:
            raise NotConfirmed(_("Nobody has confirmed yet that you hold this office."))
        if not holds_office(asked, on=day(at)):
            raise OfficeOver
        for old in SigningCertificate.objects.filter(
            staff=asked.staff, revoked_at=None
        ):
            revoke_certificate(certificate=old, reason=SUPERSEDED, by=by, at=at)
        row = _local(asked, passphrase, at) if _is_local(asked) else _remote(asked, at)
        row.save(force_insert=True)
        asked.used_at = at
        asked.save(update_fields=["used_at"])
        record("letters.key_made", target=row, by=by, region_code=row.region_code)
    return row


def revoke_certificate(
    *, certificate: SigningCertificate, reason: str, by: str, at: datetime
) -> bool:
    """End a certificate for good and forget its key; letters signed before stay.

    Return False where somebody ended it before.
    """
    with transaction.atomic():
        rows = SigningCertificate.objects.select_for_update()
        row = rows.get(pk=certificate.pk)
        if row.revoked_at is not None:
            return False
        row.revoked_at, row.revoked_by = at, by
        row.revoke_reason, row.key = reason.strip()[:200], None
        row.save(update_fields=["revoked_at", "revoked_by", "revoke_reason", "key"])
        close_work(target=row, by=by)
        record("letters.key_revoked", target=row, by=by, region_code=row.region_code)
    return True


def revoke_where_the_office_ended(*, at: datetime) -> int:
    """Revoke certificates whose office is over for a week, or whose account was closed.

    A new term of the same office is often written down some days late; until then
    nobody opens the key. Returns how many were revoked.
    """
    rows = list(SigningCertificate.objects.filter(revoked_at=None).order_by("pk"))
    held = office_holders(rows, on=day(at)) | office_holders(rows, on=day(at - LATE))
    over = [row for row in rows if office_named(row) not in held]
    for row in over:
        revoke_certificate(certificate=row, reason=OFFICE_OVER, by="system", at=at)
    return len(over)


def _is_local(asked: KeyRequest) -> bool:
    return asked.port == PortName.LOCAL


def _local(asked: KeyRequest, passphrase: str, at: datetime) -> SigningCertificate:
    check_passphrase(passphrase, staff=asked.staff)
    row, issuing = _row(asked, at), authority()
    made = new_officer(
        Holder(row.holder, row.title, row.office),
        opened(issuing.issuer_pem, issuing.issuer_key),
        crl_url=f"{settings.SITE_URL}/v/crl/{issuing.pk}/",
        at=at,
        until=row.valid_until,
    )
    locked = base64.b64encode(passphrases.lock(made.key_der, passphrase)).decode()
    row.serial = f"{made.certificate.serial_number:x}"
    row.pem, row.key = made.pem, Sealed.of(locked, KEY_PURPOSE)
    return row


def _remote(asked: KeyRequest, at: datetime) -> SigningCertificate:
    row = _row(asked, at)
    row.serial = f"bsre-{asked.pk}"
    return row


def _row(asked: KeyRequest, at: datetime) -> SigningCertificate:
    return SigningCertificate(
        staff=asked.staff,
        request=asked,
        port=asked.port,
        holder=asked.holder,
        title=asked.title,
        office=asked.office,
        region_code=asked.region_code,
        valid_from=at,
        valid_until=at + OFFICER_LIVES,
    )


def check_passphrase(passphrase: str, *, staff: Staff) -> None:
    """Raise WeakPassphrase, with what to do, unless it is long and nobody's name."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise WeakPassphrase(
            _("Use at least %(count)s signs for the passphrase: some words in a row.")
            % {"count": SHORTEST_PASSPHRASE}
        )
    names = {staff.username, staff.full_name, *staff.full_name.split()}
    if passphrase.casefold().strip() in {name.casefold() for name in names}:
        raise WeakPassphrase(_("The passphrase may not be your name."))
    if len(set(passphrase)) < 5:
        raise WeakPassphrase(_("The passphrase repeats too few signs."))
    if not any(sign.isalpha() for sign in passphrase):
        raise WeakPassphrase(_("Use words: digits alone are soon guessed."))
    try:
        CommonPasswordValidator().validate(passphrase.strip())
    except ValidationError:
        raise WeakPassphrase(
            _("Everybody tries this passphrase first. Use words in a row of your own.")
        ) from None
    if staff.check_password(passphrase):
        raise WeakPassphrase(_("Use another passphrase than your password."))
