"""The village proposes: a meeting with minutes, and who was named in it."""

import uuid
from datetime import date, datetime

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.cycles.actions.plan import BUSY, list_lock
from smartkampung.aid.cycles.actions.steps import fresh, must_be, note, refuse
from smartkampung.aid.cycles.models import Meeting, Proposal, VillageList
from smartkampung.aid.cycles.queries.lists import facts_of, first_of_each_rt
from smartkampung.aid.cycles.rules.proposals import ProposalState
from smartkampung.aid.cycles.rules.steps import VERIFY_WITHIN, ListState, bars_to_send
from smartkampung.aid.queries.claims import unit_key
from smartkampung.audit.actions import record
from smartkampung.kernel.claim import Busy, claim_scarce
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.regions.codes import inside
from smartkampung.residents.models import Person
from smartkampung.worklist.actions import close_work, open_all_work


class CannotPropose(Refused):
    """This family or person cannot be put on this list, or taken off it."""

    code = "cannot_propose"


class MeetingRefused(Refused):
    """The minutes contradict themselves or others."""

    code = "meeting_refused"


def record_meeting(
    *,
    form_id: uuid.UUID,
    village: VillageList,
    number: str,
    held_on: date,
    attendance: int,
    minutes_id: uuid.UUID,
    by: Actor,
    at: datetime,
) -> Meeting:
    """Write the minutes of a village meeting down; the same form twice is one meeting.

    The list rests on the latest. Raises MeetingRefused, StepRefused.
    """
    if held_on > day(at):
        raise MeetingRefused(_("The meeting lies in the future. Look at its date."))

    def take() -> Meeting:
        earlier = Meeting.objects.filter(pk=form_id).first()
        if earlier is not None:
            return earlier
        now_is = must_be(village, ListState.PROPOSING)
        meeting = Meeting.objects.create(
            id=form_id,
            cycle=now_is.cycle,
            village_code=now_is.village_code,
            number=number,
            held_on=held_on,
            attendance=attendance,
            minutes_id=minutes_id,
            recorded_by_id=by.staff_id,
            recorded_at=at,
        )
        now_is.meeting = meeting
        now_is.save(update_fields=["meeting"])
        note("aid.meeting_recorded", now_is, by, number=number, attendance=attendance)
        return meeting

    twice = MeetingRefused(
        _("Minutes with this number are written down already. Look at the number.")
    )
    return claim_scarce(
        locks=[list_lock(village)],
        take=take,
        refusals={"meeting_number_once": twice},
        busy=Busy(BUSY),
    )


def propose(
    *, village: VillageList, person: Person, by: Actor, at: datetime
) -> Proposal:
    """Put a family (or a person) at the end of a list; raise CannotPropose."""
    if not inside(person.region_code, village.village_code):
        raise CannotPropose(
            _("According to the registry, this person lives in another village.")
        )

    def take() -> Proposal:
        now_is = must_be(village, ListState.PROPOSING)
        last = now_is.proposals.aggregate(rank=Max("rank"))["rank"] or 0
        row = Proposal.objects.create(
            cycle=now_is.cycle,
            village_list=now_is,
            meeting=now_is.meeting,
            family_id=person.family_id,
            person=person,
            unit_key=unit_key(person, now_is.cycle.programme),
            region_code=person.region_code,
            rank=last + 1,
            proposed_by_id=by.staff_id,
            proposed_at=at,
        )
        record("aid.proposed", target=row, by=by.username, region_code=row.region_code)
        return row

    twice = CannotPropose(_("This family is proposed in this cycle already."))
    return claim_scarce(
        locks=[list_lock(village)],
        take=take,
        refusals={"proposal_once_per_cycle": twice},
        busy=Busy(BUSY),
    )


def withdraw(*, proposal: Proposal, by: Actor, at: datetime) -> None:
    """Take somebody off the list before anything was found out about them."""
    village = proposal.village_list

    def take() -> None:
        must_be(village, ListState.PROPOSING)
        rows = Proposal.objects.filter(state=ProposalState.PROPOSED, events=None)
        row = rows.filter(pk=proposal.pk).first()
        if row is None:
            raise CannotPropose(
                _("This family was visited already, so it stays on the list.")
            )
        record("aid.withdrawn", target=row, by=by.username, region_code=row.region_code)
        row.delete()

    claim_scarce(locks=[list_lock(village)], take=take, refusals={}, busy=Busy(BUSY))


def send_list(*, village: VillageList, by: Actor, at: datetime) -> None:
    """Send a list to verification in the field; raise StepRefused."""

    def take() -> None:
        row = fresh(village)
        refuse(bars_to_send(facts_of(row)))
        row.state, row.sent_by_id, row.sent_at = ListState.VERIFYING, by.staff_id, at
        row.due_at, row.returned_because = at + VERIFY_WITHIN, ""
        row.save()
        close_work(target=row, by=by.username)
        open_all_work(
            kind="aid.verify_list",
            targets=[(first, first.region_code) for first in first_of_each_rt(row)],
            permission=Permission.FIELD_CHECK,
            due_at=at + VERIFY_WITHIN,
        )
        note("aid.list_sent", row, by)

    claim_scarce(locks=[list_lock(village)], take=take, refusals={}, busy=Busy(BUSY))
