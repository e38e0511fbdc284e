"""Pages of the public report form."""

import uuid
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from smartkampung.aid.actions.report import send_report
from smartkampung.aid.queries.phases import reporting_window
from smartkampung.aid.rules.report import Channel
from smartkampung.intake.rules import Limit
from smartkampung.kernel.address import who_asks
from smartkampung.kernel.clock import now
from smartkampung.web.limits import limited
from smartkampung.web.pages import public_page
from smartkampung.web.report import screens
from smartkampung.web.report.screens import MOVES
from smartkampung.web.report.wizard import Wizard

SCREENS = Limit("aid.report.screens", 2400, timedelta(minutes=10))
SENT = Limit("aid.report.sent", 120, timedelta(minutes=10))
SENT_BY_ALL = Limit("aid.report.sent_by_all", 7200, timedelta(minutes=1))


@limited(address=SCREENS)
@never_cache
@public_page("GET", "HEAD", "POST")
def report(request: HttpRequest) -> HttpResponse:
    """Begin a form, or take one screen's answers; either leads to a screen."""
    if request.method != "POST":
        window = reporting_window(at=now())
        if not window.is_open:
            return screens.closed(request, window.opens_at)
    return MOVES.receive(request)


@limited(address=SCREENS)
@never_cache
@public_page()
def screen(request: HttpRequest, form_id: uuid.UUID, step: str) -> HttpResponse:
    """Show a screen as its form stands: the next one, or what Back returns to."""
    return MOVES.fetch(request, form_id, step)


@limited(address=SENT, everybody=SENT_BY_ALL)
@never_cache
@public_page("POST")
def send(request: HttpRequest) -> HttpResponse:
    """Send the reviewed report; the same form sent twice lands on the same slip."""
    sender = who_asks(request)

    def write(wizard: Wizard, at: datetime) -> str:
        receipt = send_report(
            told=wizard.told(), channel=Channel.WEB, by="public", sender=sender, at=at
        )
        return receipt.code

    return MOVES.send(request, write, leads_to="tracking:slip")
