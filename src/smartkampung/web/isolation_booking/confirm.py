"""Confirm by a code to the phone on record; every booking looks the same here."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from smartkampung.isolation.booking import actions
from smartkampung.isolation.booking.queries import Followed
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.web.isolation_booking.opened import opened_or_404, told
from smartkampung.web.limits import limited
from smartkampung.web.pages import public_page
from smartkampung.web.tracking.forms import PhoneCodeForm
from smartkampung.web.tracking.outcome import TRIED


@limited(address=TRIED)
@never_cache
@public_page("GET", "HEAD", "POST")
def confirm(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the code from the phone; with it, the booking binds who it names."""
    found = _unconfirmed(code)
    if request.method != "POST":
        return _page(request, code, found, PhoneCodeForm())
    form = PhoneCodeForm(request.POST)
    if not form.is_valid():
        return _page(request, code, found, form, status=422)
    digits = form.cleaned_data["digits"]
    try:
        right = actions.confirm(reservation=found.row, code=digits, at=now())
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, code, found, form, status=409)
    if not right:
        form.wrong()
        return _page(request, code, found, form, status=422)
    messages.success(request, _("Thank you. The booking is confirmed."), "ok")
    return redirect("stay:case", code)


@limited(address=TRIED)
@never_cache
@public_page("POST")
def send_code(request: HttpRequest, code: str) -> HttpResponse:
    """Send a code to the phone on record; the same answer whether there is one."""
    found = _unconfirmed(code)
    try:
        actions.ask_to_confirm(reservation=found.row, at=now())
    except Refused as refusal:
        form = PhoneCodeForm()
        return _page(request, code, found, form, refusal=refusal, status=429)
    messages.info(
        request,
        _(
            "If the village has a phone on record for the family, a code is on its way. "
            "It is valid for 10 minutes."
        ),
    )
    return redirect("stay:confirm", code)


def _unconfirmed(code: str) -> Followed:
    found = opened_or_404(code)
    if not told(code, found)["may_confirm"]:
        raise Http404
    return found


def _page(
    request: HttpRequest,
    code: str,
    found: Followed,
    form: PhoneCodeForm,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    context = told(code, found) | {
        "form": form,
        "refusal": refusal.message if refusal else "",
    }
    return render(request, "isolation_booking/confirm.html", context, status=status)
