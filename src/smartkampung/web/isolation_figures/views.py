"""The figures of a reader's own places, and of any place inside them."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from smartkampung.accounts.roles import Permission
from smartkampung.isolation.figures.queries import area_for, areas_of
from smartkampung.kernel.clock import now
from smartkampung.web.isolation_figures import page
from smartkampung.web.pages import StaffRequest, staff_page

VIEW = Permission.ISOLATION_FIGURES


@staff_page(VIEW)
def here(request: StaffRequest) -> HttpResponse:
    """Show all places of the reader together; one place has an address of its own."""
    own = areas_of(request.actor)
    if len(own.codes) == 1:
        return redirect("isolation_figures:area", own.codes[0])
    shown = page.figures(request.actor, own, at=now())
    return render(request, "isolation_figures/area.html", shown)


@staff_page(VIEW)
def area(request: StaffRequest, code: str) -> HttpResponse:
    """Show one place."""
    shown = page.figures(request.actor, area_for(request.actor, code), at=now())
    return render(request, "isolation_figures/area.html", shown)
