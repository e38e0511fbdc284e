"""Pages of the public report form."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from smartkampung.aid.actions.report import send_report
from smartkampung.aid.queries.phases import reporting_window
from smartkampung.aid.rules.report import Channel
from smartkampung.intake.draft import BrokenDraft, new_draft, open_draft
from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.web.limits import limited
from smartkampung.web.pages import public_page
from smartkampung.web.report import screens
from smartkampung.web.report.wizard import FORM, ORDER, REVIEW, Wizard

SCREENS = Limit("aid.report.screens", 1200, timedelta(minutes=10))
SENT = Limit("aid.report.sent", 120, timedelta(minutes=10))
SENT_BY_ALL = Limit("aid.report.sent_by_all", 7200, timedelta(minutes=1))


@limited(address=SCREENS)
@never_cache
@public_page("GET", "HEAD", "POST")
def report(request: HttpRequest) -> HttpResponse:
    """Show the first screen, or take one screen's answers and show the next."""
    at = now()
    if request.method != "POST":
        window = reporting_window(at=at)
        if not window.is_open:
            return screens.closed(request, window.opens_at)
        return screens.show(request, new_draft(at), ORDER[0])
    try:
        draft = open_draft(request.POST.get("form", ""), form=FORM, at=at)
    except BrokenDraft:
        return screens.start_again(request, at)
    step, to = request.POST.get("step", ""), request.POST.get("to", "")
    if to in (*ORDER, REVIEW):
        return screens.go(request, draft, step, to)
    return screens.take(request, draft, step, at)


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
        return screens.show(request, draft, wrong, form=wizard.form(wrong), status=422)
    try:
        receipt = send_report(
            told=wizard.told(), channel=Channel.WEB, by="public", at=at
        )
    except Refused as refusal:
        return screens.refused(request, draft, refusal, at)
    return redirect("tracking:slip", receipt.code)
