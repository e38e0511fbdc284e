"""Months against each other: indices, changes, sums, and when nothing can be said.

A month without a figure is a gap and never nought. Whatever cannot be computed says
why: ``Said.why``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

Series = Mapping[date, Decimal]


class Why(StrEnum):
    """Why a comparison cannot be made."""

    NO_FIGURE = "no_figure"
    NO_BASE = "no_base"
    BASE_NOT_POSITIVE = "base_not_positive"
    MONTHS_MISSING = "months_missing"


@dataclass(frozen=True)
class Said:
    """A number, or why there is none."""

    value: float | None
    why: Why | None = None


def before(month: date, *, months: int) -> date:
    """Return the month that lies so many earlier."""
    at = month.year * 12 + month.month - 1 - months
    return date(at // 12, at % 12 + 1, 1)


def months_between(first: date, last: date) -> list[date]:
    """Return every month from one to another, both included."""
    count = (last.year - first.year) * 12 + last.month - first.month
    return [before(last, months=back) for back in range(count, -1, -1)]


def part(value: Decimal | None, base: Decimal | None) -> Said:
    """Return a value as percent of its base."""
    if value is None:
        return Said(None, Why.NO_FIGURE)
    if base is None:
        return Said(None, Why.NO_BASE)
    if base <= 0:
        return Said(None, Why.BASE_NOT_POSITIVE)
    return Said(float(100 * value / base))


def change(value: Decimal | None, base: Decimal | None) -> Said:
    """Return by how many percent a value lies above its base; below is negative."""
    share = part(value, base)
    return share if share.value is None else Said(share.value - 100)


def index(series: Series, month: date, *, baseline: int) -> Said:
    """Return a month as percent of the same month of the baseline year."""
    return part(series.get(month), series.get(month.replace(year=baseline)))


def index_before(series: Series, month: date) -> Said:
    """Return by how much a month changed against the same month a year before."""
    return change(series.get(month), series.get(before(month, months=12)))


def moving(series: Series, month: date, *, baseline: int) -> Said:
    """Return the twelve months up to one as percent of the whole baseline year.

    Every one of the twenty-four must be known.
    """
    value = total(series, months_between(before(month, months=11), month))
    base = total(series, [date(baseline, number, 1) for number in range(1, 13)])
    if value is None:
        return Said(None, Why.MONTHS_MISSING)
    return part(value, base)


def until(series: Series, month: date) -> Decimal | None:
    """Return the sum since January of a month's year; None when one is missing."""
    return total(series, months_between(month.replace(month=1), month))


def total(series: Series, months: Iterable[date]) -> Decimal | None:
    """Return the sum of some months; None when one is missing."""
    found = [series.get(month) for month in months]
    known = [value for value in found if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(found) else None
