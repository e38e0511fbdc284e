"""A few people of the officers' villages, registered twice, for the demo to show."""

import random
from datetime import datetime

from smartkampung.demo.cast import NEXT_DOOR, VILLAGE
from smartkampung.demo.doubles import copied
from smartkampung.duplicates.actions import propose_for
from smartkampung.residents.bulk import FamilyRow, PersonRow, load_people
from smartkampung.residents.models import Person

TWICE = {VILLAGE: 9, NEXT_DOOR: 4}


def register_twice(*, seed: int, at: datetime) -> int:
    """Enter some people a second time, and propose what looks like it; return how many."""
    chance = random.Random(f"{seed}:twice")
    families = [
        FamilyRow("", person.region_code, [copied(_row(person), chance)])
        for village, count in TWICE.items()
        for person in _some(village, count)
    ]
    newest = Person.objects.order_by("-pk").values_list("pk", flat=True)[0]
    load_people(families, at=at)
    entered = Person.objects.filter(pk__gt=newest).values_list("pk", flat=True)
    return sum(propose_for(person_id=pk, at=at) for pk in entered)


def _some(village: str, count: int) -> list[Person]:
    rows = Person.objects.filter(
        region_code__startswith=f"{village}.", status="living", nik__isnull=False
    )
    return list(rows.exclude(born_on=None).order_by("-pk")[: count * 5 : 5])


def _row(person: Person) -> PersonRow:
    return PersonRow(
        "",
        person.name,
        person.sex,
        person.born_on,
        person.relation,
        birth_place=person.birth_place,
        religion=person.religion,
        father_name=person.father_name,
        mother_name=person.mother_name,
    )
