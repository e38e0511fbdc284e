"""Numbers, days and estimates of signals as people read them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import dateformat
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from smartkampung.kernel.wording import whole
from smartkampung.reopening.guidance.rules.kinds import Indicator
from smartkampung.reopening.signals.rules.reproduction import Estimate, Missing
from smartkampung.reopening.signals.words import MISSING

CANNOT = "–"
TICKS = 5
PERCENT = {Indicator.POSITIVITY, Indicator.BED_OCCUPANCY, Indicator.COMPLIANCE}


def number(value: Decimal | float, places: int = 2) -> str:
    """Return a number with at most so many decimals, "1,06"; round ones have none."""
    rounded = round(Decimal(str(value)), places)
    if rounded == rounded.to_integral_value():
        return whole(int(rounded))
    return number_format(rounded, decimal_pos=places, force_grouping=True)


def value_of(indicator: Indicator, value: Decimal) -> str:
    """Return a value with its unit."""
    unit = "%" if indicator in PERCENT else ""
    return number(value, 2 if indicator is Indicator.REPRODUCTION else 1) + unit


def estimate(one: Estimate | Missing) -> str:
    """Return "1,06 (0,91 to 1,23)", or why there is none."""
    if isinstance(one, Missing):
        return str(MISSING[one])
    return _("%(mean)s (%(low)s to %(high)s)") % {
        "mean": number(one.mean),
        "low": number(one.low),
        "high": number(one.high),
    }


def little_day(value: date) -> str:
    """Return "5 Jul", for charts."""
    return dateformat.format(value, "j M")


def week_name(monday: date, sunday: date) -> str:
    """Return "6 to 12 Juli 2020"."""
    return _("%(first)s to %(last)s") % {
        "first": dateformat.format(monday, "j M"),
        "last": dateformat.format(sunday, "j M Y"),
    }


def ticks(days: Sequence[date]) -> dict[int, str]:
    """Return the days that are named below a chart, the last among them."""
    every = max(1, len(days) // TICKS)
    last = len(days) - 1
    return {at: little_day(days[at]) for at in range(last % every, last + 1, every)}


def table(
    heads: Sequence[tuple[str, bool]], rows: Sequence[Sequence[Any]]
) -> dict[str, Any]:
    """Return what components/table.html draws; a cell is a text or a (text, state)."""
    return {
        "columns": [{"title": title, "number": right} for title, right in heads],
        "rows": [
            [
                {
                    "label": title,
                    "number": right and not isinstance(cell, tuple),
                    **_cell(cell),
                }
                for (title, right), cell in zip(heads, row, strict=True)
            ]
            for row in rows
        ],
    }


def _cell(cell: Any) -> dict[str, str]:
    if isinstance(cell, tuple):
        return {"text": cell[0], "state": cell[1]}
    if isinstance(cell, dict):
        return cell
    return {"text": str(cell)}
