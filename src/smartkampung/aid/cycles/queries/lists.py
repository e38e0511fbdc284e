"""Cycles and the lists of villages, as far as an actor may see them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.cycles.models import (
    Cycle,
    Holiday,
    Proposal,
    Tranche,
    VillageFund,
    VillageList,
)
from smartkampung.aid.cycles.rules.caps import Cap, cap_of
from smartkampung.aid.cycles.rules.proposals import ProposalState
from smartkampung.aid.cycles.rules.steps import Facts
from smartkampung.aid.rules.claims import VILLAGE_FUND
from smartkampung.regions.codes import village_of, within

S = ProposalState


def cycles() -> QuerySet[Cycle]:
    """Return every cycle, the latest first; that there is one is no secret."""
    return Cycle.objects.select_related("programme").order_by("-since", "-pk")


def cycle_by_id(cycle_id: int) -> Cycle:
    """Return one cycle; 404 when there is none."""
    return get_object_or_404(cycles(), pk=cycle_id)


def lists_for(actor: Actor, permission: Permission) -> QuerySet[VillageList]:
    """Return the lists of villages that the actor's regions touch.

    The head of an RT sees that the list of the village is there, and of its people
    only those of the RT (``proposals_for``).
    """
    regions = actor.regions_where(permission)
    above = Q(village_code__in=[village_of(region) for region in regions])
    rows = VillageList.objects.filter(within("village_code", regions) | above)
    return rows.select_related("cycle__programme", "meeting__minutes").order_by(
        "-cycle__since", "village_code"
    )


def list_for(actor: Actor, list_id: int, permission: Permission) -> VillageList:
    """Return one list; 404 outside the actor's jurisdiction."""
    return get_object_or_404(lists_for(actor, permission), pk=list_id)


def closed_days(since: date) -> Collection[date]:
    """Return the holidays that are known from a day on."""
    return set(Holiday.objects.filter(on__gte=since).values_list("on", flat=True))


def tranches_of(cycle: Cycle) -> list[Tranche]:
    """Return the tranches of a cycle, in order."""
    return list(cycle.tranches.order_by("number"))


def first_of_each_rt(village: VillageList) -> list[Proposal]:
    """Return one proposal for each RT, which the visits of that RT go by."""
    rows = Proposal.objects.filter(village_list=village)
    firsts = rows.order_by("region_code", "pk").distinct("region_code")
    return list(firsts)


def visits_left(village: VillageList) -> set[str]:
    """Return the RTs in which somebody still waits for a visit."""
    rows = Proposal.objects.filter(village_list=village, state=S.PROPOSED)
    return set(rows.values_list("region_code", flat=True))


def is_capped(cycle: Cycle) -> bool:
    """Say whether the village's own fund pays."""
    return cycle.programme.funding.startswith(VILLAGE_FUND)


def cap_for(village: VillageList) -> Cap | None:
    """Return the cap of a village in the year in which the cycle begins, if known."""
    fund = VillageFund.objects.filter(
        village_code=village.village_code, year=village.cycle.since.year
    ).first()
    return cap_of(fund.amount) if fund else None


def counts_of(village: VillageList) -> dict[str, int]:
    """Return how many proposals of a list stand in each state."""
    return counts_among(Proposal.objects.filter(village_list=village))


def counts_among(people: QuerySet[Proposal]) -> dict[str, int]:
    """Return how many of some proposals stand in each state."""
    rows = people.order_by().values("state").annotate(n=Count("pk"))
    return dict(rows.values_list("state", "n"))


def asked_of(village: VillageList, counts: dict[str, int]) -> int:
    """Return what a list would give in all tranches, and what others of the year do."""
    each = village.cycle.tranches.aggregate(total=Sum("amount"))["total"] or 0
    coming = counts.get(S.PROPOSED, 0) + counts.get(S.VERIFIED, 0)
    places = village.taken + min(coming, village.quota - village.taken)
    return each * places + _given_by_others(village)


