"""People who lost work, and the ranking that programmes of the demo take them from."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection

from smartkampung.demo.cast import VILLAGE
from smartkampung.kernel.clock import day
from smartkampung.recovery.affected.models import Affected, Sector
from smartkampung.recovery.targeting.models import Ranked, Scenario
from smartkampung.recovery.targeting.queries.outcome import Tallies
from smartkampung.recovery.targeting.queries.ranking import MARKS
from smartkampung.regions.codes import village_of
from smartkampung.residents.models import Person

MILLION = 1_000_000
SPEC = {
    "criteria": [
        {
            "fact": "income_after",
            "weight": 100,
            "need": "less",
            "low": 0,
            "high": 3 * MILLION,
        }
    ]
}
HERE, ELSEWHERE = 20, 340
# Of each village so many, in an order that nobody chose, grown-ups only.
_FOUND = """
    SELECT p.id, p.region_code, row_number() OVER (ORDER BY (p.id * 7919) %% 10007, p.id)
    FROM residents_person p
    WHERE p.status = 'living' AND p.born_on BETWEEN %s AND %s
        AND p.relation IN (1, 3) AND p.merged_into_id IS NULL
        AND p.region_code LIKE %s AND NOT (p.id = ANY(%s))
        AND NOT EXISTS (SELECT FROM affected_affected a WHERE a.person_id = p.id)
    ORDER BY 3 LIMIT %s
"""


class Jobless(NamedTuple):
    """Somebody of the registry of affected people, as a place in a programme needs."""

    affected: int
    person: int
    region: str
    income: int


def gather(*, first: Sequence[int], at: datetime) -> list[Jobless]:
    """Return people who lost work, the given persons first, then the village's.

    Those whom the registry of affected people knows are taken as they are; where they
    are too few, more are written down as verified.
    """
    _write(_persons(f"{VILLAGE}.%", first, HERE, at), first, at)
    _write(_persons("35.10.%", first, ELSEWHERE, at), (), at)
    rows = Affected.objects.filter(
        state=Affected.State.VERIFIED,
        person__status="living",  # nobody else is invited, and the order would shift
        income_before__isnull=False,
        income_after__isnull=False,
    )
    found = [
        Jobless(pk, person, region, income or 0)
        for pk, person, region, income in rows.order_by(
            "-income_before", "pk"
        ).values_list("pk", "person_id", "region_code", "income_after")
    ]
    order = {person: at for at, person in enumerate(first)}
    last = len(order)
    return sorted(
        found,
        key=lambda one: (
            order.get(one.person, last),
            not one.region.startswith(f"{VILLAGE}."),
        ),
    )


def _persons(
    inside: str, but: Sequence[int], wanted: int, at: datetime
) -> list[tuple[int, str]]:
    known = Affected.objects.filter(
        state=Affected.State.VERIFIED, region_code__startswith=inside.rstrip("%")
    ).count()
    born = (_years_before(at, 55), _years_before(at, 20))
    with connection.cursor() as cursor:
        limit = max(0, wanted - known)
        cursor.execute(_FOUND, [*born, inside, list(but), limit])
        return [(person, region) for person, region, _order in cursor.fetchall()]


def _years_before(at: datetime, years: int) -> date:
    return at.date() - timedelta(days=round(365.25 * years))


def _write(
    persons: Sequence[tuple[int, str]], first: Sequence[int], at: datetime
) -> None:
    known = set(
        Affected.objects.filter(person__in=list(first)).values_list("person", flat=True)
    )
    wanted = [*((person, VILLAGE) for person in first if person not in known), *persons]
    sectors = list(Sector.objects.filter(tourism=True).order_by("code"))
    kinds = [Affected.Kind.LAID_OFF, Affected.Kind.BUSINESS_CLOSED]
    Affected.objects.bulk_create(
        Affected(
            person_id=person,
            region_code=region,
            state=Affected.State.VERIFIED,
            kind=kinds[number % 2],
            sector=sectors[number % len(sectors)],
            happened_on=(at - timedelta(days=240)).date(),
            income_before=2 * MILLION + number % 9 * 250_000,
            income_after=300_000 + number % 7 * 100_000,
            dependants=number % 5,
            opened_at=at - timedelta(days=230),
            verified_at=at - timedelta(days=225),
            verified_by="sari",
        )
        for number, (person, region) in enumerate(wanted)
    )


def keep_ranking(
    people: Sequence[Jobless], *, by: Sequence[str], at: datetime
) -> Scenario:
    """Keep the order of these people as an approved scenario of some months ago."""
    scenario = Scenario.objects.create(
        name="Pekerja pariwisata, urutan awal",
        population=Scenario.Population.AFFECTED,
        spec=SPEC,
        figures=_figures(people, at),
        budget=len(people) * 1_600_000,
        cost_each=1_600_000,
        state=Scenario.State.PROPOSED,
        made_by=by[0],
        made_at=at,
        proposed_by=by[0],
        proposed_at=at,
    )
    Ranked.objects.bulk_create(
        Ranked(
            scenario=scenario,
            affected_id=one.affected,
            place=place,
            score=100_000 - place,
            parts=[["income_after", one.income, 100_000 - place]],
            chosen=True,
            way="rank",
        )
        for place, one in enumerate(people, 1)
    )
    Scenario.objects.filter(pk=scenario.pk).update(
        state=Scenario.State.APPROVED, approved_by=by[1], approved_at=at
    )
    scenario.refresh_from_db()
    return scenario


def _figures(people: Sequence[Jobless], at: datetime) -> dict[str, Any]:
    """Return what approving would have kept beside the ranking: everybody has a place."""
    villages = dict(Counter(village_of(one.region) for one in people))
    women = Person.objects.filter(pk__in=[one.person for one in people], sex="P")
    marked = dict.fromkeys(MARKS["affected"], 0) | {"women": women.count()}
    counted = Tallies(
        len(people), len(people), 0, villages, villages, marked, dict(marked)
    )
    return {
        "on": day(at).isoformat(),
        "places": len(people),
        "seats": {},
        "short": [],
        "tallies": asdict(counted),
    }


def by_kecamatan(people: Sequence[Jobless]) -> dict[str, list[Jobless]]:
    """Return people by kecamatan, in their order."""
    found: defaultdict[str, list[Jobless]] = defaultdict(list)
    for one in people:
        found[one.region[:8]].append(one)
    return dict(found)
