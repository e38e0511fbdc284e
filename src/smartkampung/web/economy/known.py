"""What named sources tell of whole years: the answer to how far revenue fell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.language import either
from smartkampung.kernel.wording import percent, short_day
from smartkampung.recovery.economy.queries.here import must_see
from smartkampung.recovery.economy.queries.known import KnownFigure, known_figures
from smartkampung.recovery.economy.rules.comparing import Said, change
from smartkampung.recovery.economy.rules.kinds import TOTAL, TOURISM_TAXES, Kind
from smartkampung.recovery.economy.rules.known import (
    Period,
    contradicts,
    own_percent,
)
from smartkampung.recovery.economy.words import type_name
from smartkampung.web.economy import sheets
from smartkampung.web.economy.sheets import Cell, Head, Sheet
from smartkampung.web.economy.wording import (
    CANNOT,
    month_name,
    rise_in_words,
    short_money,
)
from smartkampung.web.pages import StaffRequest, staff_page

HOTEL_AND_RESTAURANT = ("hotel", "restaurant")
HALF = 50
SINCE = 2020
TELLING = ("hotel", "restaurant", "entertainment", "parking", TOTAL)
SECOND_LEVEL = {"ac", "co", "go", "or", "desa"}  # of Indonesian names
Known = Sequence[KnownFigure]


@staff_page(Permission.ECONOMY_VIEW)
def known(request: StaffRequest) -> HttpResponse:
    """Show what is known from sources, what it answers, and what was not found."""
    must_see(request.actor)
    return render(request, "economy/known.html", parts())


def parts() -> dict[str, Any]:
    """Return everything that sources tell, as tables and sentences."""
    revenue, visits = known_figures(Kind.REVENUE), known_figures(Kind.VISITS)
    found = answer(revenue)
    years, shorter = revenue_sheet(revenue), shorter_sheet(revenue)
    sites = visits_sheet(visits)
    return {
        "answer": found,
        "verdict": verdict(found),
        "shares": shares(revenue),
        "odd": _odd(revenue),
        "not_found": [_not_found(row) for row in (*revenue, *visits) if _empty(row)],
        "years": years,
        "years_table": years.context(),
        "shorter": shorter,
        "shorter_table": shorter.context(),
        "known_visits": sites,
        "known_visits_table": sites.context(),
    }


@dataclass(frozen=True)
class Told:
    """One sentence of the answer, and the figures it rests on."""

    value: str
    meaning: str
    change: float | None


def answer(rows: Known) -> list[Told]:
    """Compare whole years of one kind with each other; nothing else is ever compared."""
    found = []
    total = [row for row in _years(rows, TOTAL) if row.value is not None]
    for one, other in pairwise(total):
        found.append(
            _compared(
                _("All own-source revenue, collected"),
                one.since,
                other.since,
                (one.value, other.value),
            )
        )
    targets = _tourism(rows, "target")
    if len(targets) > 1:
        (first, before), (last, after) = targets[0], targets[-1]
        title = _("Target of hotel and restaurant tax")
        found.append(_compared(title, first, last, (before, after)))
    collected = _tourism(rows, "value")
    if len(collected) > 1:
        (first, before), (last, after) = collected[0], collected[-1]
        title = _("Hotel and restaurant tax, collected")
        found.append(_compared(title, first, last, (before, after)))
    return found


def shares(rows: Known) -> list[Told]:
    """Tell what was collected of the target of what hangs on visitors, and of all."""
    words = _("%(type)s, %(period)s: %(value)s of a target of %(target)s.")
    return [
        Told(
            percent(float(own)),
            words
            % {
                "type": type_name(row.item),
                "period": period_name(row),
                "value": short_money(row.value or 0),
                "target": short_money(row.target or 0),
            },
            None,
        )
        for row in rows
        if row.item in TELLING
        and row.since.year >= SINCE
        and (own := own_percent(row.target, row.value)) is not None
    ]


def verdict(found: Sequence[Told]) -> str:
    """Say what the comparisons answer, and no more than that."""
    changes = [one.change for one in found if one.change is not None]
    if not changes:
        return _("No two whole years of one kind were found; nothing can be said.")
    if min(changes) <= -HALF:
        return _("One comparison of whole years shows a fall by half or more.")
    return _(
        "No pair of whole years that could be compared fell by half. That neither proves"
        " nor refutes a fall of what could have been collected: what was not found is"
        " named below."
    )


def _compared(
    title: str, first: date, last: date, values: tuple[Decimal | None, Decimal | None]
) -> Told:
    before, after = values
    said: Said = change(after, before)
    words = _("%(title)s: %(before)s in %(first)s, %(after)s in %(last)s.")
    meaning = words % {
        "title": title,
        "before": short_money(before or 0),
        "after": short_money(after or 0),
        "first": first.year,
        "last": last.year,
    }
    return Told(rise_in_words(said), meaning, said.value)


def _years(rows: Known, item: str) -> list[KnownFigure]:
    return [row for row in rows if row.item == item and row.period == Period.YEAR]


def _tourism(rows: Known, column: str) -> list[tuple[date, Decimal]]:
    """Return the two taxes together by year: as a source tells, else added up."""
    found: dict[date, Decimal] = {}
    for row in _years(rows, TOURISM_TAXES):
        value = getattr(row, column)
        if value is not None:
            found[row.since] = value
    by_year: dict[date, list[Decimal]] = {}
    for item in HOTEL_AND_RESTAURANT:
        for row in _years(rows, item):
            if getattr(row, column) is not None:
                by_year.setdefault(row.since, []).append(getattr(row, column))
    for year, values in by_year.items():
        if len(values) == len(HOTEL_AND_RESTAURANT):
            found.setdefault(year, sum(values, Decimal(0)))
    return sorted(found.items())


def _odd(rows: Known) -> list[str]:
    words = _(
        "%(type)s, %(period)s: the source says %(stated)s, its own figures give %(own)s."
        " Both are shown."
    )
    return [
        words
        % {
            "type": type_name(row.item),
            "period": period_name(row),
            "stated": percent(float(row.stated_percent or 0)),
            "own": percent(float(own_percent(row.target, row.value) or 0)),
        }
        for row in rows
        if contradicts(row.stated_percent, row.target, row.value)
    ]


def _empty(row: KnownFigure) -> bool:
    return row.target is None and row.value is None and row.stated_percent is None


def _not_found(row: KnownFigure) -> str:
    name = type_name(row.item) if row.topic == Kind.REVENUE else _("Tourist visits")
    return f"{name}, {period_name(row)}: {either(row.caveat, row.caveat_en)}"


def period_name(row: KnownFigure) -> str:
    """Return how long a figure is about, in words."""
    first, last = row.since, row.until
    words = {
        Period.YEAR: _("all of %(year)s"),
        Period.YEARS: _("%(year)s to %(last)s"),
        Period.UNTIL: _("January to %(month)s"),
        Period.QUARTER: _("quarter %(quarter)s of %(year)s"),
        Period.MONTH: "%(month)s",
        Period.DAYS: _("%(since)s to %(until)s"),
    }
    return words[Period(row.period)] % {
        "year": first.year,
        "last": last.year,
        "month": month_name(last),
        "quarter": (last.month + 2) // 3,
        "since": short_day(first),
        "until": short_day(last),
    }


def revenue_sheet(rows: Known) -> Sheet:
    """Return the whole years."""
    title = _("Real figures of whole years, from named sources")
    return _revenue("years", title, [row for row in rows if row.period == Period.YEAR])


def shorter_sheet(rows: Known) -> Sheet:
    """Return what is about a part of a year; not to be compared with whole ones."""
    title = _("Real figures of parts of a year, from named sources")
    short = {Period.UNTIL, Period.QUARTER}
    return _revenue("parts", title, [row for row in rows if row.period in short])


def _revenue(name: str, title: str, rows: Known) -> Sheet:
    heads = [
        Head(_("Period"), number=False),
        Head(_("Type"), number=False),
        Head(_("Target")),
        Head(_("Collected")),
        Head(_("Of the target")),
        Head(_("As the source says"), in_page=False),
        Head(_("Remark"), number=False),
        Head(_("Source"), number=False),
    ]
    lines = [
        [
            sheets.word(_span(row)),
            sheets.word(type_name(row.item)),
            _money(row.target),
            _money(row.value),
            _share(row),
            _percent(row.stated_percent),
            _remark(row),
            source(row),
        ]
        for row in rows
        if not _empty(row)
    ]
    return Sheet(name, title, heads, lines)


def visits_sheet(rows: Known) -> Sheet:
    """Return what sources tell of visits."""
    heads = [
        Head(_("Period"), number=False),
        Head(_("Site"), number=False),
        Head(_("Who"), number=False),
        Head(_("Visits")),
        Head(_("Remark"), number=False),
        Head(_("Source"), number=False),
    ]
    who = {
        "domestic": _("Domestic visitors"),
        "foreign": _("Foreign visitors"),
        "total": _("Together"),
    }
    lines = [
        [
            sheets.word(period_name(row)),
            sheets.word(row.item or _("the whole regency")),
            sheets.word(who[row.part]),
            sheets.number(row.value),
            _remark(row),
            source(row),
        ]
        for row in rows
        if not _empty(row)
    ]
    title = _("Real figures of visits, from named sources")
    return Sheet("known-visits", title, heads, lines)


def _span(row: KnownFigure) -> str:
    whole = row.period == Period.YEAR
    return str(row.since.year) if whole else period_name(row)


def _money(value: Decimal | None) -> Cell:
    return Cell(
        CANNOT if value is None else short_money(value), value, unit=sheets.RUPIAH
    )


def _share(row: KnownFigure) -> Cell:
    """Return a percentage by the figures; that of the source where it is another."""
    own, stated = own_percent(row.target, row.value), row.stated_percent
    cell, said = _percent(own), _percent(stated)
    by_source = _("source: %(percent)s") % {"percent": said.text}
    if own is None and stated is not None:
        return Cell(by_source, None)
    if contradicts(stated, row.target, row.value):
        return Cell(f"{cell.text}; {by_source}", cell.raw)
    return cell


def _percent(value: Decimal | None) -> Cell:
    if value is None:
        return Cell(CANNOT, None)
    return Cell(percent(float(value)), round(value, 2), unit=sheets.PERCENT)


def _remark(row: KnownFigure) -> Cell:
    text = either(row.caveat, row.caveat_en)
    doubt = _("Doubtful.")
    return sheets.word(f"{doubt} {text}" if row.doubtful else text)


def source(row: KnownFigure) -> Cell:
    """Return a link to a source under the name of its site; a file gets the address."""
    site = row.source_url.partition("://")[2].partition("/")[0]
    labels = site.split(".")
    kept = 3 if len(labels) > 2 and labels[-2] in SECOND_LEVEL else 2
    return Cell(".".join(labels[-kept:]), row.source_url, url=row.source_url)
