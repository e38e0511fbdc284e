"""Curves of recovery: each sector against the same months of the baseline year."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import today
from smartkampung.kernel.wording import percent
from smartkampung.recovery.economy.queries.curves import Drawn, Point, curves
from smartkampung.recovery.economy.queries.here import must_see
from smartkampung.recovery.economy.queries.settings import (
    Setting,
    baseline_on,
    in_force,
    thresholds_of,
)
from smartkampung.recovery.economy.rules.comparing import Said, before, change
from smartkampung.recovery.economy.rules.curves import CURVES
from smartkampung.recovery.economy.rules.falling import ended
from smartkampung.recovery.economy.rules.kinds import Kind
from smartkampung.recovery.economy.words import CURVES as NAMES
from smartkampung.recovery.economy.words import cannot_say
from smartkampung.web.economy import charts, sheets
from smartkampung.web.economy.sheets import Cell, Head, Sheet
from smartkampung.web.economy.wording import (
    CANNOT,
    against,
    month_name,
    short_month,
    signed,
)
from smartkampung.web.pages import StaffRequest, staff_page


@staff_page(Permission.ECONOMY_VIEW)
def recovery(request: StaffRequest) -> HttpResponse:
    """Show where every curve stands."""
    must_see(request.actor)
    return render(request, "economy/recovery.html", _all())


def _all() -> dict[str, Any]:
    on = today()
    baseline = baseline_on(on)
    found = curves(baseline=baseline)
    sheet = curves_sheet(found, baseline)
    return {"baseline": baseline, "sheet": sheet, "table": sheet.context()}


@staff_page(Permission.ECONOMY_VIEW)
def curve(request: StaffRequest, code: str) -> HttpResponse:
    """Show one curve through all months."""
    must_see(request.actor)
    if code not in CURVES:
        raise Http404
    baseline = baseline_on(today())
    drawn = curves(baseline=baseline).get(code)
    context: dict[str, Any] = {
        "title": NAMES[code],
        "baseline": baseline,
        "query": f"curve={code}",
    }
    if drawn is not None:
        sheet = curve_sheet(drawn)
        context |= {
            "chart": index_chart(drawn),
            "last": _last(drawn),
            "sheet": sheet,
            "table": sheet.context(),
        }
    return render(request, "economy/curve.html", context)


def index_chart(drawn: Drawn, *, key: str = "index") -> Any:
    """Return the chart of a curve with the thresholds of today."""
    limits = thresholds_of(in_force(Setting.Kind.THRESHOLDS, today()))
    words = (
        _("This month"),
        _("12 months up to it"),
        _("falls below %(n)s") % {"n": limits.falls_below},
        _("recovered above %(n)s") % {"n": limits.recovers_above},
    )
    return charts.index_lines(key, drawn, limits, words)


def _last(drawn: Drawn) -> list[dict[str, str]]:
    point = drawn.points[-1]
    single = _number(point.index, base_name(point.month, drawn))
    whole_year = _("all of %(year)s") % {"year": drawn.baseline}
    year = _number(point.moving, whole_year)
    return [
        single | {"meaning": single["meaning"] or told_month(point.month)},
        year | {"meaning": year["meaning"] or _("12 months together")},
    ]


def _number(said: Said, base: str) -> dict[str, str]:
    if said.value is None:
        return {"value": CANNOT, "meaning": cannot_say(said.why)}
    of = against(said.value, base)
    return {"value": signed(percent(said.value)), "of": of, "meaning": ""}


def base_name(month: date, drawn: Drawn) -> str:
    """Return the month that one is compared with, "Oct 2019"."""
    return short_month(month.replace(year=drawn.baseline))


def told_month(month: date) -> str:
    """Return the name of a month; of one that still runs, that it does."""
    name = month_name(month)
    words = _("%(month)s, still running")
    return name if ended(month, today()) else words % {"month": name}


def curves_sheet(found: dict[str, Drawn], baseline: int) -> Sheet:
    """Return the last month of every curve."""
    heads = [
        Head(_("Sector"), number=False),
        Head(_("Month"), number=False),
        Head(_("Of the same month of %(year)s") % {"year": baseline}),
        Head(_("12 months, of all of %(year)s") % {"year": baseline}),
        Head(_("Change in a year")),
    ]
    rows = [_standing(drawn) for drawn in found.values()]
    synthetic = any(drawn.synthetic for drawn in found.values())
    return Sheet("recovery", _("Recovery by sector"), heads, rows, synthetic)


def _standing(drawn: Drawn) -> list[Cell]:
    point = drawn.points[-1]
    values = {each.month: each.value for each in drawn.points}
    earlier = values.get(before(point.month, months=12))
    url = reverse("economy:curve", args=[drawn.code])
    return [
        sheets.word(str(NAMES[drawn.code]), url=url),
        sheets.word(told_month(point.month)),
        sheets.part(point.index),
        sheets.part(point.moving),
        sheets.rise(change(point.value, earlier)),
    ]


def curve_sheet(drawn: Drawn) -> Sheet:
    """Return every month of a curve, the latest first."""
    money = CURVES[drawn.code].kind == Kind.REVENUE
    cell = sheets.amount if money else sheets.number
    heads = [
        Head(_("Month"), number=False),
        Head(_("Collected") if money else _("Counted")),
        Head(_("Of the same month of %(year)s") % {"year": drawn.baseline}),
        Head(_("12 months, of all of %(year)s") % {"year": drawn.baseline}),
        Head(_("Remark"), number=False),
    ]
    rows = [_month(point, cell) for point in reversed(drawn.points)]
    title = _("Recovery: %(sector)s") % {"sector": NAMES[drawn.code]}
    return Sheet("curve", title, heads, rows, drawn.synthetic)


def _month(point: Point, cell: Any) -> list[Cell]:
    return [
        sheets.word(told_month(point.month)),
        cell(point.value),
        sheets.part(point.index),
        sheets.part(point.moving),
        sheets.word(cannot_say(point.index.why)),
    ]
