"""People who come home from elsewhere: who they are, from where, by which gate."""

import random
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from smartkampung.demo.draw import Deck
from smartkampung.demo.names import Who, name_of
from smartkampung.demo.numbers import WOMAN
from smartkampung.demo.places import Village
from smartkampung.isolation.rules.states import EntryPoint

BALI, JAVA, FAR, ABROAD = "bali", "java", "far", "abroad"
# Where people of the regency work, by how many came home from there.
ORIGINS = Deck(
    {
        ("51.71", BALI): 27,
        ("51.03", BALI): 19,
        ("51.04", BALI): 6,
        ("35.78", JAVA): 16,
        ("35.15", JAVA): 5,
        ("35.73", JAVA): 4,
        ("35.09", JAVA): 3,
        ("31.74", FAR): 6,
        ("32.16", FAR): 3,
        ("36.71", FAR): 2,
        ("64.72", FAR): 4,
        ("52.71", BALI): 3,
        ("00", ABROAD): 2,
    }
)
GATES: Mapping[str, Deck[EntryPoint]] = {
    BALI: Deck({EntryPoint.KETAPANG: 94, EntryPoint.OTHER: 6}),
    JAVA: Deck(
        {EntryPoint.KALIBARU: 55, EntryPoint.WONGSOREJO: 41, EntryPoint.OTHER: 4}
    ),
    FAR: Deck(
        {EntryPoint.AIRPORT: 46, EntryPoint.KALIBARU: 34, EntryPoint.WONGSOREJO: 20}
    ),
    ABROAD: Deck({EntryPoint.AIRPORT: 80, EntryPoint.KETAPANG: 20}),
}
TOGETHER = Deck({1: 60, 2: 20, 3: 12, 4: 8})
HERE = 0.55  # registered at home, and not where they work
BABY = 3
# From here down, where the residents of the demo and its cast have no numbers.
HIGHEST = 9_800


class Guest(NamedTuple):
    """One person; without a NIK a passport, or nothing for a baby."""

    name: str
    sex: str
    born_on: date
    nik: str
    passport: str


class Journey(NamedTuple):
    """Where people come from, and by which gate."""

    origin: str
    gate: EntryPoint


class Crowd:
    """Makes people up, each number once."""

    def __init__(self, chance: random.Random, today: date) -> None:
        self.chance, self.today = chance, today
        self._given: dict[str, int] = defaultdict(int)
        self._passports = 0

    def journey(self) -> Journey:
        """Return where a party comes from."""
        code, kind = ORIGINS.draw(self.chance.random)
        return Journey(code, GATES[kind].draw(self.chance.random))

    def guests(self, village: Village, journey: Journey, count: int) -> list[Guest]:
        """Return people who travel together: grown-ups first, then children."""
        grown = min(count, 1 if self.chance.random() < 0.3 else 2)
        ages = [self.chance.uniform(19, 52) for _ in range(grown)]
        ages += [self.chance.uniform(0.2, 15) for _ in range(count - grown)]
        return [self._guest(village, journey, age) for age in ages]

    def _guest(self, village: Village, journey: Journey, age: float) -> Guest:
        born = self.today - timedelta(days=round(365.25 * age))
        sex = "L" if self.chance.random() < 0.6 else "P"
        culture = max(village.cultures, key=lambda name: village.cultures[name])
        name = name_of(Who(culture, sex, born.year, 1, 4), self.chance.random)
        if age < BABY and self.chance.random() < 0.5:
            return Guest(name, sex, born, "", "")
        if journey.origin == "00":
            self._passports += 1
            return Guest(name, sex, born, "", f"X{self._passports:07d}")
        return Guest(name, sex, born, self._nik(village, journey, born, sex), "")

    def _nik(self, village: Village, journey: Journey, born: date, sex: str) -> str:
        here = self.chance.random() < HERE
        prefix = village.kecamatan if here else f"{journey.origin}.01"
        day = born.day + (WOMAN if sex == "P" else 0)
        stem = f"{prefix.replace('.', '')}{day:02d}{born:%m%y}"
        self._given[stem] += 1
        return f"{stem}{HIGHEST - self._given[stem]}"
