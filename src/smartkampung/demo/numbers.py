"""Numbers that look right and belong to nobody.

Serials start higher than registrars give on one day, and the telephone prefix is not
in use. Villages of one kecamatan take turns, so that numbers made in parallel never
meet; the real world's quirks are put in on purpose.
"""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from smartkampung.demo.draw import Deck, Random, pick
from smartkampung.demo.places import WORDS, Village

FIRST_SERIAL = 5_001
FIRST_ELSEWHERE = 7_001
A_DAY_ELSEWHERE = 13
WOMAN = 40
SPREAD = 7_919
UNUSED_PREFIX = "+6284"
REMEMBERED = 400

# Three in a hundred records carry one of the quirks that real registries hold.
QUIRKS = Deck(
    {
        "none": 970,
        "elsewhere": 16,
        "birth_date": 6,
        "sex": 1,
        "temporary": 5,
        "contested": 2,
    }
)
_ELSEWHERE = WORDS["elsewhere"].split()


class Number(NamedTuple):
    """A NIK, or a temporary id where the person has none."""

    nik: str
    temporary_id: str = ""


class Numbers:
    """The registrar of one village."""

    def __init__(self, village: Village, random: Random) -> None:
        self.village = village
        self.random = random
        self.prefix = village.kecamatan.replace(".", "")
        self.given: dict[str, int] = defaultdict(int)
        self.recent: list[str] = []
        self.phones = 0
        self.temporary = 0

    def nik(self, born: date, sex: str) -> Number:
        """Return the NIK of a new person, sometimes with a quirk."""
        quirk = QUIRKS.draw(self.random)
        if quirk == "none" or (quirk == "contested" and not self.recent):
            return Number(self._proper(born, sex))
        if quirk == "temporary":
            self.temporary += 1
            packed = self.village.code.replace(".", "")
            return Number("", f"0{packed}{self.temporary:05d}")
        if quirk == "contested":
            return Number(self.recent.pop())
        return Number(self._odd(quirk, born, sex))

    def kk(self, issued: date) -> str:
        """Return the number of a new family card."""
        return self._serial(f"{self.prefix}{issued:%d%m%y}", "kk")

    def phone(self) -> str:
        """Return a telephone number that no network serves."""
        self.phones += 1
        return f"{UNUSED_PREFIX}{self.village.number:03d}{self.phones:06d}"

    def _proper(self, born: date, sex: str) -> str:
        nik = self._serial(self.prefix + _birthday(born, sex), "nik")
        if len(self.recent) < REMEMBERED:
            self.recent.append(nik)
        return nik

    def _odd(self, quirk: str, born: date, sex: str) -> str:
        if quirk == "elsewhere":
            stem = pick(_ELSEWHERE, self.random) + _birthday(born, sex)
            number = self.given[stem] % A_DAY_ELSEWHERE
            self.given[stem] += 1
            turn = self.village.number * A_DAY_ELSEWHERE
            return f"{stem}{FIRST_ELSEWHERE + turn + number}"
        if quirk == "sex":
            return self._serial(
                self.prefix + _birthday(born, "L" if sex == "P" else "P"), "nik"
            )
        return self._serial(self.prefix + _mistyped(born, sex, self.random), "nik")

    def _serial(self, stem: str, kind: str) -> str:
        """Return the next free number of this village, spread so that masks differ."""
        key = kind + stem
        number = self.given[key]
        self.given[key] = number + 1
        slots = (FIRST_ELSEWHERE - FIRST_SERIAL) // self.village.turns
        slot = (int(stem) * SPREAD + number) % slots
        return f"{stem}{FIRST_SERIAL + slot * self.village.turns + self.village.turn}"


def _birthday(born: date, sex: str) -> str:
    day = born.day + (WOMAN if sex == "P" else 0)
    return f"{day:02d}{born.month:02d}{born.year % 100:02d}"


def _mistyped(born: date, sex: str, random: Random) -> str:
    """Give the birth date as a registrar mistypes it: another day, month or year."""
    match int(random() * 3):
        case 0:
            wrong = born.replace(day=born.day % 28 + 1)
        case 1:
            wrong = born.replace(day=min(born.day, 28), month=born.month % 12 + 1)
        case _:
            wrong = born.replace(day=min(born.day, 28), year=born.year - 1)
    return _birthday(wrong, sex)
