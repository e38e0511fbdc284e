"""The six checks on one page, the evidence of each, and its table as a file."""

import time
from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import render

from smartkampung.accounts.roles import Permission
from smartkampung.aid.assurance.actions import note_download
from smartkampung.aid.assurance.queries.findings import (
    Wanted,
    evidence_for,
    tallies_for,
)
from smartkampung.aid.assurance.rules import Error
from smartkampung.aid.queries.programmes import programme_names
from smartkampung.kernel.clock import now, today
from smartkampung.web.aid_audit import parts, tables
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.typed import row_id

VIEW = Permission.ASSURANCE_VIEW
SHOWN, MOST_IN_A_FILE = 50, 20_000


@staff_page(VIEW)
def findings(request: StaffRequest) -> HttpResponse:
    """Show how many each check finds now, by programme and kecamatan."""
    begun = time.perf_counter()
    found = tallies_for(request.actor, on=today())
    context = {
        **parts.overview(request.actor, found, shown=request.GET.get("show", "")),
        "at": now(),
        "took": parts.seconds(time.perf_counter() - begun),
    }
    return render(request, "aid_audit/findings.html", context)


@staff_page(VIEW)
def check(request: StaffRequest, error: str) -> HttpResponse:
    """Show how a check is defined, and its evidence."""
    asked, wanted = _error(error), _wanted(request)
    begun = time.perf_counter()
    rows = evidence_for(
        request.actor, asked, replace(wanted, most=SHOWN + 1), on=today()
    )
    context = {
        **parts.evidence(request.actor, asked, rows[:SHOWN], wanted),
        "after": rows[SHOWN - 1].due_id if len(rows) > SHOWN else None,
        "at": now(),
        "took": parts.seconds(time.perf_counter() - begun),
    }
    return render(request, "aid_audit/check.html", context)


@staff_page(VIEW)
def table(request: StaffRequest, error: str) -> HttpResponse:
    """Send the evidence of a check as a table that says when it was asked."""
    asked, at = _error(error), now()
    wanted = replace(_wanted(request), after=0, most=MOST_IN_A_FILE)
    begun = time.perf_counter()
    rows = evidence_for(request.actor, asked, wanted, on=today())
    took = time.perf_counter() - begun
    note_download(error=asked, rows=len(rows), by=request.actor)
    content = tables.csv_of(asked, rows, at=at, took=took, most=MOST_IN_A_FILE)
    name = f"audit-{asked}-{at:%Y%m%d-%H%M}.csv"
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _error(text: str) -> Error:
    try:
        return Error(text)
    except ValueError:
        raise Http404 from None


def _wanted(request: StaffRequest) -> Wanted:
    """Return what the address asks for; what names nothing asks for everything."""
    programme = request.GET.get("programme", "")
    kecamatan = request.GET.get("kecamatan", "")
    return Wanted(
        programme=programme if programme in dict(programme_names()) else "",
        kecamatan=kecamatan if kecamatan in parts.kecamatan(request.actor) else "",
        after=row_id(request.GET.get("after", "")) or 0,
        most=SHOWN,
    )
