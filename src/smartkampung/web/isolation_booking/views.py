"""The door to isolation, and the form that books a place."""

import uuid
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from smartkampung.intake.rules import Limit
from smartkampung.isolation.actions.reserve import reserve
from smartkampung.isolation.booking.queries import reservation_by_code
from smartkampung.kernel.clock import now
from smartkampung.web.code_door import Door, at_the_door
from smartkampung.web.isolation_booking.screens import MOVES
from smartkampung.web.isolation_booking.wizard import Wizard
from smartkampung.web.limits import limited
from smartkampung.web.pages import public_page
from smartkampung.web.tracking.forms import CodeForm

SCREENS = Limit("isolation.booking.screens", 4800, timedelta(minutes=10))
SENT = Limit("isolation.booking.sent", 240, timedelta(minutes=10))
SENT_BY_ALL = Limit("isolation.booking.sent_by_all", 7200, timedelta(minutes=1))
OPENED = Limit("isolation.opened", 300, timedelta(minutes=10))
OPENED_BY_ALL = Limit("isolation.opened_by_all", 24_000, timedelta(minutes=1))


class BookingCodeForm(CodeForm):
    """The code of a booking, as read from the pass or the SMS."""

    code_label = _("Code of the booking")
    code_missing = _("Type the code from the pass or the SMS.")

    def unknown(self) -> None:
        """Say that a well-shaped code opens nothing."""
        self.add_error(
            "code",
            _(
                "We know no booking with this code. Compare each letter with the pass"
                " or the SMS."
            ),
        )


DOOR = Door(
    title=_("Isolation on coming home"),
    form=BookingCodeForm,
    opens=lambda code: reservation_by_code(code, at=now()),
    leads_to="stay:case",
    button=_("Show my booking"),
)


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page("GET", "HEAD", "POST")
def door(request: HttpRequest) -> HttpResponse:
    """Lead to the form; with the code of a booking, to that booking."""
    return at_the_door(request, DOOR, template="isolation_booking/door.html")


@limited(address=SCREENS)
@never_cache
@public_page("GET", "HEAD", "POST")
def form(request: HttpRequest) -> HttpResponse:
    """Begin a booking, or take one screen's answers; either leads to a screen."""
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
    """Book as reviewed; the same form sent twice lands on the same pass."""
    return MOVES.send(request, _book, leads_to="stay:slip")


def _book(wizard: Wizard, at: datetime) -> str:
    language = (get_language() or "id")[:2]
    key = str(wizard.draft.form_id)
    return reserve(wizard.wish(language), key=key, at=at).code
