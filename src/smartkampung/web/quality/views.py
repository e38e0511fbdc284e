"""The board of a place, and the list of what is to be mended there."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import today
from smartkampung.quality import queries
from smartkampung.quality.rules import Fault
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.quality import parts
from smartkampung.web.typed import row_id

VIEW, MEND = Permission.QUALITY_VIEW, Permission.QUALITY_MEND


@staff_page(VIEW)
def here(request: StaffRequest) -> HttpResponse:
    """Open the board of the place where the reader works."""
    return redirect("quality:board", queries.places_for(request.actor)[0])


@staff_page(VIEW)
def board(request: StaffRequest, code: str) -> HttpResponse:
    """Show the score of a place, its trend, its faults and its parts."""
    shown = queries.board_for(request.actor, code, on=today())
    return render(request, "quality/board.html", parts.board(request.actor, shown))


@staff_page(MEND)
def findings(request: StaffRequest, code: str, fault: str) -> HttpResponse:
    """List the people or families with one kind of fault, each with where to mend it."""
    if fault not in set(Fault):
        raise Http404
    kind, after = Fault(fault), request.GET.get("after", "")
    page = queries.findings_for(
        request.actor,
        code,
        kind,
        on=today(),
        after=row_id(after) or 0,
    )
    shown = parts.findings(request.actor, code, kind, page) | {"first": not after}
    return render(request, "quality/findings.html", shown)
