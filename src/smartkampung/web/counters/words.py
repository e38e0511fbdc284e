"""What buttons of the queue say."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.reopening.counters.rules.states import State

MARKS: dict[State, Promise] = {
    State.ARRIVED: _("Is here"),
    State.CALLED: _("Call"),
    State.SERVED: _("Served"),
    State.MISSED: _("Did not come"),
    State.LEFT: _("Went home"),
}
