"""Businesses that opened and closed, and people who were hit, by sector."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import today
from smartkampung.kernel.small_cells import TOTAL, Shown
from smartkampung.recovery.economy.queries.figures import Figures, figures_for
from smartkampung.recovery.economy.queries.people import (
    COLUMNS,
    affected_by_sector,
    sectors,
)
from smartkampung.recovery.economy.rules.comparing import (
    before,
    months_between,
    total,
)
from smartkampung.recovery.economy.rules.kinds import Kind, Measure
from smartkampung.web.economy import asked, charts, sheets
from smartkampung.web.economy.revenue import history_url
from smartkampung.web.economy.sheets import Cell, Head, Sheet
from smartkampung.web.economy.wording import month_name, short_count
from smartkampung.web.pages import StaffRequest, staff_page

DRAWN = 36
YEAR = 12


@staff_page(Permission.ECONOMY_VIEW)
def businesses(request: StaffRequest) -> HttpResponse:
    """Show what opened and closed in a month and in the year up to it."""
    figures = figures_for(request.actor, Kind.BUSINESSES)
    known = figures.months()
    month = asked.month_of(request, today=today()) or (known[-1] if known else None)
    context: dict[str, Any] = {"month": month}
    if month is not None:
        sheet = sector_sheet(figures, month)
        context |= {
            "name": month_name(month),
            "sheet": sheet,
            "table": sheet.context(),
            "chart": _chart(figures, month),
            "download": f"month={month:%Y-%m}",
        }
    people = people_sheet(request.actor)
    context |= {"people": people, "people_table": people.context()}
    return render(request, "economy/businesses.html", context)


def sector_sheet(figures: Figures, month: date) -> Sheet:
    """Return what opened and closed by sector: a month, and twelve months."""
    heads = [
        Head(_("Sector"), number=False),
        Head(_("Opened")),
        Head(_("Closed")),
        Head(_("Opened in 12 months")),
        Head(_("Closed in 12 months")),
        Head(_("More opened than closed")),
        sheets.mark_head(),
    ]
    year = months_between(before(month, months=YEAR - 1), month)
    names = sectors()
    rows = []
    for code in figures.items():
        opened = figures.line(Measure.OPENED, code).values
        closed = figures.line(Measure.CLOSED, code).values
        more, less = total(opened, year), total(closed, year)
        net = None if more is None or less is None else more - less
        url = history_url("businesses", code, month)
        rows.append(
            [
                sheets.word(names.get(code, code), url=url),
                sheets.number(opened.get(month)),
                sheets.number(closed.get(month)),
                sheets.number(more),
                sheets.number(less),
                sheets.number(net),
                sheets.mark(figures.made_up(year, [code])),
            ]
        )
    title = _("Businesses by sector, %(month)s") % {"month": month_name(month)}
    return Sheet("sectors", title, heads, rows, figures.synthetic)


def _chart(figures: Figures, month: date) -> Any:
    months = months_between(before(month, months=DRAWN - 1), month)
    rows = [
        (_("Opened"), _summed(figures, Measure.OPENED, months)),
        (_("Closed"), _summed(figures, Measure.CLOSED, months)),
    ]
    return charts.money_lines("businesses", months, rows, short_count)


def _summed(
    figures: Figures, measure: Measure, months: list[date]
) -> dict[date, Decimal]:
    """Sum the sectors that have begun; a month that one of them lacks is a gap."""
    lines = [figures.line(measure, item).values for item in figures.items()]
    found = {}
    for month in months:
        due = [values for values in lines if values and min(values) <= month]
        if due and all(month in values for values in due):
            found[month] = sum((values[month] for values in due), Decimal(0))
    return found


def people_sheet(actor: Actor) -> Sheet:
    """Return how many were hit, by sector."""
    return people_table(affected_by_sector(actor), sectors())


def people_table(shown: Shown, names: dict[str, str]) -> Sheet:
    """Return counts by sector as a table; what is hidden says so."""
    heads = [
        Head(_("Sector"), number=False),
        Head(_("Registered")),
        Head(_("To be verified")),
        Head(_("Verified")),
        Head(_("Recovered")),
    ]
    rows = [
        [sheets.word(name), *(_hidden(shown[code][column]) for column in ORDER)]
        for code, name in (*names.items(), (TOTAL, _("All")))
        if code in shown
    ]
    return Sheet("people", _("People hit by the crisis, by sector"), heads, rows)


ORDER = (TOTAL, *map(str, COLUMNS))


def _hidden(count: int | None) -> Cell:
    return Cell("< 5", "< 5") if count is None else sheets.number(count)
