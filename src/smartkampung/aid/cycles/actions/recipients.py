"""After approval: suspend, resume, stop and replace recipients, with reasons.

In a closed cycle each of them raises StepRefused.

Money that was put aside for somebody who no longer receives goes back at once.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.actions.giveback import give_back
from smartkampung.aid.cycles.actions.approve import give
from smartkampung.aid.cycles.actions.plan import BUSY, list_lock
from smartkampung.aid.cycles.actions.steps import ROBOT, NoReason, fresh, refuse_closed
from smartkampung.aid.cycles.bulk import enrol, judge, renumber
from smartkampung.aid.cycles.models import Proposal, ProposalEvent, VillageList
from smartkampung.aid.cycles.rules.proposals import (
    Change,
    EventKind,
    ProposalState,
    Why,
    changes_for,
)
from smartkampung.aid.models import Entitlement, PublishedName
from smartkampung.aid.queries.conflicts import red_lights
from smartkampung.aid.queries.handover import finished
from smartkampung.audit.actions import record
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.later import later
from smartkampung.kernel.rls import as_job
from smartkampung.kernel.small_cells import SMALLEST_SHOWN
from smartkampung.residents.models import Family, Person
from smartkampung.worklist.actions import close_work, open_work

REVIEW_WITHIN = timedelta(days=7)
Done = TypeVar("Done")
S = ProposalState


class CannotChange(Refused):
    """The recipient is not in the state for this."""

    code = "cannot_change"


class NobodyWaits(Refused):
    """No place is free, or nobody waits who may receive."""

    code = "nobody_waits"


def suspend(
    *, proposal: Proposal, why: Why, text: str = "", by: str, at: datetime
) -> None:
    """Hold a recipient's aid for a while; the place stays theirs.

    What is not handed out yet goes back to the budget. Raises CannotChange, NoReason.
    """
    _says_why(why, text)

    def take(row: Proposal) -> None:
        _may(row, Change.SUSPEND)
        _take_back(row, by, at)
        _become(row, S.SUSPENDED, [why], text=text, by=by, at=at)
        open_work(
            kind="aid.review_recipient",
            target=row,
            permission=Permission.RECIPIENT_CHANGE,
            region_code=row.region_code,
            due_at=at + REVIEW_WITHIN,
        )

    under_lock(proposal, take)


def resume(*, proposal: Proposal, text: str, by: Actor, at: datetime) -> None:
    """Let a suspended recipient receive again, from the tranches still to come.

    Registry and conflict matrix are asked first. Raises CannotChange, NoReason.
    """
    if not text.strip():
        raise NoReason(_("Say what was found out, so that others understand it."))

    def take(row: Proposal) -> None:
        _may(row, Change.RESUME)
        if row.person.status != Person.Status.LIVING:
            raise CannotChange(
                _("According to the registry, this person has died or moved away.")
            )
        _no_other_aid(row, at)
        who, what = by.username, EventKind.RESUMED
        _become(row, S.ENROLLED, [], text=text, by=who, at=at, kind=what)
        close_work(target=row, by=by.username)
        give_coming(row, by.username, at)

    under_lock(proposal, take)


def stop(
    *, proposal: Proposal, why: Why, text: str = "", by: Actor, at: datetime
) -> None:
    """Take a recipient off the list for good; the place becomes free.

    Raises CannotChange, NoReason.
    """
    _says_why(why, text)

    def take(row: Proposal) -> None:
        _may(row, Change.STOP)
        _take_back(row, by.username, at)
        _end_listing(row, at)
        _become(row, S.STOPPED, [why], text=text, by=by.username, at=at)
        village = row.village_list
        village.taken -= 1
        village.save(update_fields=["taken"])
        close_work(target=row, by=by.username)
        if village.proposals.filter(state=S.WAITING).exists():
            open_work(
                kind="aid.replace_recipient",
                target=village,
                permission=Permission.RECIPIENT_CHANGE,
                region_code=village.village_code,
                due_at=at + REVIEW_WITHIN,
            )

    under_lock(proposal, take)


def replace_next(*, village: VillageList, by: Actor, at: datetime) -> Proposal:
    """Give a free place to the next who waits and may receive; raise NobodyWaits.

    Who may not receive any more is left out with reasons on the way.
    """

    def take() -> Proposal:
        row = fresh(village)
        refuse_closed(row)
        waiting = [S.WAITING.value]
        on = day(at)
        judge(lists=[row.pk], states=waiting, on=on, by=ROBOT, at=at)
        first = row.proposals.filter(state=S.WAITING).order_by("rank", "pk").first()
        if first is None or row.taken >= row.quota:
            raise NobodyWaits(
                _("No place is free, or nobody who waits may receive now.")
            )
        gone = row.proposals.filter(state=S.STOPPED, replaced_by=None)
        first.replaces = gone.order_by("pk").first()
        first.state, first.reasons = S.VERIFIED.value, []
        first.save(update_fields=["replaces", "state", "reasons"])
        enrol(lists=[row.pk], on=on, by=by.username, at=at)
        renumber(row.pk)
        first.refresh_from_db()
        give_coming(first, by.username, at)
        close_work(target=row, by=by.username, kinds=("aid.replace_recipient",))
        _note("aid.recipient_replaced", first, by.username)
        return first

    return claim_scarce(
        locks=[list_lock(village)], take=take, refusals={}, busy=Busy(BUSY)
    )


def under_lock(proposal: Proposal, act: Callable[[Proposal], Done]) -> Done:
    """Act on a proposal as it is now, under the locks on family, person and list."""
    rows = Proposal.objects.select_related(
        "person", "village_list__cycle__programme", "enrolment"
    )
    return claim_scarce(
        locks=[
            Lock(Rank.PERSON, Family.objects.filter(pk=proposal.family_id)),
            Lock(Rank.PERSON, Person.objects.filter(pk=proposal.person_id)),
            Lock(Rank.QUOTA, VillageList.objects.filter(pk=proposal.village_list_id)),
        ],
        take=lambda: act(rows.get(pk=proposal.pk)),
        refusals={},
        busy=Busy(BUSY),
    )


def _says_why(why: Why, text: str) -> None:
    if why is Why.OTHER and not text.strip():
        raise NoReason(_("Write the other reason in the note."))


def _may(row: Proposal, change: Change) -> None:
    refuse_closed(row.village_list)
    if change not in changes_for(row.state):
        raise CannotChange(
            _("This recipient was changed meanwhile. Look again before you go on.")
        )


def _no_other_aid(row: Proposal, at: datetime) -> None:
    """Raise CannotChange where aid of other programmes came in between and blocks."""
    cycle = row.village_list.cycle
    lights = red_lights(
        family_id=row.family_id,
        person_id=row.person_id,
        programmes=[cycle.programme_id],
        apart_from=row.enrolment_id,
        proposal=row.pk,
        since=max(cycle.since, day(at)),
        until=cycle.until,
        on=day(at),
    )
    for light in lights:
        if light.blocks:
            raise CannotChange(
                _("By now the family receives %(aid)s, which does not go with this.")
                % {"aid": light.aid.programme_name}
            )


def _take_back(row: Proposal, by: str, at: datetime) -> None:
    dues = Entitlement.objects.filter(~finished(), proposal=row, cancelled=False)
    for due in dues.select_related("claim", "tranche").order_by("pk"):
        close_work(target=due, by=by)
        give_back(due=due, by=by, at=at)


def give_coming(row: Proposal, by: str, at: datetime) -> None:
    """Entitle somebody to the tranches that others were given and that are not over."""
    village = row.village_list
    coming = village.cycle.tranches.filter(
        released_at__isnull=False, due_on__gte=day(at)
    )
    for tranche in coming.order_by("number"):
        give(tranche, village, only=row.pk, by=by, at=at)


def _end_listing(row: Proposal, at: datetime) -> None:
    listed = row.enrolment
    assert listed is not None  # proposal_recipient_is_enrolled
    if listed.until is None or listed.until > day(at):
        listed.until = max(listed.since, day(at))
        listed.save(update_fields=["until"])


def _become(
    row: Proposal,
    state: ProposalState,
    reasons: list[Why],
    *,
    text: str,
    by: str,
    at: datetime,
    kind: EventKind | None = None,
) -> None:
    codes = [reason.value for reason in reasons]
    row.state, row.reasons = state.value, codes
    row.save(update_fields=["state", "reasons"])
    kind = kind or EventKind(state.value)
    ProposalEvent.objects.create(
        proposal=row, kind=kind, reasons=codes, note=text, by=by, at=at
    )
    _note(f"aid.recipient_{kind.value}", row, by, reasons=codes)
    if row.state != S.ENROLLED:
        take_off_the_board(row)


def take_off_the_board(row: Proposal) -> None:
    """Take a name off the posted list of its village, in this very transaction.

    Where fewer are left than may be shown, the whole list goes; a job writes it anew.
    """
    with as_job():
        names = PublishedName.objects.filter(
            publication__cycle=row.cycle_id,
            village_code=row.village_list.village_code,
        )
        mine = names.filter(number=row.rank)
        posted = list(mine.values_list("publication_id", flat=True))
        mine.delete()
        for publication in posted:
            left = names.filter(publication=publication)
            if left.count() < SMALLEST_SHOWN:
                left.delete()
            later("aid.write_names", publication_id=str(publication))


def _note(name: str, row: Proposal, by: str, **detail: object) -> None:
    record(name, target=row, by=by, region_code=row.region_code, **detail)
