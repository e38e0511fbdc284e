"""NIK and family-card numbers: what shape they have, and what they disagree with.

A NIK is 16 digits: region of *first* registration (6), birth date DDMMYY with 40
added to the day for women (6), serial (4). There is no check digit. Only an
impossible shape rejects; disagreement with the record is a flag for staff, because
people move, and registrars mistype.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import IntFlag, StrEnum

DIGITS = 16
WOMAN = 40
# Spaces, dots, dashes and the invisible marks that spreadsheets and phones add.
_SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015'\u00ad\u200b-\u200f\u202a-\u202e\ufeff]")

# Digits that may be meant as one number: with anything but letters between, a few
# signs wide.
LOOSE_RUN = re.compile(r"[0-9](?:[^0-9A-Za-z]{0,3}[0-9])*")
_RUN = re.compile(rf"[0-9](?:(?:{_SEPARATORS.pattern}){{0,3}}[0-9])+")


class Problem(StrEnum):
    """Why a typed number cannot be one. Words for these: ``residents.words``."""

    EMPTY = "empty"
    NOT_DIGITS = "not_digits"
    LENGTH = "length"
    STARTS_WITH_ZERO = "starts_with_zero"
    IMPOSSIBLE_DAY = "impossible_day"
    IMPOSSIBLE_MONTH = "impossible_month"
    NOT_A_PHONE = "not_a_phone"
    NOT_A_DATE = "not_a_date"
    IMPOSSIBLE_BIRTH = "impossible_birth"
    NOT_ON_LIST = "not_on_list"
    NO_LETTERS = "no_letters"


class NikFlag(IntFlag):
    """What a NIK disagrees with on the record; stored as a number on the person."""

    NONE = 0
    REGION = 1
    BIRTH_DATE = 2
    SEX = 4


class Misshapen(ValueError):
    """A number that cannot be what it should be. Never carries the number itself."""

    def __init__(self, problem: Problem, *, typed: int = 0) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.typed = typed


@dataclass(frozen=True)
class Nik:
    """The parts of a well-shaped NIK."""

    region: str
    day: int
    month: int
    short_year: int
    woman: bool
    serial: str


def bare(text: str) -> str:
    """Return the text without separators and invisible characters."""
    return _SEPARATORS.sub("", text)


def holds_number(text: str) -> bool:
    """Say whether 16 digits stand in a text, as a NIK or a card number is written.

    Also in groups ("3510 0917 0890 0001"), and where more digits are glued to them.
    Telephone numbers are shorter, and begin with 0 where two stand side by side.
    """
    plain = unicodedata.normalize("NFKC", text)
    return any(_sixteen_in(run[0]) for run in _RUN.finditer(plain))


def most_digits(text: str) -> int:
    """Return how many digits stand in a row, however they are spaced.

    For who would rather refuse two telephone numbers than let one number through:
    ``holds_number`` tells them apart.
    """
    plain = unicodedata.normalize("NFKC", text)
    return max(
        (sum(map(str.isdecimal, run[0])) for run in LOOSE_RUN.finditer(plain)),
        default=0,
    )


def _sixteen_in(run: str) -> bool:
    groups = re.findall(r"[0-9]+", run)
    if any(len(group) >= DIGITS for group in groups):
        return True
    return any(
        sum(map(len, groups[start:end])) == DIGITS and not groups[start].startswith("0")
        for start in range(len(groups))
        for end in range(start + 2, min(start + DIGITS, len(groups)) + 1)
    )


def read_nik(text: str) -> str:
    """Return the 16 digits of a typed NIK; raise Misshapen when it cannot be one."""
    digits = _sixteen(text)
    parse_nik(digits)
    return digits


def read_kk(text: str) -> str:
    """Return the 16 digits of a typed family-card number; raise Misshapen otherwise.

    It carries the day of recording, without the 40 for women.
    """
    digits = _sixteen(text)
    _check_date(int(digits[6:8]), int(digits[8:10]))
    return digits


def parse_nik(digits: str) -> Nik:
    """Return the parts of 16 digits; raise Misshapen when day or month cannot be."""
    day, month = int(digits[6:8]), int(digits[8:10])
    woman = day > WOMAN
    day -= WOMAN if woman else 0
    _check_date(day, month)
    return Nik(digits[:6], day, month, int(digits[10:12]), woman, digits[12:])


def nik_flags(
    digits: str, *, region_code: str, born_on: date | None, sex: str
) -> NikFlag:
    """Say what a NIK disagrees with: the region, birth date and sex on record.

    ``sex`` is ``L`` or ``P``. An unknown birth date disagrees with nothing.
    """
    region = region_code.replace(".", "")[:6]
    # Nearly every NIK agrees, and a regency loads millions: look at the whole first.
    if (
        born_on is not None
        and digits[:12] == f"{region}{birthday_digits(born_on, sex)}"
    ):
        return NikFlag.NONE
    nik = parse_nik(digits)
    flags = NikFlag.NONE
    if nik.region != region:
        flags |= NikFlag.REGION
    if born_on is not None and (nik.day, nik.month, nik.short_year) != (
        born_on.day,
        born_on.month,
        born_on.year % 100,
    ):
        flags |= NikFlag.BIRTH_DATE
    if nik.woman != (sex == "P"):
        flags |= NikFlag.SEX
    return flags


def birthday_digits(born_on: date, sex: str) -> str:
    """Return the six digits that a NIK has for a birth date and sex (``L`` or ``P``)."""
    day = born_on.day + (WOMAN if sex == "P" else 0)
    return f"{day:02d}{born_on.month:02d}{born_on.year % 100:02d}"


def is_temporary_id(text: str) -> bool:
    """Say whether a source system made this number up: it starts with 0.

    Such an id is kept as it is and never shown as a NIK.
    """
    digits = bare(text)
    return digits.isascii() and digits.isdigit() and digits.startswith("0")


def _sixteen(text: str) -> str:
    digits = bare(text)
    if not digits:
        raise Misshapen(Problem.EMPTY)
    if not (digits.isascii() and digits.isdigit()):
        raise Misshapen(Problem.NOT_DIGITS)
    if len(digits) != DIGITS:
        raise Misshapen(Problem.LENGTH, typed=len(digits))
    if digits.startswith("0"):
        raise Misshapen(Problem.STARTS_WITH_ZERO)
    return digits


def _check_date(day: int, month: int) -> None:
    if not 1 <= day <= 31:
        raise Misshapen(Problem.IMPOSSIBLE_DAY)
    if not 1 <= month <= 12:
        raise Misshapen(Problem.IMPOSSIBLE_MONTH)
