"""Ask an employer or association for their word; they answer without an account."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.audit.actions import record
from smartkampung.intake.rules import new_code
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.sealed import Sealed, blind_indexes
from smartkampung.notify.actions import send
from smartkampung.recovery.affected.models import Affected, Confirmation
from smartkampung.recovery.affected.queries.confirmations import hash_of
from smartkampung.recovery.affected.rules.course import (
    CONFIRM_WITHIN,
    Answer,
    State,
)
from smartkampung.residents.models import PHONE

PUBLIC = "public"


class CannotAsk(Refused):
    """The record is past being verified."""

    code = "cannot_ask"


class OwnNumber(Refused):
    """The number belongs to the person, or to their family."""

    code = "own_number"


class CannotAnswer(Refused):
    """The question was answered, or its time is over."""

    code = "cannot_answer"


def ask(
    *, affected: Affected, asked_of: str, phone: str, by: Actor, at: datetime
) -> str:
    """Ask for a word about somebody; return the code, which is shown once.

    It goes by SMS to the phone given, else to the one that the person named, which
    nobody is shown; where there is none, or it is their own, the village hands it
    over. Raises CannotAsk, and OwnNumber for a phone given.
    """
    case = _waiting(affected)
    own = _own_numbers(case)
    if phone and own.intersection(blind_indexes(phone, PHONE)):
        raise OwnNumber(
            _("This is a number of the person or their family. Type another, or none.")
        )
    named = None if phone else _phone_named(case)
    if named is not None and own.intersection(named.indexes()):
        named = None
    code = new_code()
    row = Confirmation.objects.create(
        code_hash=hash_of(code),
        phone=Sealed.of(phone, PHONE) if phone else named,
        named_by_person=named is not None,
        expires_at=at + CONFIRM_WITHIN,
        **_question(case, asked_of, by, at),
    )
    send(
        key=f"affected.confirm:{row.pk}",
        to=row.phone,
        template="affected_confirm",
        secret=code,
    )
    _note("affected.confirmation_asked", row, case, by.username)
    return code


def answer(
    *,
    confirmation: Confirmation,
    said: Answer,
    told_by: str,
    note: str = "",
    at: datetime,
) -> None:
    """Take the word of whoever holds the code, once; raise CannotAnswer."""
    rows = Confirmation.objects.select_for_update(no_key=True)
    row = rows.get(pk=confirmation.pk)
    if row.answer or row.expires_at <= at:
        raise CannotAnswer(
            _("This was answered already, or its time is over. Thank you.")
        )
    row.answer, row.told_by, row.note, row.answered_at = said, told_by, note, at
    row.save(update_fields=["answer", "told_by", "note", "answered_at"])
    record(
        "affected.confirmation_answered",
        target=row,
        by=PUBLIC,
        affected=row.affected_id,
        answer=said.value,
    )


def write_down(
    *,
    affected: Affected,
    asked_of: str,
    said: Answer,
    told_by: str,
    note: str = "",
    by: Actor,
    at: datetime,
) -> Confirmation:
    """Write down what an employer or association said on paper; raise CannotAsk."""
    case = _waiting(affected)
    row = Confirmation.objects.create(
        on_paper=True,
        answer=said,
        told_by=told_by,
        note=note,
        answered_at=at,
        expires_at=at,
        **_question(case, asked_of, by, at),
    )
    _note("affected.confirmation_written", row, case, by.username)
    return row


def _waiting(affected: Affected) -> Affected:
    rows = Affected.objects.select_for_update(no_key=True, of=("self",))
    case = rows.select_related("person__family").get(pk=affected.pk)
    if case.state != State.TO_VERIFY:
        raise CannotAsk(_("This record was decided meanwhile."))
    return case


def _own_numbers(case: Affected) -> set[bytes]:
    """Return the fingerprints of the numbers of the person and their family."""
    rows = case.registrations.filter(phone__isnull=False)
    phones = [case.person.family.phone, *rows.values_list("phone", flat=True)]
    return {index for phone in phones if phone for index in phone.indexes()}


def _phone_named(case: Affected) -> Sealed | None:
    rows = case.registrations.filter(employer_phone__isnull=False).order_by("-pk")
    row = rows.first()
    return row.employer_phone if row else None


def _question(
    case: Affected, asked_of: str, by: Actor, at: datetime
) -> dict[str, object]:
    return {
        "affected": case,
        "asked_of": asked_of,
        "person_name": case.person.name,
        "kind": case.kind,
        "happened_on": case.happened_on,
        "asked_by_id": by.staff_id,
        "asked_at": at,
    }


def _note(name: str, row: Confirmation, case: Affected, by: str) -> None:
    record(name, target=row, by=by, region_code=case.region_code, affected=case.pk)
