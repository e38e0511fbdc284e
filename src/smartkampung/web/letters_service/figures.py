"""How fast letters come: boards of a village and of all that lies in an area."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now, today
from smartkampung.letters.service.writing import as_csv, as_workbook
from smartkampung.regions.codes import level
from smartkampung.regions.queries import names, region
from smartkampung.web.letters_service import charts
from smartkampung.web.pages import StaffRequest, staff_page

FIGURES = Permission.LETTER_FIGURES
KINDS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@staff_page(FIGURES)
def here(request: StaffRequest) -> HttpResponse:
    """Lead to the widest place of the reader."""
    own = request.actor.regions_where(FIGURES)
    widest = min(own, key=lambda code: (code.count("."), code), default="")
    if not widest:
        raise Http404
    return redirect("letters_service:area", widest)


@staff_page(FIGURES)
def area(request: StaffRequest, code: str) -> HttpResponse:
    """Show one place: today, thirty days, by kind, and the places inside."""
    _require(request, code)
    shown = charts.board(request.actor, code, at=now())
    return render(request, "letters_service/figures.html", shown)


@staff_page(FIGURES)
def export(request: StaffRequest, code: str, form: str) -> HttpResponse:
    """Send the figures of thirty days as a file: by kind, by village, by day."""
    _require(request, code)
    if form not in KINDS:
        raise Http404
    titles, rows = charts.table(request.actor, code, at=now())
    content = (
        as_csv(titles, rows) if form == "csv" else as_workbook("Surat", titles, rows)
    )
    response = HttpResponse(content, content_type=KINDS[form])
    name = f"surat-{code}-{today():%Y-%m-%d}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _require(request: StaffRequest, code: str) -> Any:
    """Return a place that the reader may see figures of; 404 for any other."""
    row = region(code) if names([code]) else None
    mine = request.actor.may_in(FIGURES, code)
    if row is None or not mine or level(code) in {"rw", "rt"}:
        raise Http404
    return row
