"""Wayan registered twice, once under a short name, and the pair of the two."""

from datetime import datetime

from smartkampung.demo.doubles import Double, with_doubles
from smartkampung.demo.people import Crowd, families_of
from smartkampung.demo.places import read_villages
from smartkampung.duplicates.actions import compare, merge_people, undo_merge
from smartkampung.duplicates.models import Merge, MergeChange, Pair
from smartkampung.kernel.clock import WIB
from smartkampung.residents.bulk import load_people
from smartkampung.residents.models import Person
from tests.population import SARI, WAYAN_BORN, family, person, wayan

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)
REASON = "Both cards lie on my desk; his mother confirmed it."


def double(
    name: str = "Wayan Sudarma", nik: str | None = None, **more: object
) -> Person:
    """Make a second record of Wayan, on a card of its own."""
    card = family(kk=None, phone=None)
    record = person(name, nik, household=card, born_on=WAYAN_BORN)
    Person.objects.filter(pk=record.pk).update(**more)
    record.refresh_from_db()
    return record


def load_town(people: int = 1_200) -> set[tuple[int, int]]:
    """Load a made-up town where some are registered twice; return who, by id."""
    villages, told = read_villages(), list[Double]()
    crowd = Crowd(people, 21, NOW.date())
    families = list(
        with_doubles(
            families_of(villages, crowd, town="-"),
            villages,
            share=0.03,
            seed=21,
            told=told,
        )
    )
    load_people(families, at=NOW)
    ids = iter(Person.objects.order_by("pk").values_list("pk", flat=True))
    numbers = {
        (card, place): next(ids)
        for card, family in enumerate(families)
        for place in range(len(family.members))
    }
    return {(numbers[double.original], numbers[double.copy]) for double in told}


def pair_of(one: Person, other: Person) -> Pair:
    """Put two records side by side."""
    return compare(one=one, other=other, by=SARI, at=NOW)


def twice() -> tuple[Person, Person, Pair]:
    """Make Wayan, his second record, and their pair."""
    first, second = wayan(), double()
    return first, second, pair_of(first, second)


def merge(pair: Pair, survivor: Person) -> Merge:
    """Let Sari merge a pair."""
    return merge_people(
        pair=pair, survivor_id=survivor.pk, reason=REASON, by=SARI, at=NOW
    )


def undo(row: Merge) -> list[MergeChange]:
    """Let Sari part two records again; return what was left alone."""
    return undo_merge(merge=row, reason=REASON, by=SARI, at=NOW)
