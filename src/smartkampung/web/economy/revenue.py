"""Own-source revenue by type and month, and one type through the years."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import today
from smartkampung.recovery.economy.queries.figures import Figures, figures_for
from smartkampung.recovery.economy.queries.revenue import (
    Entry,
    last_month,
    revenue_lines,
    statement,
)
from smartkampung.recovery.economy.rules.adding import Sum
from smartkampung.recovery.economy.rules.comparing import (
    before,
    change,
    months_between,
    part,
)
from smartkampung.recovery.economy.rules.kinds import (
    PARENTS,
    TOTAL,
    Kind,
    Measure,
    below,
    depth,
)
from smartkampung.recovery.economy.words import TYPES, type_name
from smartkampung.web.economy import asked, charts, sheets
from smartkampung.web.economy.sheets import Cell, Head, Sheet
from smartkampung.web.economy.wording import (
    money,
    month_name,
    rise_in_words,
    share,
    short_money,
)
from smartkampung.web.pages import StaffRequest, staff_page

VIEW = Permission.ECONOMY_VIEW
DRAWN = 36
UNTIL = "until"
PREFIX = ("", "", "– ")  # by depth in the tree


@staff_page(VIEW)
def revenue(request: StaffRequest) -> HttpResponse:
    """Show every type of revenue in a month, or from January to it."""
    figures = figures_for(request.actor, Kind.REVENUE)
    month = asked.month_of(request, today=today()) or last_month(figures)
    if month is None:
        return render(request, "economy/revenue.html", {"month": None})
    cumulative = request.GET.get("sum") == UNTIL
    entries = statement(figures, month, cumulative=cumulative)
    sheet = revenue_sheet(figures, month, cumulative=cumulative)
    context = {
        "month": month,
        "name": month_name(month),
        "cumulative": cumulative,
        "numbers": _numbers(entries),
        "sheet": sheet,
        "table": sheet.context(),
        "odd": _discrepancies(statement(figures, month, cumulative=False)),
        "chart": _chart(figures, month),
        **_around(figures, month, cumulative),
    }
    return render(request, "economy/revenue.html", context)


@staff_page(VIEW)
def one_type(request: StaffRequest, code: str) -> HttpResponse:
    """Show one type through all its months."""
    if code not in PARENTS:
        raise Http404
    figures = figures_for(request.actor, Kind.REVENUE)
    sheet = type_sheet(figures, code)
    lines = revenue_lines(figures, Measure.REALISED)
    targets = revenue_lines(figures, Measure.TARGET)
    months = figures.months()
    rows = [(_("Collected"), lines[code].values)] if code in lines else []
    rows += [(_("Target"), targets[code].values)] if code in targets else []
    context = {
        "title": type_name(code),
        "download": f"type={code}",
        "sheet": sheet,
        "table": sheet.context(),
        "chart": charts.money_lines("type", months, rows, short_money)
        if rows
        else None,
    }
    return render(request, "economy/type.html", context)


def revenue_sheet(figures: Figures, month: date, *, cumulative: bool) -> Sheet:
    """Return all types of a month, or of a year up to it."""
    until = _("January to %(month)s") % {"month": month_name(month)}
    when = until if cumulative else month_name(month)
    heads = [
        Head(_("Type"), number=False),
        Head(_("Target")),
        Head(_("Collected")),
        Head(_("Of the target")),
        Head(_("A year before")),
        Head(_("Change in a year")),
        sheets.mark_head(),
    ]
    first = month.replace(month=1) if cumulative else month
    months = months_between(first, month)
    return Sheet(
        "revenue",
        _("Own-source revenue by type, %(when)s") % {"when": when},
        heads,
        [
            [*_row(entry), _mark(figures, months, entry.code, entry.realised)]
            for entry in statement(figures, month, cumulative=cumulative)
        ],
        figures.synthetic,
    )


def _row(entry: Entry) -> list[Cell]:
    name = type_name(entry.code)
    url = reverse("economy:type", args=[entry.code])
    return [
        Cell(f"{PREFIX[depth(entry.code)]}{name}", name, url),
        sheets.amount(entry.target),
        sheets.amount(entry.realised),
        sheets.part(entry.share),
        sheets.amount(entry.earlier),
        sheets.rise(entry.change),
    ]


def _mark(
    figures: Figures, months: list[date], code: str, told: Decimal | None
) -> Cell:
    items = {code, *below(code)}
    return sheets.mark(figures.made_up(months, items), told=told is not None)


def type_sheet(figures: Figures, code: str) -> Sheet:
    """Return every month of a type, the latest first."""
    realised = revenue_lines(figures, Measure.REALISED)
    targets = revenue_lines(figures, Measure.TARGET)
    got = realised[code].values if code in realised else {}
    wanted = targets[code].values if code in targets else {}
    heads = [
        Head(_("Month"), number=False),
        Head(_("Target")),
        Head(_("Collected")),
        Head(_("Of the target")),
        Head(_("A year before")),
        Head(_("Change in a year")),
        sheets.mark_head(),
    ]
    rows = []
    for month in reversed(figures.months()):
        earlier = got.get(before(month, months=12))
        rows.append(
            [
                sheets.word(month_name(month), url=history_url("revenue", code, month)),
                sheets.amount(wanted.get(month)),
                sheets.amount(got.get(month)),
                sheets.part(part(got.get(month), wanted.get(month))),
                sheets.amount(earlier),
                sheets.rise(change(got.get(month), earlier)),
                _mark(figures, [month], code, got.get(month)),
            ]
        )
    title = _("%(type)s by month") % {"type": type_name(code)}
    return Sheet("type", title, heads, rows, figures.synthetic)


def history_url(kind: str, item: str, month: date) -> str:
    """Return the page with every version of the figures of a month."""
    url = reverse(
        "economy:history", query={"kind": kind, "item": item, "month": f"{month:%Y-%m}"}
    )
    return str(url)


def _numbers(entries: list[Entry]) -> list[dict[str, str]]:
    total = next((one for one in entries if one.code == TOTAL), None)
    if total is None or total.realised is None:
        return []
    numbers = [
        {"value": short_money(total.realised), "meaning": _("collected in all")},
        {"value": share(total.share), "meaning": _("of the target")},
    ]
    if total.change.value is not None:
        meaning = _("than a year before")
        numbers.append({"value": rise_in_words(total.change), "meaning": meaning})
    return numbers


def _discrepancies(entries: list[Entry]) -> list[str]:
    """Tell of every total that differs from its parts; it stands as it was told."""
    words = _("%(type)s was told as %(told)s; its parts add up to %(added)s (%(by)s).")
    found = []
    for entry in entries:
        one: Sum = entry.sum
        if one.difference is not None:
            told = {"told": money(one.told), "added": money(one.added)}
            by = money(one.difference)
            found.append(words % {"type": type_name(entry.code), "by": by, **told})
        if one.missing and one.told is None:
            parts = ", ".join(type_name(code) for code in one.missing)
            gap = _("%(type)s cannot be added up: %(parts)s is missing.")
            found.append(gap % {"type": type_name(entry.code), "parts": parts})
    return found


def _chart(figures: Figures, month: date) -> Any:
    line = revenue_lines(figures, Measure.REALISED).get(TOTAL)
    if line is None:
        return None
    months = months_between(before(month, months=DRAWN - 1), month)
    rows = [
        (_("Collected"), line.values),
        (_("A year before"), charts.shifted(line.values, months)),
    ]
    return charts.money_lines("pad", months, rows, short_money)


def _around(figures: Figures, month: date, cumulative: bool) -> dict[str, Any]:
    """Return links to the months beside, and the other way to add."""
    known = figures.months()
    base = reverse("economy:revenue")
    way = f"&sum={UNTIL}" if cumulative else ""
    earlier = before(month, months=1)
    later = before(month, months=-1)
    first, last = min(known, default=month), max(known, default=month)
    return {
        "earlier": f"{base}?month={earlier:%Y-%m}{way}" if earlier >= first else "",
        "earlier_name": month_name(earlier),
        "later": f"{base}?month={later:%Y-%m}{way}" if later <= last else "",
        "later_name": month_name(later),
        "single_url": f"{base}?month={month:%Y-%m}",
        "until_url": f"{base}?month={month:%Y-%m}&sum={UNTIL}",
        "download": f"month={month:%Y-%m}{way}",
    }


TYPE_CODES = tuple(TYPES)
