"""Pilots beside matched villages: on what they were matched, how well, what differs."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import today
from smartkampung.kernel.wording import short_day
from smartkampung.regions.queries import names
from smartkampung.reopening.comparison.queries.comparing import (
    CASES,
    DENSITY,
    MARKET,
    PEOPLE,
    TOURISM,
    URBAN,
    WEEKS_BEFORE,
    Comparison,
    comparison_for,
)
from smartkampung.reopening.comparison.rules.difference import FEWEST_PAIRS, Difference
from smartkampung.reopening.comparison.rules.matching import FAIR
from smartkampung.web.comparison.love import love
from smartkampung.web.core.curves import Curves, curves
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.signals.wording import CANNOT, number, table

VARIABLES: dict[str, Promise] = {
    PEOPLE: gettext_lazy("People (logarithm)"),
    DENSITY: gettext_lazy("People per km² (logarithm)"),
    URBAN: gettext_lazy("Town or village (kelurahan or desa)"),
    CASES: gettext_lazy("Cases per 1,000 people in the 4 weeks before"),
    MARKET: gettext_lazy("Has a market"),
    TOURISM: gettext_lazy("Has tourism"),
}
SHOWN_WEEKS = 4


@staff_page(Permission.SIGNAL_VIEW)
def here(request: StaffRequest) -> HttpResponse:
    """Show what can be said of pilots beside villages that are none."""
    found = comparison_for(request.actor, on=today())
    named = {code: str(words) for code, words in VARIABLES.items()}
    context = {
        "pairs": _pairs(found),
        "count": len(found.pairs),
        "fewest": FEWEST_PAIRS,
        "unmatched": sorted(names(found.unmatched).values()),
        "variables": [named[one] for one in found.variables],
        "left_out": [named[one] for one in found.left_out],
        "love": love(found.balance, named),
        "balance": _balance(found, named),
        "unfair": [
            named[one.variable]
            for one in found.balance
            if len(found.pairs) >= FEWEST_PAIRS
            and (one.after is None or abs(one.after) > FAIR)
        ],
        "fair": number(FAIR),
        "chart": _chart(found),
        "weeks": _weeks(found),
        "after": _said(found.after),
        "changed": _said(found.changed),
        "compliance": _said(found.compliance),
        "visits": _said(found.visits),
    }
    return render(request, "comparison/here.html", context)


def _said(one: Difference) -> dict[str, Any]:
    if one.mean is None:
        return {"too_few": True, "pairs": one.pairs, "value": "", "interval": ""}
    interval = ""
    if one.low is not None and one.high is not None:
        told = _("%(low)s to %(high)s")
        interval = told % {"low": _signed(one.low), "high": _signed(one.high)}
    return {
        "too_few": one.too_few,
        "pairs": one.pairs,
        "value": _signed(one.mean),
        "interval": interval,
        "sure": one.low is not None
        and one.high is not None
        and (one.low > 0 or one.high < 0),
    }


def _signed(value: float) -> str:
    text = number(abs(value))
    if text == "0":
        return text
    return f"+{text}" if value > 0 else f"−{text}"


def _pairs(found: Comparison) -> dict[str, Any]:
    codes = {code for one in found.pairs for code in (one.pair.pilot, one.pair.beside)}
    called = names(codes)
    heads = [
        (_("Pilot"), False),
        (_("Beside it"), False),
        (_("Since"), False),
        (_("Distance"), True),
        (_("Cases per 1,000 a week, pilot minus the other"), True),
    ]
    rows = [
        [
            called.get(one.pair.pilot, one.pair.pilot),
            called.get(one.pair.beside, one.pair.beside),
            short_day(one.start),
            number(one.pair.distance),
            CANNOT if one.after is None else _signed(one.after),
        ]
        for one in found.pairs
    ]
    return table(heads, rows)


def _balance(found: Comparison, named: dict[str, str]) -> dict[str, Any]:
    heads = [
        (_("Variable"), False),
        (_("Before matching"), True),
        (_("After matching"), True),
    ]
    rows = [
        [
            named[one.variable],
            *(
                CANNOT if value is None else _signed(value)
                for value in (one.before, one.after)
            ),
        ]
        for one in found.balance
    ]
    return table(heads, rows)


def _week(week: int) -> str:
    return f"+{week + 1}" if week >= 0 else f"−{-week}"


def _chart(found: Comparison) -> Curves | None:
    weeks = list(found.weeks)
    return curves(
        "weeks",
        [
            (_("Pilots"), [found.weeks[week][0] for week in weeks]),
            (_("Villages beside them"), [found.weeks[week][1] for week in weeks]),
        ],
        ticks={
            at: _week(week)
            for at, week in enumerate(weeks)
            if (week + WEEKS_BEFORE) % SHOWN_WEEKS == 0
        },
        words=lambda value: number(value, 1),
    )


def _weeks(found: Comparison) -> dict[str, Any]:
    heads = [
        (_("Week"), False),
        (_("Pilots"), True),
        (_("Villages beside them"), True),
    ]
    rows = [
        [_week(week), *(CANNOT if one is None else number(one) for one in both)]
        for week, both in found.weeks.items()
    ]
    return table(heads, rows)
