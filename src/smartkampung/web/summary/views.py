"""The summary page."""

from django.http import HttpResponse
from django.shortcuts import render

from smartkampung.accounts.roles import Permission
from smartkampung.aid.queries.summary import summary_for
from smartkampung.kernel.clock import now
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.summary import parts


@staff_page(Permission.SUMMARY_VIEW)
def summary(request: StaffRequest) -> HttpResponse:
    """Show how the work on reports goes, by place."""
    at = now()
    counts = summary_for(request.actor, at=at)
    measure = request.GET.get("show", "")
    shown = parts.summary(counts, measure=measure) | {"at": at}
    return render(request, "summary/summary.html", shown)
