"""Charts of signals: Rt with its interval, and cases by day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from smartkampung.kernel.wording import short_day, whole
from smartkampung.reopening.signals.rules.reproduction import Estimate, Missing
from smartkampung.web.core.curves import Curves, curves
from smartkampung.web.signals.wording import (
    CANNOT,
    estimate,
    number,
    table,
    ticks,
)

HIGHEST = 6.0  # a chart is read around one; the table tells of more


def rt_chart(rt: Mapping[date, Estimate | Missing]) -> Curves | None:
    """Return Rt with the interval that holds 95 %; days without are gaps."""
    days = list(rt)
    found = [one if isinstance(one, Estimate) else None for one in rt.values()]
    return curves(
        "rt",
        [(_("Rt (mean)"), [min(one.mean, HIGHEST) if one else None for one in found])],
        ticks=ticks(days),
        words=lambda value: number(value, 1),
        marks=[(1.0, _("1: each case infects one other"))],
        bands=[
            [
                (min(one.low, HIGHEST), min(one.high, HIGHEST)) if one else None
                for one in found
            ]
        ],
    )


def cases_chart(cases: Mapping[date, int | None], key: str) -> Curves | None:
    """Return cases by day as a line that a day that is not known breaks."""
    return curves(
        key,
        [
            (
                _("New cases"),
                [None if one is None else float(one) for one in cases.values()],
            )
        ],
        ticks=ticks(list(cases)),
        words=lambda value: number(value, 0),
    )


def day_table(
    cases: Mapping[date, int | None], rt: Mapping[date, Estimate | Missing]
) -> dict[str, Any]:
    """Return the table behind both charts, the newest day first."""
    return table(
        [(_("Day"), False), (_("New cases"), True), (_("Rt (95% interval)"), False)],
        [
            [
                short_day(day),
                CANNOT if (count := cases.get(day)) is None else whole(count),
                estimate(rt[day]),
            ]
            for day in sorted(rt, reverse=True)
        ],
    )
