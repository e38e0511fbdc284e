"""Tourist visits by month and site, and real figures apart from them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import today
from smartkampung.recovery.economy.queries.curves import line_of
from smartkampung.recovery.economy.queries.figures import Figures, figures_for
from smartkampung.recovery.economy.rules.comparing import (
    before,
    change,
    months_between,
)
from smartkampung.recovery.economy.rules.curves import CURVES
from smartkampung.recovery.economy.rules.kinds import Kind, Measure
from smartkampung.web.economy import asked, charts, sheets
from smartkampung.web.economy.revenue import history_url
from smartkampung.web.economy.sheets import Head, Sheet
from smartkampung.web.economy.wording import month_name, short_count
from smartkampung.web.pages import StaffRequest, staff_page

DRAWN = 36
Months = dict[date, Decimal]


@staff_page(Permission.ECONOMY_VIEW)
def visits(request: StaffRequest) -> HttpResponse:
    """Show visits by month, and by site in one of them."""
    figures = figures_for(request.actor, Kind.VISITS)
    known = figures.months()
    month = asked.month_of(request, today=today()) or (known[-1] if known else None)
    context: dict[str, Any] = {"month": month}
    if month is not None:
        by_month, by_site = month_sheet(figures), site_sheet(figures, month)
        context |= {
            "name": month_name(month),
            "chart": _chart(figures, month),
            "by_month": by_month,
            "month_table": by_month.context(),
            "by_site": by_site,
            "site_table": by_site.context(),
            "download": f"month={month:%Y-%m}",
        }
    return render(request, "economy/visits.html", context)


def month_sheet(figures: Figures) -> Sheet:
    """Return the visits of every month, all sites together; the latest first."""
    whole = line_of(figures, CURVES["visits"]).values
    heads = [
        Head(_("Month"), number=False),
        Head(_("Visits")),
        Head(_("A year before")),
        Head(_("Change in a year")),
        sheets.mark_head(),
    ]
    rows = []
    for month in reversed(figures.months()):
        now, earlier = whole.get(month), whole.get(before(month, months=12))
        rows.append(
            [
                sheets.word(month_name(month)),
                sheets.number(now),
                sheets.number(earlier),
                sheets.rise(change(now, earlier)),
                sheets.mark(figures.made_up([month]), told=now is not None),
            ]
        )
    return Sheet("visits", _("Visits by month"), heads, rows, figures.synthetic)


def site_sheet(figures: Figures, month: date) -> Sheet:
    """Return the visits of a month by site, domestic and foreign."""
    heads = [
        Head(_("Site"), number=False),
        Head(_("Domestic visitors")),
        Head(_("Foreign visitors")),
        Head(_("Together")),
        Head(_("A year before")),
        Head(_("Change in a year")),
        sheets.mark_head(),
    ]
    rows = []
    for site in figures.items():
        domestic = figures.line(Measure.DOMESTIC, site).values
        foreign = figures.line(Measure.FOREIGN, site).values
        now, earlier = (
            _both(domestic, foreign, on) for on in (month, before(month, months=12))
        )
        rows.append(
            [
                sheets.word(site, url=history_url("visits", site, month)),
                sheets.number(domestic.get(month)),
                sheets.number(foreign.get(month)),
                sheets.number(now),
                sheets.number(earlier),
                sheets.rise(change(now, earlier)),
                sheets.mark(figures.made_up([month], [site]), told=now is not None),
            ]
        )
    title = _("Visits by site, %(month)s") % {"month": month_name(month)}
    return Sheet("sites", title, heads, rows, figures.synthetic)


def _both(one: Months, other: Months, month: date) -> Decimal | None:
    """Return the sum of two; nothing when one is missing."""
    if month in one and month in other:
        return one[month] + other[month]
    return None


def _chart(figures: Figures, month: date) -> Any:
    whole = line_of(figures, CURVES["visits"]).values
    months = months_between(before(month, months=DRAWN - 1), month)
    rows = [
        (_("Visits"), whole),
        (_("A year before"), charts.shifted(whole, months)),
    ]
    return charts.money_lines("visits", months, rows, short_count)
