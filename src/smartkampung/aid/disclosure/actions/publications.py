"""Post the recipients of a cycle for the time of objections: one asks, another decides."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.cycles.models import Cycle, Proposal
from smartkampung.aid.cycles.rules.proposals import ProposalState
from smartkampung.aid.cycles.rules.steps import ListState
from smartkampung.aid.disclosure.actions.figures import parents_of
from smartkampung.aid.disclosure.models import (
    ProgrammeFigure,
    Publication,
    PublishedName,
)
from smartkampung.aid.disclosure.queries import reveals
from smartkampung.aid.disclosure.rules import (
    Bar,
    Wish,
    bars_to_publish,
    masked,
    postable,
)
from smartkampung.aid.disclosure.words import sentences
from smartkampung.audit.actions import record
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.later import later
from smartkampung.kernel.small_trees import protected_tree
from smartkampung.regions.queries import regency, villages_of
from smartkampung.worklist.actions import close_work, open_work

DECIDE_WITHIN = timedelta(days=3)
BUSY = _("Somebody else decides about this right now. Please try again in a moment.")
NOT_YOURS = _("You asked for this yourself, so another officer of Dinsos must decide.")
DECIDED = _("Somebody else has decided already.")


class CannotPublish(Refused):
    """This list cannot be posted, or not in these days."""

    code = "cannot_publish"


class CannotSwitch(Refused):
    """This person may not switch this list on or off, or no longer."""

    code = "cannot_switch"


def ask_to_publish(
    *,
    form_id: uuid.UUID,
    cycle: Cycle,
    legal_reference: str,
    days: tuple[date, date],
    by: Actor,
    at: datetime,
) -> Publication:
    """Ask to post the recipients of a cycle; nothing shows until another agrees.

    ``days`` are half-open. The same form sent twice is one wish. Raises CannotPublish
    with every reason.
    """
    region = by.regions_where(Permission.PUBLICATION_MANAGE)[0]

    def take() -> Publication:
        known = Publication.objects.filter(pk=form_id).first()
        if known is not None:
            return _same(known, cycle, by)
        _refuse(bars_to_publish(_wish(cycle, days), on=day(at)))
        row = Publication.objects.create(
            pk=form_id,
            cycle=cycle,
            region_code=region,
            legal_reference=legal_reference,
            since=days[0],
            until=days[1],
            asked_by_id=by.staff_id,
            asked_at=at,
        )
        open_work(
            kind="aid.decide_publication",
            target=row,
            permission=Permission.PUBLICATION_MANAGE,
            region_code=region,
            due_at=at + DECIDE_WITHIN,
            not_by=[by.username],
        )
        _note("aid.publication_asked", row, by)
        return row

    overlaps = CannotPublish(
        _("A list of this cycle is posted, or asked for, on some of these days.")
    )
    return claim_scarce(
        locks=[Lock(Rank.QUOTA, Cycle.objects.filter(pk=cycle.pk))],
        take=take,
        refusals={"publication_one_at_a_time": overlaps},
        busy=Busy(BUSY),
    )


def decide_publication(
    *, publication: Publication, granted: bool, by: Actor, at: datetime
) -> None:
    """Switch a list on for its days, or refuse it; raise CannotSwitch, CannotPublish.

    The names are written by a job: they are masked, and villages of few are left out.
    """

    def take() -> None:
        row = _fresh(publication)
        if row.decided_at is not None:
            raise CannotSwitch(DECIDED)
        if granted:
            _refuse(_bars_still(row, at))
        row.decided_by_id, row.decided_at, row.granted = by.staff_id, at, granted
        row.save(update_fields=["decided_by", "decided_at", "granted"])
        close_work(target=row, by=by.username)
        _note("aid.publication_decided", row, by, granted=granted)
        if granted:
            later("aid.write_names", publication_id=str(row.pk))

    claim_scarce(
        locks=[_lock(publication)],
        take=take,
        refusals={
            "publication_needs_two_people": CannotSwitch(NOT_YOURS),
            "publication_never_of_the_sensitive": CannotPublish(
                sentences([Bar.SENSITIVE])
            ),
        },
        busy=Busy(BUSY),
    )


def withdraw_publication(*, publication: Publication, by: Actor, at: datetime) -> None:
    """Take a posted list down before its days are over; raise CannotSwitch.

    It is gone for every reader at once; a job deletes the names.
    """

    def take() -> None:
        row = _fresh(publication)
        if not row.granted or row.withdrawn_at is not None:
            raise CannotSwitch(
                _("This list is not posted, so it cannot be taken down.")
            )
        row.withdrawn_by_id, row.withdrawn_at = by.staff_id, at
        row.save(update_fields=["withdrawn_by", "withdrawn_at"])
        _note("aid.publication_withdrawn", row, by)
        later("aid.write_names", publication_id=str(row.pk))

    claim_scarce(locks=[_lock(publication)], take=take, refusals={}, busy=Busy(BUSY))


def write_names(*, publication_id: uuid.UUID, at: datetime) -> int:
    """Write the names of a list anew and return how many; none once it is over.

    The job that calls sees all. Villages are left out where the length of their list
    would tell of few people, here or next door.
    """
    row = Publication.objects.select_related("cycle__programme").get(pk=publication_id)
    row.names.all().delete()
    over = not row.granted or row.withdrawn_at is not None or row.until <= day(at)
    if (
        over
        or row.cycle.programme.sensitive
        or reveals(row.cycle.programme, on=day(at))
    ):
        return 0
    names = _recipients(row.cycle)
    villages = _villages(row.cycle, {village: len(of) for village, of in names.items()})
    for village in villages:
        # One statement a village: the database looks at its names together.
        PublishedName.objects.bulk_create(
            PublishedName(
                publication=row, village_code=village, number=number, masked=name
            )
            for number, name in names[village]
        )
    return sum(len(names[village]) for village in villages)


def refresh_names(*, at: datetime) -> None:
    """Write every list that has names or may have some anew, as the night does."""
    for row in Publication.objects.filter(granted=True):
        if row.until > day(at) or row.names.exists():
            write_names(publication_id=row.pk, at=at)


def _recipients(cycle: Cycle) -> Mapping[str, Sequence[tuple[int, str]]]:
    rows = Proposal.objects.filter(
        cycle=cycle,
        state=ProposalState.ENROLLED,
        village_list__state=ListState.APPROVED,
    )
    told = ("village_list__village_code", "rank", "person__name")
    names: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for village, number, name in rows.values_list(*told):
        names[village].append((number, masked(name)))
    return names


def _villages(cycle: Cycle, lengths: Mapping[str, int]) -> list[str]:
    here = regency()
    known = [row.code for row in villages_of(here.code)] if here else []
    counts = {village: {"listed": lengths.get(village, 0)} for village in known}
    shown = protected_tree(counts, parents_of(known))
    figures = ProgrammeFigure.objects.filter(
        programme=cycle.programme_id, total__isnull=False
    )
    return postable(
        {village: lengths.get(village, 0) for village in known},
        {village: shown[village]["listed"] for village in known},
        set(figures.values_list("region_code", flat=True)),
    )


def _same(known: Publication, cycle: Cycle, by: Actor) -> Publication:
    if (known.cycle_id, known.asked_by_id) != (cycle.pk, by.staff_id):
        raise CannotPublish(_("This form was already sent. Open a new one."))
    return known


def _wish(cycle: Cycle, days: tuple[date, date]) -> Wish:
    return Wish(
        sensitive=cycle.programme.sensitive,
        reveals=reveals(cycle.programme, on=days[0]),
        cycle=(cycle.since, cycle.until),
        since=days[0],
        until=days[1],
    )


def _bars_still(row: Publication, at: datetime) -> list[Bar]:
    """Return what speaks against it now; days that begin meanwhile do not."""
    bars = bars_to_publish(_wish(row.cycle, (row.since, row.until)), on=row.since)
    return bars + [Bar.OVER] * (row.until <= day(at))


def _refuse(bars: Sequence[Bar]) -> None:
    if bars:
        raise CannotPublish(sentences(bars))


def _fresh(publication: Publication) -> Publication:
    return Publication.objects.select_related("cycle__programme").get(pk=publication.pk)


def _lock(publication: Publication) -> Lock:
    return Lock(Rank.QUOTA, Publication.objects.filter(pk=publication.pk))


def _note(name: str, row: Publication, by: Actor, **detail: object) -> None:
    record(
        name,
        target=row,
        by=by.username,
        region_code=row.region_code,
        cycle=row.cycle_id,
        since=row.since.isoformat(),
        until=row.until.isoformat(),
        **detail,
    )
