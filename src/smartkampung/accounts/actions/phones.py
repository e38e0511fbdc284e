"""The own phone of an officer: proven by a code, agreed to, and ended by STOP."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.models import PHONE, OfficerPhone, Staff
from smartkampung.accounts.queries.phones import wish_of
from smartkampung.audit.actions import record
from smartkampung.intake.actions.limits import over
from smartkampung.intake.actions.one_time import issue_code, use_code
from smartkampung.intake.rules import ONE_TIME_LIFE, Limit
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.sealed import Sealed, blind_index
from smartkampung.notify.actions import end_silence, send, silence

PURPOSE = "accounts.phone"
PER_STAFF = Limit("accounts.phone", 6, timedelta(days=1))


class TooManyPhoneCodes(Refused):
    """Codes were asked for again and again on one day."""

    code = "too_many_phone_codes"


class NotProven(Refused):
    """Nobody showed that this number is theirs."""

    code = "phone_not_proven"


def ask_phone_code(*, staff: Staff, number: str, at: datetime) -> None:
    """Send a code to a number, to see whose it is; raise TooManyPhoneCodes."""
    if over(PER_STAFF, key=str(staff.pk), at=at):
        raise TooManyPhoneCodes(
            _("A code was asked for too often today. Please try again tomorrow.")
        )
    send(
        key=f"{PURPOSE}:{staff.pk}:{at.isoformat()}",
        to=Sealed.of(number, PHONE),
        template="code",
        context={"minutes": int(ONE_TIME_LIFE.total_seconds() // 60)},
        secret=issue_code(purpose=PURPOSE, subject=_subject(staff, number), at=at),
        language=staff.language,
    )


def prove_phone(*, staff: Staff, number: str, code: str, at: datetime) -> bool:
    """Keep a number whose code is right, with the officer's yes to messages.

    The same False for wrong, expired and spent. Let the transaction commit either
    way, or a wrong try would be forgotten.
    """
    right = use_code(purpose=PURPOSE, subject=_subject(staff, number), code=code, at=at)
    if right:
        _keep(staff, number, by=staff.username, at=at, proven=True)
        end_silence(wish=wish_of(staff.pk))
    return right


def write_phone_down(*, staff: Staff, number: str, by: str, at: datetime) -> None:
    """Keep a number to call, which nobody proved; one that is kept already stays."""
    if not OfficerPhone.objects.filter(staff=staff).exists():
        _keep(staff, number, by=by, at=at, proven=False)


def change_wish(*, staff: Staff, wants: bool, at: datetime) -> None:
    """Begin or end messages to an own proven number; raise NotProven.

    Ended, nothing goes out any more, what waits included.
    """
    rows = OfficerPhone.objects.filter(staff=staff, proven_at__isnull=False)
    if not rows.update(wants=wants):
        raise NotProven(_("Type a number first, and the code that comes to it."))
    _hush([staff.pk], wants=wants, at=at)
    record("accounts.phone_wish", target=staff, by=staff.username, wants=wants)


def forget_phone(*, staff: Staff, by: str, at: datetime) -> None:
    """Forget the number of an officer; what waits for it is not sent."""
    if OfficerPhone.objects.filter(staff=staff).delete()[0]:
        _hush([staff.pk], wants=False, at=at)
        record("accounts.phone_forgotten", target=staff, by=by)


def heard_from(*, phone: Sealed, wants: bool, at: datetime) -> int:
    """Do what a phone said by text, STOP or MULAI; return for how many officers."""
    rows = OfficerPhone.objects.filter(
        number_index__in=phone.indexes(), proven_at__isnull=False, wants=not wants
    )
    staff = list(rows.values_list("staff_id", flat=True))
    rows.update(wants=wants)
    _hush(staff, wants=wants, at=at)
    return len(staff)


def _hush(staff: list[int], *, wants: bool, at: datetime) -> None:
    for one in staff:
        if wants:
            end_silence(wish=wish_of(one))
        else:
            silence(wish=wish_of(one), at=at)


def _keep(staff: Staff, number: str, *, by: str, at: datetime, proven: bool) -> None:
    OfficerPhone.objects.update_or_create(
        staff=staff,
        defaults={
            "number": Sealed.of(number, PHONE),
            "number_index": blind_index(number, PHONE),
            "proven_at": at if proven else None,
            "wants": proven,
            "written_by": by,
            "written_at": at,
        },
    )
    record("accounts.phone_kept", target=staff, by=by, proven=proven)


def _subject(staff: Staff, number: str) -> str:
    return blind_index(f"{staff.pk}:{number}", "officer_phone").hex()
