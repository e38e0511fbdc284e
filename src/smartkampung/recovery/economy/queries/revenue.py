"""Own-source revenue by type: a month, or a year up to it, beside the year before."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from smartkampung.recovery.economy.queries.curves import revenue_sums
from smartkampung.recovery.economy.queries.figures import Figures, Line
from smartkampung.recovery.economy.rules.adding import Sum
from smartkampung.recovery.economy.rules.comparing import (
    Said,
    before,
    change,
    part,
    until,
)
from smartkampung.recovery.economy.rules.kinds import PARENTS, Measure

NO_SUM = Sum(None, None)


@dataclass(frozen=True)
class Entry:
    """One type of revenue: target, collected, and the same of the year before.

    ``sum`` holds what was told of a total against what its parts add up to.
    """

    code: str
    target: Decimal | None
    realised: Decimal | None
    earlier: Decimal | None
    sum: Sum

    @property
    def share(self) -> Said:
        """Return collected as percent of the target."""
        return part(self.realised, self.target)

    @property
    def change(self) -> Said:
        """Return the change against the year before."""
        return change(self.realised, self.earlier)


def revenue_lines(figures: Figures, measure: Measure) -> dict[str, Line]:
    """Return the months of every type, sums included."""
    found: dict[str, Line] = {code: Line() for code in PARENTS}
    for month, by_type in revenue_sums(figures, measure).items():
        for code, one in by_type.items():
            if one.value is not None:
                found[code].values[month] = one.value
    return {code: line for code, line in found.items() if line.values}


def statement(figures: Figures, month: date, *, cumulative: bool) -> list[Entry]:
    """Return every type that has a figure at any time, in the order of the accounts."""
    targets = revenue_lines(figures, Measure.TARGET)
    realised = revenue_lines(figures, Measure.REALISED)
    sums = revenue_sums(figures, Measure.REALISED).get(month, {})
    year_before = before(month, months=12)

    def value(lines: dict[str, Line], code: str, on: date) -> Decimal | None:
        values = lines.get(code, Line()).values
        return until(values, on) if cumulative else values.get(on)

    return [
        Entry(
            code,
            value(targets, code, month),
            value(realised, code, month),
            value(realised, code, year_before),
            sums.get(code, NO_SUM),
        )
        for code in PARENTS
        if code in targets or code in realised
    ]


def last_month(figures: Figures) -> date | None:
    """Return the last month of which anything was collected."""
    months = [
        max(line.values)
        for (measure, _item), line in figures.lines.items()
        if measure == Measure.REALISED and line.values
    ]
    return max(months, default=None)
