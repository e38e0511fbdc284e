"""Make a phone one's own: the only page of the app that needs a session."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie

from smartkampung.accounts.roles import Permission
from smartkampung.frontline.field.rescue import public_key
from smartkampung.web.pages import StaffRequest, staff_page


@ensure_csrf_cookie
@staff_page(Permission.FIELD_APP)
def enrol(request: StaffRequest) -> HttpResponse:
    """Ask for a name of the phone and a PIN; the PIN never leaves the phone."""
    return render(request, "field/enrol.html", {"rescue_key": public_key()})
