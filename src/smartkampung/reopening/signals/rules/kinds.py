"""What is reported of a day besides cases, and what cannot be told without it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of daily reports."""

    TESTS = "tests"
    BEDS = "beds"
    PATIENTS = "patients"
    TRACING = "tracing"


# The two numbers of each kind; of the first two the second is a part of the first.
COLUMNS: Mapping[Kind, tuple[str, str]] = {
    Kind.TESTS: ("tested", "positive"),
    Kind.BEDS: ("beds", "occupied"),
    Kind.PATIENTS: ("admitted", "died"),
    Kind.TRACING: ("followed", "contacts"),
}
NUMBERS = tuple(name for pair in COLUMNS.values() for name in pair)
MOST = 1_000_000
LONGEST_PLACE = 80


class Fault(StrEnum):
    """What is wrong with a report."""

    NEGATIVE = "negative"
    TOO_MANY = "too_many"
    MORE_POSITIVE = "more_positive"  # than were tested
    FUTURE = "future"
    NO_PLACE = "no_place"  # beds stand somewhere
    MIXED = "mixed"  # all together beside one of them: they would count twice


class Doubt(StrEnum):
    """What may be right and is rarely so."""

    OVERFULL = "overfull"  # more patients than beds
    ALL_POSITIVE = "all_positive"


@dataclass(frozen=True)
class Numbers:
    """The two numbers of a report, in the order of ``COLUMNS``."""

    first: int
    second: int


def faults(kind: Kind, numbers: Numbers, *, place: str, future: bool) -> list[Fault]:
    """Return everything that is wrong with a report."""
    found = []
    both = (numbers.first, numbers.second)
    if min(both) < 0:
        found.append(Fault.NEGATIVE)
    if max(both) > MOST:
        found.append(Fault.TOO_MANY)
    if kind is Kind.TESTS and numbers.second > numbers.first:
        found.append(Fault.MORE_POSITIVE)
    if kind is Kind.BEDS and not place.strip():
        found.append(Fault.NO_PLACE)
    if future:
        found.append(Fault.FUTURE)
    return found


def doubts(kind: Kind, numbers: Numbers) -> list[Doubt]:
    """Return what whoever writes a report should look at again."""
    if kind is Kind.BEDS and numbers.second > numbers.first:
        return [Doubt.OVERFULL]
    if kind is Kind.TESTS and 0 < numbers.first == numbers.second:
        return [Doubt.ALL_POSITIVE]
    return []
