"""How places, certificates and events are shown."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from smartkampung.kernel.clock import today
from smartkampung.kernel.language import either
from smartkampung.kernel.wording import long_day, short_day, whole
from smartkampung.reopening.guidance.rules.kinds import Setting
from smartkampung.reopening.places.queries.events import allowed_on
from smartkampung.reopening.places.queries.protocols import checklist_of, item_name
from smartkampung.reopening.places.queries.register import Room
from smartkampung.reopening.places.rules.events import Bar
from smartkampung.reopening.places.rules.events import State as EventState
from smartkampung.reopening.places.rules.standing import Standing, State
from smartkampung.reopening.places.words import (
    BARS,
    COLOURS,
    EVENT_STATES,
    STANDINGS,
    STATES,
    sentences,
)
from smartkampung.web.aid_staff.present import where

CODED = {
    "inspection_failed": lambda: _("The last inspection was not passed."),
    "place_closed": lambda: _("The place was closed."),
    "passed_meanwhile": lambda: _("The place passed before it was decided."),
}


def tag(words: tuple[str, Any]) -> dict[str, str]:
    """Return a tag of a state and its words."""
    state, text = words
    return {"state": state, "text": str(text)}


def standing_tag(standing: str) -> dict[str, str]:
    """Return what a certificate is worth; without one, that there is none."""
    if not standing:
        return {"state": "off", "text": _("no certificate")}
    return tag(STANDINGS[Standing(standing)])


def place_tag(state: str) -> dict[str, str]:
    """Return where a place is on its way into the register."""
    return tag(STATES[State(state)])


def event_tag(state: str) -> dict[str, str]:
    """Return where the permission for an event is."""
    return tag(EVENT_STATES[EventState(state)])


def reason(text: str) -> str:
    """Return a reason as people read it: some are codes of what happened."""
    return CODED[text]() if text in CODED else text


def bars(event: Any, codes: Iterable[str]) -> list[str]:
    """Return why an event may not be, in words and with the numbers of today."""
    allowed = allowed_on(
        kind=Setting(event.kind), region_code=event.region_code, on=today()
    )
    return sentences(codes, allowed)


def area(code: str) -> str:
    """Return where something is, in words."""
    return where([code])[code]


def room(found: Room) -> dict[str, Any]:
    """Return how many people may come today, and because of what."""
    if found.suspended:
        why = _("The place is suspended. It opens again when that is lifted.")
        return {"open": False, "text": _("Closed: suspended"), "why": why}
    regime = found.regime
    if regime is None:
        return {"open": False, "text": _("Closed today"), "why": BARS[Bar.UNDECIDABLE]}
    phase = either(regime.phase.name, regime.phase.name_en)
    why = _("because the village is in the phase “%(phase)s”") % {"phase": phase}
    if regime.since:
        why += _(" since %(day)s") % {"day": short_day(regime.since)}
    if regime.colour:
        word = _(" or ").join(str(COLOURS[one]) for one in regime.said)
        colour = _("the RT is a %(colour)s zone") % {"colour": word}
        why += f", {colour}"
    if not found.percent:
        return {"open": False, "text": _("Closed today"), "why": f"{why}."}
    text = ngettext(
        "Today up to %(n)s person", "Today up to %(n)s people", found.most
    ) % {"n": whole(found.most)}
    share = _("%(percent)s %% of the usual number") % {"percent": found.percent}
    return {"open": True, "text": text, "share": share, "why": f"{why}."}


def lines(protocol: Any, kept: Iterable[str]) -> list[dict[str, Any]]:
    """Return each item of a visit with whether it was kept, as a list of reasons."""
    found = set(kept)
    return [
        {
            "met": item.code in found,
            "text": item_name(item),
            "fact": _("without exception") if item.must else "",
        }
        for item in checklist_of(protocol).items
    ]


def why_failed(visit: Any) -> str:
    """Return why a visit was not passed: what lacked without exception, or points."""
    if visit.passed:
        return ""
    asked, kept = checklist_of(visit.protocol), set(visit.kept)
    lacking = [
        item_name(item) for item in asked.items if item.must and item.code not in kept
    ]
    said = []
    if lacking:
        items = "; ".join(lacking)
        said.append(_("Not kept, and without exception: %(items)s.") % {"items": items})
    if visit.points < asked.needed:
        said.append(_("%(needed)s points are needed.") % {"needed": asked.needed})
    return " ".join(said)


def until(day: date) -> str:
    """Return the last day of a half-open end that people still count on."""
    return long_day(date.fromordinal(day.toordinal() - 1))
