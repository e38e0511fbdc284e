"""How a village writes the numbers of its letters: ``470/012/429.503/VII/2026``."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

USUAL = "{class}/{number:3}/{office}/{roman}/{year}"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_PART = re.compile(r"\{([a-z]+)(?::([1-6]))?\}")
PARTS = frozenset({"class", "number", "office", "kind", "roman", "month", "year"})
ALLOWED = re.compile(r"[A-Za-z0-9 ./_\-]*")
LONGEST = 60
# What the square on the paper has room for, in bytes.
LONGEST_TEXT = 63
LAST_NUMBER, LONGEST_MONTH = 99_999, date(2020, 8, 31)
ONE_SERIES = ""  # one series for all kinds of letters


class Fault(StrEnum):
    """Why a pattern cannot number letters."""

    NO_NUMBER = "no_number"
    NO_YEAR = "no_year"
    UNKNOWN_PART = "unknown_part"
    NOT_ALLOWED = "not_allowed"
    TOO_LONG = "too_long"
    TEXT_TOO_LONG = "text_too_long"
    KIND_NOT_TOLD = "kind_not_told"


@dataclass(frozen=True)
class Numbered:
    """What a number is put together from."""

    number: int
    classification: str
    kind: str
    office: str
    on: date


def faults_of(pattern: str, *, by_kind: bool) -> list[Fault]:
    """Return everything wrong with a pattern.

    Numbers begin anew each year, and for each kind where a village counts so: then the
    text must tell year and kind, or two letters would bear one number.
    """
    names = [name for name, _width in _PART.findall(pattern)]
    rest = _PART.sub("", pattern)
    checks = {
        Fault.NO_NUMBER: "number" not in names,
        Fault.NO_YEAR: "year" not in names,
        Fault.UNKNOWN_PART: bool(set(names) - PARTS) or "{" in rest or "}" in rest,
        Fault.NOT_ALLOWED: not ALLOWED.fullmatch(
            rest.replace("{", "").replace("}", "")
        ),
        Fault.TOO_LONG: len(pattern) > LONGEST,
        Fault.KIND_NOT_TOLD: by_kind and "kind" not in names,
    }
    return [fault for fault, holds in checks.items() if holds]


def text_fits(text: str) -> bool:
    """Say whether a number as it is written has room in the square of a letter."""
    return len(text.encode()) <= LONGEST_TEXT


def text_faults(
    pattern: str, *, office: str, kinds: Iterable[tuple[str, str]]
) -> list[Fault]:
    """Return what is wrong with the longest number that a pattern makes.

    ``kinds`` are the letters of the village: the kode surat, and the kind, of each.
    """
    longest = (
        Numbered(LAST_NUMBER, series, kind, office, LONGEST_MONTH)
        for series, kind in kinds
    )
    fits = all(text_fits(written(pattern, one)) for one in longest)
    return [] if fits else [Fault.TEXT_TOO_LONG]


def written(pattern: str, what: Numbered) -> str:
    """Return a number as the letter bears it."""
    values = {
        "class": what.classification,
        "number": str(what.number),
        "office": what.office,
        "kind": what.kind.upper(),
        "roman": ROMAN[what.on.month - 1],
        "month": f"{what.on.month:02}",
        "year": str(what.on.year),
    }
    return _PART.sub(
        lambda part: values[part[1]].rjust(int(part[2] or 1), "0"), pattern
    )


def series_of(kind: str, *, by_kind: bool) -> str:
    """Return in which series a kind of letter is counted."""
    return kind if by_kind else ONE_SERIES
