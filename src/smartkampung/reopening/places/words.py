"""Words of places and events, for pages, letters and refusals."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.kernel.wording import long_day, whole
from smartkampung.reopening.guidance.rules.kinds import Colour, Setting
from smartkampung.reopening.places.rules import events
from smartkampung.reopening.places.rules.protocol import EVENTS, Fault
from smartkampung.reopening.places.rules.standing import Standing, State

KINDS: dict[str, Promise] = {
    Setting.OFFICE: _("Office"),
    Setting.MARKET: _("Market or shop"),
    Setting.MOSQUE: _("Mosque or prayer house"),
    Setting.CHURCH: _("Church"),
    Setting.TEMPLE: _("Temple (pura, vihara, klenteng)"),
    Setting.SCHOOL: _("School"),
    Setting.TOURISM_SITE: _("Tourism site"),
    Setting.HOMESTAY: _("Homestay or inn"),
    Setting.RESTAURANT: _("Restaurant or stall"),
}
EVENT_KINDS: dict[str, Promise] = {
    Setting.WEDDING: _("Wedding or family celebration"),
    Setting.FESTIVAL: _("Festival, show or other gathering"),
}
ALL_KINDS: dict[str, Promise] = {**KINDS, EVENTS: _("Events")}
COLOURS: dict[Colour, Promise] = {
    Colour.GREEN: _("green"),
    Colour.YELLOW: _("yellow"),
    Colour.ORANGE: _("orange"),
    Colour.RED: _("red"),
}
STATES: dict[State, tuple[str, Promise]] = {
    State.ASKED: ("wait", _("asked for")),
    State.REGISTERED: ("ok", _("registered")),
    State.REFUSED: ("off", _("not registered")),
    State.CLOSED: ("off", _("closed for good")),
}
STANDINGS: dict[Standing, tuple[str, Promise]] = {
    Standing.VALID: ("ok", _("valid")),
    Standing.SUSPENDED: ("late", _("suspended")),
    Standing.EXPIRED: ("wait", _("expired")),
    Standing.REPLACED: ("wait", _("replaced by a newer one")),
    Standing.WITHDRAWN: ("late", _("withdrawn")),
    Standing.UNKNOWN: ("off", _("not known")),
}
EVENT_STATES: dict[events.State, tuple[str, Promise]] = {
    events.State.ASKED: ("wait", _("waits for a decision")),
    events.State.APPROVED: ("ok", _("allowed")),
    events.State.REFUSED: ("off", _("not allowed")),
    events.State.WITHDRAWN: ("late", _("permission withdrawn")),
    events.State.CANCELLED: ("off", _("cancelled by the organiser")),
}
BARS: dict[events.Bar, Promise] = {
    events.Bar.UNDECIDABLE: _(
        "No guidance is in force for this day, so nothing can be allowed yet."
    ),
    events.Bar.ZONE_UNKNOWN: _(
        "The zone of the RT cannot be decided yet, so nothing can be allowed there. The"
        " Puskesmas is asked to report."
    ),
    events.Bar.PHASE: _(
        "In the present phase of this village such events are closed. Choose a later"
        " time, when the village has moved on."
    ),
    events.Bar.COLOUR: _(
        "The zone of the RT keeps such events closed: too many houses have cases."
        " Choose another place, or wait until the zone is safer."
    ),
    events.Bar.GATHERING: _(
        "So many people may not gather here now. Invite fewer people."
    ),
    events.Bar.SIZE: _(
        "So many people are more than phase and zone leave of such an event now. Invite"
        " fewer people."
    ),
    events.Bar.TOO_SOON: _("This day is too soon. Choose a later day."),
    events.Bar.TOO_FAR: _("Choose a day within one year."),
}
# Where the number is known, it is said: who reads it need not guess.
BARS_WITH: dict[events.Bar, Promise] = {
    events.Bar.GATHERING: _(
        "So many people may not gather here now: at most %(gathering)s. Invite fewer"
        " people."
    ),
    events.Bar.SIZE: _(
        "Phase and zone leave at most %(size)s people for such an event now. Invite"
        " fewer people."
    ),
    events.Bar.TOO_SOON: _(
        "An event is asked for at least %(days)s days before. The earliest day is"
        " %(first)s: choose that day or a later one."
    ),
}
FAULTS: dict[Fault, Promise] = {
    Fault.NO_ITEM: _("A checklist needs at least one item."),
    Fault.TOO_MANY: _("A checklist has at most 30 items."),
    Fault.CODE: _("Codes are 2 to 20 small letters, such as hand_washing."),
    Fault.TWICE: _("Two items have the same code. Give each its own."),
    Fault.NAMELESS: _("Each item needs its words in Indonesian and in English."),
    Fault.WEIGHT: _("The weight of an item is 1 to 9."),
    Fault.NO_MUST: _("At least one item must be without exception."),
    Fault.NEEDED: _("A place must reach 50 to 100 percent."),
    Fault.MONTHS: _("A certificate is valid for 1 to 24 months."),
    Fault.HEAD_MOST: _("A village head decides for 1 to 1,000 people."),
    Fault.DAYS_BEFORE: _("An event is asked for 1 to 60 days before."),
    Fault.COLOUR: _(
        "Only orange and red close events: green and yellow are told as one."
    ),
    Fault.USUAL: _("A usual event has 2 to 100,000 people."),
}


def sentences(bars: Iterable[str], allowed: events.Allowed) -> list[str]:
    """Return why an event may not be, with the numbers that would do."""
    return [_sentence(events.Bar(bar), allowed) for bar in bars]


def _sentence(bar: events.Bar, allowed: events.Allowed) -> str:
    numbers = {
        events.Bar.GATHERING: allowed.gathering,
        events.Bar.SIZE: allowed.size,
        events.Bar.TOO_SOON: allowed.days_before,
    }
    # Since a bar was found, the limit may have gone.
    if numbers.get(bar) is None:
        return str(BARS[bar])
    return str(BARS_WITH[bar]) % {
        "gathering": whole(allowed.gathering or 0),
        "size": whole(allowed.size or 0),
        "days": whole(allowed.days_before or 0),
        "first": long_day(allowed.first_on) if allowed.first_on else "",
    }
