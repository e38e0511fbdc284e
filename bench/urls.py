"""Every address of the program, and ``/bench/empty/``: the ceiling of signed-in pages."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import include, path

from smartkampung.accounts.roles import Permission
from smartkampung.web.pages import StaffRequest, staff_page


@staff_page(Permission.DESK)
def empty(request: StaffRequest) -> HttpResponse:
    """Show the frame of a staff page with nothing in it."""
    return render(request, "staff_base.html")


urlpatterns = [
    path("bench/empty/", empty),
    path("", include("smartkampung.config.urls")),
]
