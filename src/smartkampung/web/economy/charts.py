"""Charts of months: what is drawn, and in which words it is told."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from smartkampung.recovery.economy.queries.curves import Drawn
from smartkampung.recovery.economy.rules.comparing import before
from smartkampung.recovery.economy.rules.falling import Thresholds
from smartkampung.web.core.curves import Curves, Row, curves
from smartkampung.web.economy.wording import little_month

TICKS = 5
Values = Sequence[float | None]


def ticks(months: Sequence[date]) -> dict[int, str]:
    """Return the months that are named: Januaries where there are some, else a few."""
    every = max(1, len(months) // TICKS)
    januaries = {at: str(m.year) for at, m in enumerate(months) if m.month == 1}
    if len(januaries) > 2:
        skip = -(-len(januaries) // (TICKS + 1))
        return {at: text for at, text in januaries.items() if not int(text) % skip}
    last = len(months) - 1
    return {at: little_month(months[at]) for at in range(last % every, last + 1, every)}


def money_lines(
    key: str,
    months: Sequence[date],
    rows: Sequence[tuple[str, dict[date, Decimal]]],
    words: Callable[[float], str],
) -> Curves | None:
    """Return lines of figures over some months."""
    return curves(
        key,
        [
            (label, [_float(values.get(month)) for month in months])
            for label, values in rows
        ],
        ticks=ticks(months),
        words=words,
    )


def shifted(values: dict[date, Decimal], months: Sequence[date]) -> dict[date, Decimal]:
    """Return for each month what stood a year before."""
    moved = {month: values.get(before(month, months=12)) for month in months}
    return {month: value for month, value in moved.items() if value is not None}


def index_lines(
    key: str, drawn: Drawn, limits: Thresholds, words: tuple[str, str, str, str]
) -> Curves | None:
    """Return a curve as index and moving year, with the thresholds that hold."""
    single, year, falls, recovers = words
    rows: list[Row] = [
        (single, [point.index.value for point in drawn.points]),
        (year, [point.moving.value for point in drawn.points]),
    ]
    return curves(
        key,
        rows,
        ticks=ticks([point.month for point in drawn.points]),
        words="{:.0f}".format,
        marks=[(limits.falls_below, falls), (limits.recovers_above, recovers)],
    )


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
