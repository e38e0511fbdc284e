"""The way in: two numbers, a code to the family's phone; and the way out."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import now
from smartkampung.letters.catalogue.shipped import shipped
from smartkampung.residents.actions.access import (
    Pair,
    TooManyCodes,
    ask_for_code,
    open_session,
)
from smartkampung.web import resident_session
from smartkampung.web.limits import limited
from smartkampung.web.my_data import pending
from smartkampung.web.my_data.forms import PairForm
from smartkampung.web.pages import public_page
from smartkampung.web.tracking.forms import PhoneCodeForm

# Many phones share one address with their neighbours' phones, so these are generous;
# how often one family can be tried is limited by the pair and by the code.
ASKED = Limit("my_data.asked", 60, timedelta(minutes=10))
ASKED_BY_ALL = Limit("my_data.asked_by_all", 3_000, timedelta(minutes=1))
TRIED = Limit("my_data.tried", 60, timedelta(minutes=10))


@limited(address=ASKED, everybody=ASKED_BY_ALL)
@never_cache
@public_page("GET", "HEAD", "POST")
def door(request: HttpRequest) -> HttpResponse:
    """Ask for the numbers; whoever types two of the right shape is asked for a code."""
    if resident_session.of(request) is not None:
        return redirect("my_data:home")
    form = PairForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _send(request, form.pair())
    status = 422 if form.is_bound else 200
    context = {"form": form, "letter": _letter(request)}
    return render(request, "my_data/door.html", context, status=status)


@limited(address=TRIED)
@never_cache
@public_page("GET", "HEAD", "POST")
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code that came to the family's phone; the right one opens."""
    pair = pending.read(request)
    if pair is None:
        return _begin_again(request)
    form = PhoneCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key = open_session(pair=pair, code=form.cleaned_data["digits"], at=now())
        if key is not None:
            return _enter(request, key)
        form.wrong()
    return _code_page(request, form, status=422 if form.is_bound else 200)


@limited(address=ASKED, everybody=ASKED_BY_ALL)
@never_cache
@public_page("POST")
def again(request: HttpRequest) -> HttpResponse:
    """Send a new code for the same numbers; the one before opens nothing any more."""
    pair = pending.read(request)
    return _begin_again(request) if pair is None else _send(request, pair)


@public_page("POST")
def sign_out(request: HttpRequest) -> HttpResponse:
    """Close "my data" on this device and in the database."""
    messages.success(request, _("Your data is closed on this device."))
    return resident_session.end(request)


def _send(request: HttpRequest, pair: Pair) -> HttpResponse:
    try:
        ask_for_code(pair=pair, at=now())
        response: HttpResponse = redirect("my_data:code")
    except TooManyCodes as refusal:
        # A code that was sent before may still be typed.
        response = _code_page(
            request, PhoneCodeForm(), status=429, refusal=str(refusal.message)
        )
    pending.keep(response, pair)
    return response


def _enter(request: HttpRequest, key: str) -> HttpResponse:
    # Whatever this browser carried before is worth nothing now: no fixed session.
    resident_session.close(request)
    response = redirect(resident_session.wished(request) or "my_data:home")
    resident_session.forget_wish(response)
    pending.forget(response)
    resident_session.give(response, key)
    rotate_token(request)
    return response


def _begin_again(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("Please type the two numbers first."))
    return redirect("my_data:door")


def _code_page(
    request: HttpRequest, form: PhoneCodeForm, *, status: int, refusal: str = ""
) -> HttpResponse:
    context = {"form": form, "refusal": refusal, "letter": _letter(request)}
    return render(request, "my_data/code.html", context, status=status)


def _letter(request: HttpRequest) -> str:
    """Return for which letter somebody comes in; empty for all else that is here."""
    try:
        found = resolve(resident_session.wished(request))
    except Resolver404:
        return ""
    kind = str(found.kwargs.get("kind", ""))
    known = shipped().get(kind) if found.view_name == "letters_ask:begin" else None
    return known.kind.title.of((get_language() or "id")[:2]) if known else ""
