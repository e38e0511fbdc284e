"""A made-up regency in which it is known who is registered twice.

To train the search for duplicates on, and to measure it: without a database, because
what is compared is only folded text.
"""

from collections.abc import Iterator
from datetime import date

from smartkampung.demo.doubles import Double, Place, with_doubles
from smartkampung.demo.people import Crowd, families_of
from smartkampung.demo.places import read_villages
from smartkampung.duplicates.rules.traits import Facts, Veil
from smartkampung.residents.rules import fold_name

DAY = date(2026, 11, 24)
SHARE = 0.01
TOWN = "Blambangan"


class DoubledRegency:
    """So many people, and a share of them registered twice, the same for a seed."""

    def __init__(self, people: int, *, seed: int, share: float = SHARE) -> None:
        self.crowd = Crowd(people, seed, DAY)
        self.share = share
        self._told: list[Double] = []
        self._numbers: dict[Place, int] = {}

    def facts(self) -> Iterator[Facts]:
        """Yield everybody once, numbered from 1; afterwards ``truth`` is known."""
        villages, veil = read_villages(), Veil()
        families = with_doubles(
            families_of(villages, self.crowd, town=TOWN),
            villages,
            share=self.share,
            seed=self.crowd.seed,
            told=self._told,
        )
        number = 0
        for card, family in enumerate(families):
            for place, person in enumerate(family.members):
                number += 1
                self._numbers[card, place] = number
                yield Facts(
                    id=number,
                    name=fold_name(person.name),
                    sex=person.sex,
                    born_on=person.born_on,
                    region_code=family.region_code,
                    family=str(card),
                    birth_place=person.birth_place,
                    mother_name=person.mother_name,
                    father_name=person.father_name,
                    nik=veil.hide(person.nik) if person.nik else "",
                )

    def truth(self) -> dict[tuple[int, int], str]:
        """Return the pairs of numbers that are one person, and how it came about."""
        number = self._numbers
        return {
            _pair(number[double.original], number[double.copy]): double.kind
            for double in self._told
        }


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
