"""The page on which somebody who was helped says thank you."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from smartkampung.frontline.recognition.actions.thanking import UnfitWords, thank
from smartkampung.frontline.recognition.queries.cases import (
    Helped,
    has_thanked,
    helped_by_code,
)
from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.regions.queries import places
from smartkampung.web.limits import limited
from smartkampung.web.pages import public_page
from smartkampung.web.recognition.forms import ThanksForm
from smartkampung.web.recognition.words import SERVICES

OPENED = Limit("thanks.opened", 120, timedelta(minutes=10))
OPENED_BY_ALL = Limit("thanks.opened_by_all", 6_000, timedelta(minutes=1))


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page("GET", "HEAD", "POST")
def say(request: HttpRequest, code: str) -> HttpResponse:
    """Ask what somebody would like to say, and keep it once."""
    helped = helped_by_code(code, at=now())
    if helped is None:
        raise Http404
    if request.method != "POST" or has_thanked(helped):
        return _page(request, code, helped, ThanksForm(service=helped.service))
    form = ThanksForm(request.POST, service=helped.service)
    if not form.is_valid():
        return _page(request, code, helped, form, status=422)
    words = form.cleaned_data.get("words", "")
    try:
        thank(helped=helped, sentence=form.chosen, words=words, at=now())
    except Refused as refusal:
        in_words = isinstance(refusal, UnfitWords) and "words" in form.fields
        field = "words" if in_words else None
        form.add_error(field, str(refusal.message))
        return _page(request, code, helped, form, status=409)
    return redirect("recognition_public:say", code)


def _page(
    request: HttpRequest,
    code: str,
    helped: Helped,
    form: ThanksForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "code": code,
        "service": SERVICES[helped.service],
        "village": places([helped.village])[helped.village].village,
        "thanked": has_thanked(helped),
        "form": form,
    }
    return render(request, "recognition/say.html", context, status=status)
