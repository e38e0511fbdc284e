"""Families of whom the demo's history tells; kept aside while everybody is made.

Once stored, numbers are sealed and nothing opens them without a trace; the history
types what residents type, so it remembers it from here.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from smartkampung.demo.cast import KECAMATAN
from smartkampung.regions.codes import ancestor, inside
from smartkampung.residents.bulk import FamilyRow

FROM_THE_STAGE, FROM_ELSEWHERE = 48, 16
VILLAGES_OF_A_KECAMATAN = 2
SKIPPED = 3


class Witness(NamedTuple):
    """What the head of one family knows by heart."""

    nik: str
    kk: str
    born_on: date
    phone: str
    region: str


class Witnesses:
    """Remembers some families of a stream, more of them where the demo is played."""

    def __init__(self) -> None:
        self.heard: list[Witness] = []
        self._seen: Counter[str] = Counter()
        self._taken: Counter[str] = Counter()
        self._villages: dict[str, set[str]] = {}

    def listening(self, families: Iterable[FamilyRow]) -> Iterator[FamilyRow]:
        """Yield the families unchanged, remembering every few."""
        for family in families:
            village = ancestor(family.region_code, "village")
            self._seen[village] += 1
            if self._seen[village] % SKIPPED == 0 and self._wanted(village):
                self._remember(family, village)
            yield family

    def _wanted(self, village: str) -> bool:
        if inside(village, KECAMATAN):
            return self._taken[village] < FROM_THE_STAGE
        chosen = self._villages.setdefault(ancestor(village, "kecamatan"), set())
        if len(chosen) < VILLAGES_OF_A_KECAMATAN:
            chosen.add(village)
        return village in chosen and self._taken[village] < FROM_ELSEWHERE

    def _remember(self, family: FamilyRow, village: str) -> None:
        head = family.members[0]
        if head.nik and head.born_on and head.status == "living" and family.phone:
            self._taken[village] += 1
            self.heard.append(
                Witness(
                    head.nik, family.kk, head.born_on, family.phone, family.region_code
                )
            )
