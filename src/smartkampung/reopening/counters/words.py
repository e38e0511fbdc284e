"""The words of counters, the same on every page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.reopening.counters.rules.states import First, State

FIRST: dict[First, Promise] = {
    First.ELDERLY: _("60 years or older"),
    First.PREGNANT: _("Pregnant"),
    First.DISABLED: _("With a disability"),
}
STATES: dict[State, Promise] = {
    State.BOOKED: _("Booked"),
    State.ARRIVED: _("Has arrived"),
    State.CALLED: _("Called"),
    State.SERVED: _("Served"),
    State.MISSED: _("Did not come"),
    State.LEFT: _("Went home unserved"),
    State.CANCELLED: _("Cancelled"),
}
CALLED_OFF = _("Cancelled by the office")
COLOURS: dict[State, str] = {
    State.BOOKED: "info",
    State.ARRIVED: "wait",
    State.CALLED: "info",
    State.SERVED: "ok",
    State.MISSED: "late",
    State.LEFT: "off",
    State.CANCELLED: "off",
}
WEEKDAYS: tuple[Promise, ...] = (
    *(_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday")),
    *(_("Friday"), _("Saturday"), _("Sunday")),
)
