"""The page that the code of a booking opens: follow, change, cancel, take an offer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from smartkampung.isolation.actions.change import cancel as cancel_booking
from smartkampung.isolation.actions.change import change_arrival
from smartkampung.isolation.actions.waiting import take_up as take_offer
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.web.isolation_booking.forms import WhenForm
from smartkampung.web.isolation_booking.opened import opened_or_404, told
from smartkampung.web.isolation_booking.views import OPENED, OPENED_BY_ALL
from smartkampung.web.limits import limited
from smartkampung.web.pages import public_page


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page()
def case(request: HttpRequest, code: str) -> HttpResponse:
    """Show where a booking is, and what may be done about it."""
    return _case(request, code)


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page("GET", "HEAD", "POST")
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Ask once more; then give the place back to those who wait."""
    found = opened_or_404(code)
    context = told(code, found)
    if request.method != "POST" and context["may_cancel"]:
        return render(request, "isolation_booking/cancel.html", context)
    if request.method == "POST":
        try:
            cancel_booking(found.row, at=now())
        except Refused as refusal:
            return _case(request, code, refusal=refusal)
    return redirect("stay:case", code)


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page("GET", "HEAD", "POST")
def arrival(request: HttpRequest, code: str) -> HttpResponse:
    """Take another day of arrival; the old one stands where the new one is full."""
    found = opened_or_404(code)
    context = told(code, found)
    if not context["may_change"]:
        return redirect("stay:case", code)
    form = WhenForm(request.POST if request.method == "POST" else None, earlier={})
    form.initial = {"arrives_on": found.row.arrives_on}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                change_arrival(
                    found.row, arrives_on=form.cleaned_data["arrives_on"], at=now()
                )
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
                status = 409
            else:
                messages.success(request, _("The day of arrival is changed."), "ok")
                return redirect("stay:case", code)
    context["form"] = form
    return render(request, "isolation_booking/arrival.html", context, status=status)


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page("POST")
def take_up(request: HttpRequest, code: str) -> HttpResponse:
    """Take the place that was offered from the waiting list."""
    found = opened_or_404(code)
    try:
        take_offer(found.row, at=now())
    except Refused as refusal:
        return _case(request, code, refusal=refusal)
    return redirect("stay:slip", code)


def _case(
    request: HttpRequest, code: str, *, refusal: Refused | None = None
) -> HttpResponse:
    context = told(code, opened_or_404(code))
    context["refusal"] = refusal.message if refusal else ""
    status = 409 if refusal else 200
    return render(request, "isolation_booking/case.html", context, status=status)
