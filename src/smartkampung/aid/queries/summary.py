"""How the work on reports goes, as counts that point at nobody.

One person who was reported is one case, however many reports came in. The four
states do not overlap, so that their sum is the number of cases.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Left

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.models import Claim
from smartkampung.kernel.small_cells import TOTAL, Shown, protected
from smartkampung.regions import queries as regions
from smartkampung.regions.codes import level, within
from smartkampung.regions.models import Region

RUNNING, OVERDUE, IN_TIME, LATE = "running", "overdue", "in_time", "late"
STATES = (RUNNING, OVERDUE, IN_TIME, LATE)


@dataclass(frozen=True)
class Summary:
    """Counts by place (code to state to count, None where hidden) and in total.

    ``names`` holds the places in order; ``inside`` is the region that all lie in.
    """

    inside: str
    names: dict[str, str]
    counts: Shown

    def part_in_time(self, place: str = TOTAL) -> float | None:
        """Return the percentage of finished cases that kept the seven days."""
        in_time, late = self.counts[place][IN_TIME], self.counts[place][LATE]
        if in_time is None or late is None or in_time + late == 0:
            return None
        return 100 * in_time / (in_time + late)


def summary_for(actor: Actor, *, at: datetime) -> Summary:
    """Return the counts of the actor's area, by kecamatan or by village."""
    codes = actor.regions_where(Permission.SUMMARY_VIEW)
    places = list(_places(codes))
    table = {place.code: dict.fromkeys(STATES, 0) for place in places}
    if places:
        cases = Claim.objects.filter(within("region_code", codes))
        table |= counted(cases, at=at, length=len(places[0].code))
    names = {place.code: place.name for place in places}
    # An area whose places are not loaded still has a total: nothing.
    nothing: Shown = {TOTAL: dict.fromkeys((*STATES, TOTAL), 0)}
    return Summary(
        inside=codes[0] if len(codes) == 1 else "",
        names=names,
        counts=protected({code: table[code] for code in names}) if names else nothing,
    )


def counted(
    cases: QuerySet[Claim], *, at: datetime, length: int
) -> dict[str, dict[str, int]]:
    """Count cases by state and by the first ``length`` letters of their region."""
    open_, done = Q(closed_at=None), Q(closed_at__isnull=False)
    tests = {
        RUNNING: open_ & Q(due_at__gte=at),
        OVERDUE: open_ & Q(due_at__lt=at),
        IN_TIME: done & Q(closed_at__lte=F("due_at")),
        LATE: done & Q(closed_at__gt=F("due_at")),
    }
    rows = (
        cases.order_by()
        .values(place=Left("region_code", length))
        .annotate(**{state: Count("pk", filter=test) for state, test in tests.items()})
        .values_list("place", *STATES)
    )
    return {place: dict(zip(STATES, counts, strict=True)) for place, *counts in rows}


def _places(codes: Iterable[str]) -> Iterable[Region]:
    whole = [code for code in codes if level(code) in {"province", "regency"}]
    if whole:
        return regions.kecamatan_of(whole[0])
    return [village for code in codes for village in regions.villages_of(code)]
