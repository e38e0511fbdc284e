"""Every address of the program, and two empty pages: ceilings of signed-in and public ones."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from smartkampung.accounts.roles import Permission
from smartkampung.web.pages import StaffRequest, public_page, staff_page


@staff_page(Permission.DESK)
def empty(request: StaffRequest) -> HttpResponse:
    """Show the frame of a staff page with nothing in it."""
    return render(request, "staff_base.html")


@public_page()
def empty_page(request: HttpRequest) -> HttpResponse:
    """Show the frame of a public page with nothing in it."""
    return render(request, "base.html")


urlpatterns = [
    path("bench/empty-page/", empty_page),
    path("bench/empty/", empty),
    path("", include("smartkampung.config.urls")),
]
