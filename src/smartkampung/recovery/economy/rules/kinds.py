"""The kinds of figures, and the tree of own-source revenue (PAD).

The tree is that of the national chart of accounts, the same for every regency.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum

LONGEST_ITEM = 60


class Kind(StrEnum):
    """What a set of monthly figures is about."""

    REVENUE = "revenue"
    VISITS = "visits"
    BUSINESSES = "businesses"


class Measure(StrEnum):
    """What a single figure counts."""

    TARGET = "target"
    REALISED = "realised"
    DOMESTIC = "domestic"
    FOREIGN = "foreign"
    OPENED = "opened"
    CLOSED = "closed"


MEASURES: Mapping[Kind, tuple[Measure, Measure]] = {
    Kind.REVENUE: (Measure.TARGET, Measure.REALISED),
    Kind.VISITS: (Measure.DOMESTIC, Measure.FOREIGN),
    Kind.BUSINESSES: (Measure.OPENED, Measure.CLOSED),
}
COUNTS = (Measure.DOMESTIC, Measure.FOREIGN, Measure.OPENED, Measure.CLOSED)
# A single month may fall below nought, when money is paid back; nothing else may.
NEVER_NEGATIVE = (Measure.TARGET, *COUNTS)

TOTAL, TAX = "total", "tax"
# Every type with the one that it is a part of, in the order of the accounts.
PARENTS: Mapping[str, str] = {
    TOTAL: "",
    TAX: TOTAL,
    "hotel": TAX,
    "restaurant": TAX,
    "entertainment": TAX,
    "advertisement": TAX,
    "street_lighting": TAX,
    "parking": TAX,
    "ground_water": TAX,
    "swiftlets": TAX,
    "minerals": TAX,
    "pbb": TAX,
    "bphtb": TAX,
    "levies": TOTAL,
    "assets": TOTAL,
    "other": TOTAL,
}
# Sums that sources tell of, which no account bears.
TOURISM_TAXES, TAX_AND_OTHER = "tourism_taxes", "tax_and_other"
KNOWN_TYPES = (*PARENTS, TOURISM_TAXES, TAX_AND_OTHER)
ACCOUNTS: Mapping[str, str] = {
    "4.1": TOTAL,
    "4.1.01": TAX,
    "4.1.01.06": "hotel",
    "4.1.01.07": "restaurant",
    "4.1.01.08": "entertainment",
    "4.1.01.09": "advertisement",
    "4.1.01.10": "street_lighting",
    "4.1.01.11": "parking",
    "4.1.01.12": "ground_water",
    "4.1.01.13": "swiftlets",
    "4.1.01.14": "minerals",
    "4.1.01.15": "pbb",
    "4.1.01.16": "bphtb",
    "4.1.02": "levies",
    "4.1.03": "assets",
    "4.1.04": "other",
}


def parts_of(code: str) -> list[str]:
    """Return the types that one is the sum of; none for a leaf."""
    return [child for child, parent in PARENTS.items() if parent == code]


def depth(code: str) -> int:
    """Return how far below the total a type stands."""
    return 1 + depth(PARENTS[code]) if PARENTS[code] else 0


def below(code: str) -> Iterator[str]:
    """Yield the leaves that a type is made of; itself when it is one."""
    parts = parts_of(code)
    if not parts:
        yield code
    for part in parts:
        yield from below(part)


def kind_of(measure: str) -> Kind:
    """Return what a measure belongs to."""
    return next(kind for kind, pair in MEASURES.items() if measure in pair)
