"""Every part of the design in every state, for those who build pages."""

from django.http import HttpResponse
from django.shortcuts import render

from smartkampung.accounts.roles import Permission
from smartkampung.web.pages import StaffRequest, staff_page


@staff_page(Permission.GALLERY_VIEW)
def gallery(request: StaffRequest) -> HttpResponse:
    """Show all parts."""
    return render(request, "gallery.html")
