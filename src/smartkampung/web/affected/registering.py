"""The form by which somebody hit by the crisis registers, and the door to a code."""

import uuid
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from smartkampung.intake.rules import Limit
from smartkampung.kernel.address import who_asks
from smartkampung.kernel.clock import now
from smartkampung.recovery.affected.actions.register import send_registration
from smartkampung.recovery.affected.queries.following import registration_by_code
from smartkampung.web.affected.screens import MOVES
from smartkampung.web.code_door import Door, at_the_door
from smartkampung.web.limits import limited
from smartkampung.web.pages import public_page
from smartkampung.web.tracking.forms import CodeForm

SCREENS = Limit("affected.screens", 4_800, timedelta(minutes=10))
SENT = Limit("affected.sent", 120, timedelta(minutes=10))
SENT_BY_ALL = Limit("affected.sent_by_all", 7_200, timedelta(minutes=1))
OPENED = Limit("affected.opened", 240, timedelta(minutes=10))
OPENED_BY_ALL = Limit("affected.opened_by_all", 12_000, timedelta(minutes=1))


class RegistrationCodeForm(CodeForm):
    """The code of a registration, as read from the slip or the SMS."""

    code_label = _("Code of the registration")

    def unknown(self) -> None:
        """Say that a well-shaped code opens nothing."""
        self.add_error(
            "code",
            _(
                "We know no registration with this code. Compare each letter with the"
                " slip, or ask at the village office."
            ),
        )


DOOR = Door(
    title=_("Lost your work or income?"),
    form=RegistrationCodeForm,
    opens=lambda code: registration_by_code(code, at=now()),
    leads_to="affected:follow",
    button=_("Show my registration"),
)


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page("GET", "HEAD", "POST")
def door(request: HttpRequest) -> HttpResponse:
    """Lead to the form; with a code, to that registration."""
    return at_the_door(request, DOOR, template="affected/door.html")


@limited(address=SCREENS)
@never_cache
@public_page("GET", "HEAD", "POST")
def form(request: HttpRequest) -> HttpResponse:
    """Begin a registration, or take one screen's answers; either leads to a screen."""
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
    """Register as reviewed; the same form sent twice lands on the same slip."""
    sender = who_asks(request)
    return MOVES.send(
        request,
        lambda wizard, at: send_registration(told=wizard.told(), sender=sender, at=at),
        leads_to="affected:slip",
    )
