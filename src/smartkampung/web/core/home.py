"""The first page of the regency."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from smartkampung.web.pages import public_page


@public_page()
def home(request: HttpRequest) -> HttpResponse:
    """Show what the regency offers and where to begin."""
    return render(request, "home.html")
