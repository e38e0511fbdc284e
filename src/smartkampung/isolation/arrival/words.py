"""Words of arrival, for pages, papers and refusals."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.isolation.arrival.rules.coming import Bar, Timing
from smartkampung.isolation.arrival.rules.screening import Advice, RapidTest
from smartkampung.isolation.arrival.rules.visits import Ended, Found, Safety
from smartkampung.isolation.rules.states import StayState

BARS: dict[Bar, Promise] = {
    Bar.WAITING: _(
        "They are on the waiting list. Find them a house with room, or let them"
        " isolate at home."
    ),
    Bar.OFFER_OPEN: _(
        "A place is offered to them, and they have not taken it up yet. Let them take"
        " it up with their code first."
    ),
    Bar.OVER: _("This booking has ended. Take them in without a booking."),
    Bar.NOBODY: _("Tick who is here."),
    Bar.NOT_EXPECTED: _("Somebody of this party has arrived or left already."),
    Bar.NO_BED: _("This house has no bed for them. Please find another house."),
}
TIMINGS: dict[Timing, tuple[Promise, str]] = {
    Timing.EARLY: (_("coming"), "info"),
    Timing.TODAY: (_("expected today"), "wait"),
    Timing.LATE: (_("late"), "late"),
}
STAYS: dict[str, tuple[Promise, str]] = {
    StayState.EXPECTED: (_("not here yet"), "wait"),
    StayState.PRESENT: (_("present"), "ok"),
    # The same for both: pillars read this, and who went to the hospital is ill.
    StayState.HOSPITAL: (_("not isolating here any more"), "off"),
    StayState.RELEASED: (_("not isolating here any more"), "off"),
    StayState.LOST: (_("not found any more"), "late"),
    StayState.CANCELLED: (_("cancelled"), "off"),
    StayState.NO_SHOW: (_("did not come"), "off"),
}
TESTS: dict[RapidTest, Promise] = {
    RapidTest.NOT_DONE: _("No test"),
    RapidTest.NEGATIVE: _("Rapid test negative"),
    RapidTest.POSITIVE: _("Rapid test positive"),
}
ADVICE: dict[Advice, tuple[Promise, str]] = {
    Advice.GO_ON: (_("may go on"), "ok"),
    Advice.WATCH: (_("goes on, look first at this person"), "wait"),
    Advice.HOSPITAL: (_("to the hospital"), "late"),
}
FOUND: dict[Found, Promise] = {
    Found.PRESENT: _("The person is there"),
    Found.ABSENT: _("The person is not there"),
    Found.NOT_OPENED: _("Nobody opened"),
}
SAFETY: dict[Safety, Promise] = {
    Safety.FOOD: _("No food"),
    Safety.WATER: _("No water"),
    Safety.POWER: _("No electricity"),
    Safety.DISTURBED: _("Visitors or neighbours come too close"),
    Safety.AFRAID: _("They feel unsafe"),
    Safety.OTHER: _("Something else"),
}
ENDED: dict[Ended, tuple[Promise, str]] = {
    Ended.RETURNED: (_("They came back"), "ok"),
    Ended.NOT_FOUND: (_("They were not found"), "late"),
}
NO_BED_LEFT = _(
    "The house has no free bed for one more. Another house may take all of them."
)
