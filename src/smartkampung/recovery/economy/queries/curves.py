"""The curves of recovery: sums of monthly figures, month by month."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from smartkampung.recovery.economy.queries.figures import Figures, Line, figures_of
from smartkampung.recovery.economy.rules.adding import Sum, sums
from smartkampung.recovery.economy.rules.comparing import (
    Said,
    index,
    months_between,
    moving,
)
from smartkampung.recovery.economy.rules.curves import CURVES, Curve
from smartkampung.recovery.economy.rules.kinds import PARENTS, Kind, Measure, parts_of


@dataclass(frozen=True)
class Point:
    """One month of a curve: what was counted, against the same month of the base."""

    month: date
    value: Decimal | None
    index: Said
    moving: Said


@dataclass(frozen=True)
class Drawn:
    """A whole curve, from the first month of the baseline on; gaps are points, too."""

    code: str
    baseline: int
    points: list[Point]
    synthetic: bool

    @property
    def last(self) -> Point | None:
        """Return the last month that can be compared."""
        known = (one for one in reversed(self.points) if one.index.value is not None)
        return next(known, None)


def curves(*, baseline: int) -> dict[str, Drawn]:
    """Return every curve that has a figure."""
    figures = {kind: figures_of(kind) for kind in Kind}
    found = {
        code: _drawn(code, figures[curve.kind], curve, baseline)
        for code, curve in CURVES.items()
    }
    return {code: drawn for code, drawn in found.items() if drawn.points}


def _drawn(code: str, figures: Figures, curve: Curve, baseline: int) -> Drawn:
    line = line_of(figures, curve)
    if not line.values:
        return Drawn(code, baseline, [], False)
    first = min(*line.values, date(baseline, 1, 1))
    points = [
        Point(
            month,
            line.values.get(month),
            index(line.values, month, baseline=baseline),
            moving(line.values, month, baseline=baseline),
        )
        for month in months_between(first, max(line.values))
    ]
    return Drawn(code, baseline, points, bool(line.made_up))


def line_of(figures: Figures, curve: Curve) -> Line:
    """Return the months of a curve."""
    if not curve.item:
        return _everything(figures, curve.measures)
    if not parts_of(curve.item):
        return figures.line(curve.measures[0], curve.item)
    found = Line()
    for month, by_type in revenue_sums(figures, curve.measures[0]).items():
        value = by_type[curve.item].value
        if value is not None:
            found.values[month] = value
    found.made_up = _made_up(figures) & set(found.values)
    return found


def revenue_sums(figures: Figures, measure: Measure) -> Mapping[date, dict[str, Sum]]:
    """Return every type of revenue in every month, sums beside what was told."""
    lines = {
        item: figures.line(measure, item)
        for item in figures.items()
        if item in PARENTS and figures.line(measure, item).values
    }
    expected = {item for item in lines if not parts_of(item)}
    return {
        month: sums(
            {
                item: line.values[month]
                for item, line in lines.items()
                if month in line.values
            },
            expected=expected,
        )
        for month in figures.months()
    }


def _everything(figures: Figures, measures: tuple[Measure, ...]) -> Line:
    """Sum all items. From its first month on, an item that is missing makes a gap."""
    lines = [
        line
        for (measure, _item), line in figures.lines.items()
        if measure in measures and line.values
    ]
    found = Line(made_up=_made_up(figures))
    for month in figures.months():
        due = [line for line in lines if min(line.values) <= month]
        if due and all(month in line.values for line in due):
            found.values[month] = sum((line.values[month] for line in due), Decimal(0))
    return found


def _made_up(figures: Figures) -> set[date]:
    return {month for line in figures.lines.values() for month in line.made_up}
