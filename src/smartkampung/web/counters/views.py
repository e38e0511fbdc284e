"""The door to counters, and the form that books a time."""

import uuid
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import now
from smartkampung.reopening.counters.actions import booking
from smartkampung.reopening.counters.queries.followed import booking_by_code
from smartkampung.web.code_door import Door, at_the_door
from smartkampung.web.counters.wizard import MOVES, Wizard, linked
from smartkampung.web.limits import limited
from smartkampung.web.pages import public_page
from smartkampung.web.tracking.forms import CodeForm

SCREENS = Limit("counters.screens", 4800, timedelta(minutes=10))
SENT = Limit("counters.sent", 240, timedelta(minutes=10))
SENT_BY_ALL = Limit("counters.sent_by_all", 7200, timedelta(minutes=1))
OPENED = Limit("counters.opened", 300, timedelta(minutes=10))
OPENED_BY_ALL = Limit("counters.opened_by_all", 24_000, timedelta(minutes=1))


class BookingCodeForm(CodeForm):
    """The code of a booking, as read from the SMS."""

    code_label = _("Code of your booking")
    code_missing = _("Type the code from the SMS or the slip.")

    def unknown(self) -> None:
        """Say that a well-shaped code opens nothing."""
        self.add_error(
            "code",
            _("We know no booking with this code. Compare each letter with the SMS."),
        )


DOOR = Door(
    title=_("Book a time at a counter"),
    form=BookingCodeForm,
    opens=lambda code: booking_by_code(code, at=now()),
    leads_to="counters:booking",
    button=_("Show my time"),
)


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page("GET", "HEAD", "POST")
def door(request: HttpRequest) -> HttpResponse:
    """Lead to the form; with the code of a booking, to that booking."""
    return at_the_door(request, DOOR, template="counters/door.html")


@limited(address=SCREENS)
@never_cache
@public_page("GET", "HEAD", "POST")
def form(request: HttpRequest) -> HttpResponse:
    """Begin a booking, or take one screen's answers; a text link begins further on."""
    draft = linked(request) if request.method != "POST" else None
    if draft is not None:
        return MOVES.lead(request, draft, Wizard(draft).next_step())
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
    """Book as reviewed; the same form sent twice lands on the same booking."""

    def write(wizard: Wizard, at: datetime) -> str:
        wish = wizard.wish((get_language() or "id")[:2])
        booked = booking.book(wish, key=str(wizard.draft.form_id), at=at)
        messages.success(
            request,
            _now("Your time is booked. Keep the code: it opens this page."),
            "ok",
        )
        return booked.code

    return MOVES.send(request, write, leads_to="counters:booking")
