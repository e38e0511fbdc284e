"""What is known of the villages of a kecamatan when two are chosen."""

from datetime import date, timedelta
from typing import Any

from smartkampung.regions.models import Region
from smartkampung.regions.queries import villages_of
from smartkampung.reopening.cases.queries import new_cases_by_village
from smartkampung.reopening.pilots.models import Answers, Pilot
from smartkampung.reopening.pilots.rules.choosing import Facts
from smartkampung.residents.queries.population import population

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
    return [
        _facts(one, answers.get(one.code), cases.get(one.code, {}), people)
        for one in villages
    ]


def _facts(
    village: Region, answers: Answers | None, cases: dict[date, int], people: Any
) -> Facts:
    return Facts(
        village=village.code,
        ready=len(answers.yes) if answers else None,
        cases=sum(cases.values()),
        market=bool(answers and answers.market),
        tourism=bool(answers and answers.tourism),
        urban=village.kind == Region.Kind.KELURAHAN,
        people=people.get(village.code, 0),
    )


def latest_answers(villages: list[str]) -> dict[str, Answers]:
    """Return what each village said last about itself."""
    rows = Answers.objects.filter(village__in=villages).order_by("at", "pk")
    return {row.village_id: row for row in rows}
