"""My own phone: a number, the code that proves it, and my yes or no to messages."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartkampung.accounts.actions.phones import (
    ask_phone_code,
    change_wish,
    forget_phone,
    prove_phone,
)
from smartkampung.accounts.queries.phones import has_stopped_all, own_phone
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.web.accounts.fresh import fresh
from smartkampung.web.accounts.phoneforms import OwnNumberForm, OwnNumberProof
from smartkampung.web.pages import OwnRequest, own_page

BOTH = ("GET", "HEAD", "POST")
KEPT = gettext_lazy("Your phone is known. What concerns your office comes to it.")


@own_page(*BOTH)
@fresh
def phone(request: OwnRequest) -> HttpResponse:
    """Show my number, and send a code to a new one."""
    form = OwnNumberForm(request.POST or None)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["number"]
        try:
            ask_phone_code(staff=request.user, number=number, at=now())
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
            status = 409
        else:
            return _ask_code(request, OwnNumberProof(initial={"number": number}), 200)
    row = own_phone(request.user)
    context = {
        "form": form,
        "row": row,
        "number": row.number.masked if row else "",
        "stopped": bool(row and row.wants and has_stopped_all(row)),
    }
    return render(request, "accounts/phone.html", context, status=status)


@own_page("POST")
@fresh
def prove(request: OwnRequest) -> HttpResponse:
    """Keep a number whose code is right."""
    form = OwnNumberProof(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        if prove_phone(
            staff=request.user,
            number=given["number"],
            code=given["digits"],
            at=now(),
        ):
            messages.success(request, KEPT)
            return redirect("own_phone")
        form.wrong()
    return _ask_code(request, form, 422)


@own_page("POST")
def wish(request: OwnRequest) -> HttpResponse:
    """Begin or end messages to my number, or forget it."""
    asked = request.POST.get("wish", "")
    if asked == "forget":
        forget_phone(staff=request.user, by=request.user.username, at=now())
        messages.success(request, _("Your number is forgotten."))
        return redirect("own_phone")
    try:
        change_wish(staff=request.user, wants=asked == "yes", at=now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        ended = _("No more messages come to your phone.")
        messages.success(request, KEPT if asked == "yes" else ended)
    return redirect("own_phone")


def _ask_code(request: OwnRequest, form: OwnNumberProof, status: int) -> HttpResponse:
    context = {"form": form}
    return render(request, "accounts/phone_code.html", context, status=status)
