"""What is known of the villages of a kecamatan when two are chosen."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from smartkampung.regions.models import Region
from smartkampung.regions.queries import villages_of
from smartkampung.reopening.cases.queries import new_cases_by_village
from smartkampung.reopening.cases.queries.counting import heard_days
from smartkampung.reopening.cases.queries.zones import zones_on
from smartkampung.reopening.guidance.rules.kinds import Colour
from smartkampung.reopening.pilots.models import Answers, Pilot
from smartkampung.reopening.pilots.rules.choosing import Facts
from smartkampung.residents.queries.population import population

DAY = timedelta(days=1)
FORTNIGHT = timedelta(days=14)
VILLAGE_LENGTH = 13


def facts_of(kecamatan: str, *, on: date) -> list[Facts]:
    """Return what is known of each village that is no pilot yet, by code."""
    taken = set(
        Pilot.objects.filter(ended_on=None).values_list("village_id", flat=True)
    )
    villages = [one for one in villages_of(kecamatan) if one.code not in taken]
    answers = latest_answers([one.code for one in villages])
    cases = new_cases_by_village(on - FORTNIGHT, on)
    people = population(region=kecamatan, length=VILLAGE_LENGTH, on=on)
    colours = zones_on(on - DAY).by_village(kecamatan)
    return [
        _facts(
            one,
            answers.get(one.code),
            _told(one.code, cases, on),
            _green(colours.get(one.code, {})),
            people,
        )
        for one in villages
    ]


def _told(village: str, cases: Mapping[str, dict[date, int]], on: date) -> int | None:
    """Return the new cases of a fortnight; None where nobody told of any of its days."""
    found = cases.get(village)
    if found:
        return sum(found.values())
    return 0 if heard_days(village, on - FORTNIGHT, on) else None


def _green(counts: Mapping[str, int]) -> int | None:
    """Return how many % of the RTs are green; what cannot be decided is not."""
    whole = sum(counts.values())
    decided = sum(counts.get(one, 0) for one in Colour)
    return 100 * counts.get(Colour.GREEN, 0) // whole if decided else None


def _facts(
    village: Region,
    answers: Answers | None,
    cases: int | None,
    green: int | None,
    people: Any,
) -> Facts:
    return Facts(
        village=village.code,
        ready=len(answers.yes) if answers else None,
        cases=cases,
        green=green,
        market=bool(answers and answers.market),
        tourism=bool(answers and answers.tourism),
        urban=village.kind == Region.Kind.KELURAHAN,
        people=people.get(village.code, 0),
    )


def latest_answers(villages: list[str]) -> dict[str, Answers]:
    """Return what each village said last about itself."""
    rows = Answers.objects.filter(village__in=villages).order_by("at", "pk")
    return {row.village_id: row for row in rows}
