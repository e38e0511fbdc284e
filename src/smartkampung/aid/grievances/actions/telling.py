"""Take a grievance in, find whom it is about, and let the person speak again."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from smartkampung.aid.grievances.actions.steps import (
    days_of,
    in_working_days,
    lay_on,
    note,
    open_desk_work,
    renew_work,
    under_lock,
)
from smartkampung.aid.grievances.queries import (
    PURPOSE,
    handed_out_by,
    hash_of,
    officers_near,
    sees_desk,
)
from smartkampung.aid.grievances.rules import (
    APPEAL_WITHIN,
    Desk,
    EventKind,
    Kind,
    State,
    Told,
    desk_above,
    first_desk,
)
from smartkampung.aid.models import Grievance
from smartkampung.intake.actions.answers import answer_once
from smartkampung.intake.actions.limits import over
from smartkampung.intake.rules import Limit, new_code
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.later import later
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from smartkampung.kernel.sealed import Sealed
from smartkampung.regions.codes import ancestor, inside
from smartkampung.residents.corrections.models import WANTED
from smartkampung.residents.models import NIK
from smartkampung.residents.queries.matching import match_identity
from smartkampung.residents.rules.corrections import SEALED, Field, read_wanted

PER_VILLAGE = Limit("aid.grievance.village", 500, timedelta(days=1))
# For each sender, so that nobody keeps a person from telling by telling much.
PER_PERSON = Limit("aid.grievance.person", 10, timedelta(days=1))
ROBOT = "matching"


class TooManyGrievances(Refused):
    """A village, or from one place one person, was written about again and again."""

    code = "too_many_grievances"


class CannotReply(Refused):
    """Nothing was asked, or it was answered."""

    code = "cannot_reply"


class CannotAppeal(Refused):
    """This grievance cannot be looked at a second time, or no longer."""

    code = "cannot_appeal"


def tell(*, told: Told, sender: str = "", at: datetime) -> str:
    """Take in a grievance; return its code, which is shown once and never kept.

    ``sender`` is the network address that sent it, kept as keyed hash only. The same form sent again gets the same code. Raises TooManyGrievances, and
    KeyReused when the form was sent before with other answers.
    """
    return answer_once(
        scope=PURPOSE,
        key=str(told.form_id),
        body=asdict(told),
        at=at,
        make=lambda: _take_in(told, sender, at),
    ).text


def _take_in(told: Told, sender: str, at: datetime) -> str:
    if over(PER_VILLAGE, key=told.region_code, at=at) or (
        told.nik and over(PER_PERSON, key=f"{told.nik}:{sender}", at=at)
    ):
        raise TooManyGrievances(
            _(
                "Very many grievances like this came in today. They are being"
                " handled. Please come back tomorrow."
            )
        )
    code = new_code()
    row = _row(told, code, at)
    lay_on(row, first_desk(told.kind, told.office), at)
    row.promised_at = row.due_at = in_working_days(at, days_of(row))
    act_as(Acting.PUBLIC, tracking=hash_of(code))
    row.save(force_insert=True)
    open_desk_work(row)
    note(row, EventKind.TOLD, at=at)
    if row.nik is not None:
        # Later, so that a NIK that is known and one that is not take the same time.
        later("aid.match_grievance", grievance_id=row.pk)
    return code


def _wanted(told: Told, at: datetime) -> dict[str, Any]:
    """Return what the record should say; a number that proves something sealed."""
    if told.field not in SEALED:
        return {"wanted": told.wanted}
    number = read_wanted(Field(told.field), told.wanted, today=day(at))
    return {"wanted_sealed": Sealed.of(number, WANTED)}


def _row(told: Told, code: str, at: datetime) -> Grievance:
    row = Grievance(
        code_hash=hash_of(code),
        form_id=told.form_id,
        kind=told.kind,
        region_code=told.region_code,
        programme_id=told.programme or None,
        text=told.text,
        nik=Sealed.of(told.nik, NIK) if told.nik else None,
        field=told.field,
        **_wanted(told, at),
        office=told.office or "",
        officer_name=told.officer_name,
        listing=told.listing,
        entry=told.entry,
        told_at=at,
    )
    if told.officer_name:
        # A name written as the account has it needs nobody to find the officer.
        near = officers_near(row, on=day(at))
        named = list(near.filter(full_name__iexact=told.officer_name)[:2])
        row.about = named[0] if len(named) == 1 else None
    return row


def match_person(*, grievance_id: int, at: datetime) -> None:
    """Find the person of a grievance in the registry of the village that was named.

    Who lives elsewhere stays unknown: this village has no right to their name. What was
    cut goes past a desk where somebody sees it who handed out that family's aid.
    """
    row = Grievance.objects.get(pk=grievance_id)
    if row.nik is None or row.person_id is not None:
        return
    found = match_identity(nik=row.nik)
    if found and inside(found.person.region_code, row.region_code):
        row.person = found.person
        row.save(update_fields=["person"])
        if row.kind == Kind.PAID_LESS:
            _past_whoever_handed_out(row, at)


def _past_whoever_handed_out(row: Grievance, at: datetime) -> None:
    before, desk = row.desk, Desk(row.desk)
    accused = list(handed_out_by(row))
    while any(
        sees_desk(one, ancestor(row.region_code, desk), on=day(at)) for one in accused
    ):
        above = desk_above(desk)
        if above is None:
            break  # at the last desk the query keeps it from whoever handed out
        desk = above
    if desk != before:
        row.desk, row.desk_code = desk, ancestor(row.region_code, desk)
        row.save(update_fields=["desk", "desk_code"])
        renew_work(row, by=ROBOT)


def reply(*, grievance: Grievance, words: str, at: datetime) -> None:
    """Answer the question of the officer; raise CannotReply where there is none."""

    def take(row: Grievance) -> None:
        if row.state != State.ASKED:
            raise CannotReply(_("No question waits for you here."))
        row.state, row.due_at = State.TAKEN, in_working_days(at, days_of(row))
        row.save(update_fields=["state", "due_at"])
        note(row, EventKind.REPLIED, words=words, at=at)
        renew_work(row, by="public")

    under_lock(grievance, take)


def appeal(*, grievance: Grievance, words: str, at: datetime) -> None:
    """Have somebody else look again at what was not found right; raise CannotAppeal.

    Once, within 30 days. It goes to the office above; where there is none, to a
    colleague there.
    """

    def take(row: Grievance) -> None:
        _may_appeal(row, at)
        desk = Desk(row.desk)
        row.first_decided_by_id, row.decided_by = row.decided_by_id, None
        row.state, row.taken_by, row.decided_at, row.answer = State.OPEN, None, None, ""
        lay_on(row, desk_above(desk) or desk, at)
        row.due_at = in_working_days(at, days_of(row))
        row.save()
        note(row, EventKind.APPEALED, words=words, at=at)
        open_desk_work(row, urgent=True)

    under_lock(grievance, take)


def may_appeal(row: Grievance, *, at: datetime) -> bool:
    """Say whether the person may ask for a second look now."""
    return (
        row.state == State.DISMISSED
        and row.first_decided_by_id is None
        and row.decided_at is not None
        and at <= row.decided_at + APPEAL_WITHIN
    )


def _may_appeal(row: Grievance, at: datetime) -> None:
    if not may_appeal(row, at=at):
        raise CannotAppeal(
            _("Only what was not found right is looked at again, once within 30 days.")
        )