def _given_by_others(village: VillageList) -> int:
    others = VillageList.objects.filter(
        village_code=village.village_code,
        cycle__since__year=village.cycle.since.year,
        cycle__programme__funding__startswith=VILLAGE_FUND,
    ).exclude(pk=village.pk)
    rows = others.annotate(each=Sum("cycle__tranches__amount"))
    return sum(taken * (each or 0) for taken, each in rows.values_list("taken", "each"))


def judged_by(village: VillageList) -> set[int | None]:
    """Return who sent, verified or signed a list, so leaves the next step to others."""
    verifiers = village.proposals.exclude(verified_by=None)
    return {
        village.sent_by_id,
        village.decided_by_id,
        *verifiers.values_list("verified_by", flat=True),
    }


def facts_of(village: VillageList) -> Facts:
    """Return what a step of a list looks at, as of now."""
    counts, capped = counts_of(village), is_capped(village.cycle)
    cap = cap_for(village) if capped else None
    verifiers = village.proposals.exclude(verified_by=None)
    return Facts(
        state=village.state,
        closed=village.cycle.state == Cycle.State.CLOSED,
        has_meeting=village.meeting_id is not None,
        proposed=counts.get(S.PROPOSED, 0),
        verified=counts.get(S.VERIFIED, 0),
        sent_by=village.sent_by_id,
        decided_by=village.decided_by_id,
        verifiers=set(verifiers.values_list("verified_by", flat=True)),
        tranches=village.cycle.tranches.count(),
        capped=capped,
        limit=cap.limit if cap else None,
        asked=asked_of(village, counts) if capped else 0,
    )


@dataclass(frozen=True)
class Line:
    """One village on the page of a cycle: its list, and how many stand where.

    ``proposed`` counts everybody who was ever put on it, the others where they stand.
    """

    village: VillageList
    proposed: int
    verified: int
    left_out: int
    waiting: int
    recipients: int


def lines_for(actor: Actor, cycle: Cycle) -> list[Line]:
    """Return the villages of a cycle that the actor sees, with their counts."""
    rows = lists_for(actor, Permission.CYCLE_VIEW).filter(cycle=cycle)
    inside = proposals_for(actor, Permission.CYCLE_VIEW).filter(cycle=cycle)
    tests = {
        "proposed": Q(pk__isnull=False),
        "verified": Q(state=S.VERIFIED),
        "left_out": Q(state__in=[S.UNFIT, S.EXCLUDED, S.STOPPED]),
        "waiting": Q(state=S.WAITING),
        "recipients": Q(state__in=[S.ENROLLED, S.SUSPENDED]),
    }
    counted = (
        inside.order_by()
        .values("village_list_id")
        .annotate(**{name: Count("pk", filter=test) for name, test in tests.items()})
        .values_list("village_list_id", *tests)
    )
    found = {list_id: counts for list_id, *counts in counted}
    return [Line(row, *found.get(row.pk, [0] * len(tests))) for row in rows]


def proposals_for(actor: Actor, permission: Permission) -> QuerySet[Proposal]:
    """Return the proposals inside the actor's regions for a permission."""
    inside = within("region_code", actor.regions_where(permission))
    return Proposal.objects.filter(inside).order_by("rank", "pk")


def people_of(
    actor: Actor, village: VillageList, permission: Permission, *, rt: str = ""
) -> QuerySet[Proposal]:
    """Return who is proposed on a list, by its order; of one RT only, if named."""
    rows = proposals_for(actor, permission).filter(village_list=village)
    if rt:
        rows = rows.filter(within("region_code", [rt]))
    return rows.select_related("person", "family", "verified_by")


def proposal_for(actor: Actor, proposal_id: int, permission: Permission) -> Proposal:
    """Return one proposal; 404 outside the actor's jurisdiction."""
    rows = proposals_for(actor, permission).select_related(
        "person", "family", "village_list__cycle__programme", "enrolment"
    )
    return get_object_or_404(rows, pk=proposal_id)
