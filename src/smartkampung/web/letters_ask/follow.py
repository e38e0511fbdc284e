"""What the code of a letter opens: where it is, and nothing of whom it is about."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from smartkampung.documents.qr import qr_svg
from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import now
from smartkampung.letters.requests.queries.household import letter_followed
from smartkampung.letters.requests.rules.steps import Channel
from smartkampung.web import resident_session
from smartkampung.web.letters_ask.timeline import way_of
from smartkampung.web.limits import limited
from smartkampung.web.pages import public_page
from smartkampung.web.tracking.paper import link_to

# Who handed over the slip: an officer goes on at the own page.
BY = "by"
DESKS = {"counter": "letters_service:counter", "rt": "letters_staff:requests"}
OPENED = Limit("letters.opened", 300, timedelta(minutes=10))
OPENED_BY_ALL = Limit("letters.opened_by_all", 24_000, timedelta(minutes=1))


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page()
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """Show where a letter is, who acts next and by when."""
    return _page(request, code, "letters_ask/follow.html")


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page()
def slip(request: HttpRequest, code: str) -> HttpResponse:
    """Show what whoever asked takes home: the code, its link and QR, what comes next."""
    return _page(request, code, "letters_ask/slip.html")


def _page(request: HttpRequest, code: str, template: str) -> HttpResponse:
    at = now()
    found = letter_followed(code, at=at)
    if found is None:
        raise Http404
    row, history = found
    link = link_to(code)
    back = DESKS.get(request.GET.get(BY, ""))
    context = {
        "back": reverse(back) if back else "",
        "signed_in": resident_session.of(request) is not None,
        "code": code,
        "row": row,
        # Who asked through an office may have no phone to read it on.
        "through": row.channel in (Channel.RT, Channel.COUNTER),
        "way": way_of(row, history, at=at),
        "link": link,
        "qr": qr_svg(link),
    }
    return render(request, template, context)
