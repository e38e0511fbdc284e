"""Pages of the public report form."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from smartkampung.aid.actions.report import send_report
from smartkampung.aid.queries.phases import reporting_window
from smartkampung.aid.rules.report import Channel
from smartkampung.intake.draft import BrokenDraft, new_draft, open_draft
from smartkampung.intake.rules import Limit
from smartkampung.kernel.address import who_asks
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.web.limits import limited
from smartkampung.web.pages import public_page
from smartkampung.web.report import carried, screens
from smartkampung.web.report.wizard import FORM, ORDER, Wizard
from smartkampung.web.steps import REVIEW

SCREENS = Limit("aid.report.screens", 2400, timedelta(minutes=10))
SENT = Limit("aid.report.sent", 120, timedelta(minutes=10))
SENT_BY_ALL = Limit("aid.report.sent_by_all", 7200, timedelta(minutes=1))


@limited(address=SCREENS)
@never_cache
@public_page("GET", "HEAD", "POST")
def report(request: HttpRequest) -> HttpResponse:
    """Begin a form, or take one screen's answers; either leads to a screen."""
    at = now()
    if request.method != "POST":
        window = reporting_window(at=at)
        if not window.is_open:
            return screens.closed(request, window.opens_at)
        return screens.lead(request, new_draft(at), ORDER[0])
    try:
        draft = open_draft(request.POST.get("form", ""), form=FORM, at=at)
    except BrokenDraft:
        return screens.start_again(request, at)
    step, to = request.POST.get("step", ""), request.POST.get("to", "")
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        return screens.speak(request, draft, step, language, at)
    if to in (*ORDER, REVIEW):
        return screens.go(request, draft, step, to)
    return screens.take(request, draft, step, at)


@limited(address=SCREENS)
@never_cache
@public_page()
def screen(request: HttpRequest, form_id: uuid.UUID, step: str) -> HttpResponse:
    """Show a screen as its form stands: the next one, or what Back returns to."""
    at = now()
    if step not in screens.TITLES:
        raise Http404
    code = carried.code_of_sent(request, form_id, at)
    if code:
        return render(request, "report/sent.html", {"code": code})
    draft = carried.draft_of(request, form_id, at)
    if draft is None:
        # No redirect: a browser that takes no cookies would go round for ever.
        return screens.show(request, new_draft(at), ORDER[0], note="again")
    fitting = Wizard(draft).fitting(step)
    if fitting != step:
        return screens.lead(request, draft, fitting)
    return screens.show(request, draft, step, note=request.GET.get("note", ""))


@limited(address=SENT, everybody=SENT_BY_ALL)
@never_cache
@public_page("POST")
def send(request: HttpRequest) -> HttpResponse:
    """Send the reviewed report; the same form sent twice lands on the same slip."""
    at = now()
    try:
        draft = open_draft(request.POST.get("form", ""), form=FORM, at=at)
    except BrokenDraft:
        return screens.start_again(request, at)
    wizard = Wizard(draft)
    wrong = wizard.first_wrong()
    if wrong is not None:
        return screens.lead(request, draft, wrong)
    try:
        receipt = send_report(
            told=wizard.told(),
            channel=Channel.WEB,
            by="public",
            sender=who_asks(request),
            at=at,
        )
    except Refused as refusal:
        return screens.refused(request, draft, refusal, at)
    response = redirect("tracking:slip", receipt.code)
    carried.close(response, draft, receipt.code, at)
    return response
