"""The economy in numbers for everybody: real figures, and how recovery goes."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from smartkampung.kernel.clock import today
from smartkampung.recovery.economy.queries.curves import curves
from smartkampung.recovery.economy.queries.people import COLUMNS, published, sectors
from smartkampung.recovery.economy.queries.settings import baseline_on
from smartkampung.recovery.economy.words import CURVES
from smartkampung.web.aid_open.caching import kept_for
from smartkampung.web.economy import known
from smartkampung.web.economy.businesses import people_table
from smartkampung.web.economy.downloads import WRITERS, as_file, known_sheet
from smartkampung.web.economy.recovery import curves_sheet, index_chart
from smartkampung.web.economy.sheets import Sheet
from smartkampung.web.pages import public_page

KEPT = 60
CHARTS = ("pad", "visits")


@kept_for(KEPT)
@public_page()
def economy(request: HttpRequest) -> HttpResponse:
    """Show what is known, what it answers, and where each sector stands."""
    baseline = baseline_on(today())
    found = curves(baseline=baseline)
    sheet = curves_sheet(found, baseline)
    people, counted_at = _people()
    context: dict[str, Any] = {
        **known.parts(),
        "baseline": baseline,
        "charts": [
            (CURVES[code], index_chart(found[code], key=code))
            for code in CHARTS
            if code in found
        ],
        "sheet": sheet,
        "table": _without_links(sheet),
        "people": people,
        "people_table": people.context(),
        "counted_at": counted_at,
    }
    return render(request, "economy/public.html", context)


def _without_links(sheet: Sheet) -> dict[str, Any]:
    """Return a table whose links lead to pages of staff, without them."""
    drawn = sheet.context()
    for row in drawn["rows"]:
        for cell in row:
            cell["url"] = ""
    return drawn


def _people() -> tuple[Sheet, Any]:
    rows, counted_at = published()
    shown = {
        sector: {"total": row.total}
        | {str(state): getattr(row, state) for state in COLUMNS}
        for sector, row in rows.items()
    }
    return people_table(shown, sectors()), counted_at


@kept_for(KEPT)
@public_page()
def download(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """Send a table of real figures as a file."""
    if name not in {"years", "parts", "known-visits"} or form not in WRITERS:
        raise Http404
    return as_file(known_sheet(name), form, [])
