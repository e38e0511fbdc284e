"""The words of "what applies today": places, how full, colours."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from smartkampung.reopening.guidance.rules.kinds import Colour, Setting
from smartkampung.reopening.guidance.rules.phases import may_come


class Kind(NamedTuple):
    """What a setting is called, and a usual size for its example."""

    name: Promise
    usual: int


KINDS: dict[Setting, Kind] = {
    Setting.OFFICE: Kind(_("Offices and workplaces"), 20),
    Setting.COUNTER: Kind(_("Counters of offices"), 8),
    Setting.MARKET: Kind(_("Markets"), 200),
    Setting.RESTAURANT: Kind(_("Places to eat"), 40),
    Setting.MOSQUE: Kind(_("Mosques and prayer houses"), 100),
    Setting.CHURCH: Kind(_("Churches"), 100),
    Setting.TEMPLE: Kind(_("Temples"), 60),
    Setting.SCHOOL: Kind(_("Schools"), 30),
    Setting.HOMESTAY: Kind(_("Homestays"), 10),
    Setting.TOURISM_SITE: Kind(_("Tourist sites"), 200),
    Setting.WEDDING: Kind(_("Weddings and family feasts"), 200),
    Setting.FESTIVAL: Kind(_("Festivals"), 500),
}
COLOURS: dict[Colour, Promise] = {
    Colour.GREEN: _("Green"),
    Colour.YELLOW: _("Yellow"),
    Colour.ORANGE: _("Orange"),
    Colour.RED: _("Red"),
}
TAGS: dict[Colour, str] = {
    Colour.GREEN: "ok",
    Colour.YELLOW: "wait",
    Colour.ORANGE: "wait",
    Colour.RED: "late",
}


def one_of(colours: Iterable[Colour]) -> str:
    """Return the colours among which a zone is, such as "Green or yellow"."""
    words = [str(COLOURS[one]) for one in colours]
    if len(words) < 2:
        return "".join(words)
    first, *rest = words
    return _now(" or ").join([first, *(word.lower() for word in rest)])


FULL = 100
PARTS: dict[int, Promise] = {
    25: _("may be filled to a quarter"),
    50: _("may be filled to a half"),
    75: _("may be filled to three quarters"),
}


def how_full(percent: int) -> tuple[str, str]:
    """Return the state of a tag and words for a percentage of the usual capacity."""
    if percent <= 0:
        return "late", _now("closed")
    if percent >= FULL:
        return "ok", _now("open as usual")
    part = PARTS.get(percent)
    words = str(part) if part else _now("may be filled to %(percent)s%%")
    return "wait", words if part else words % {"percent": percent}


def example(usual: int, percent: int) -> str:
    """Return the same as numbers of people that one can picture; empty if closed."""
    if percent <= 0:
        return ""
    return _now("Room for %(usual)s people: at most %(most)s.") % {
        "usual": usual,
        "most": may_come(usual, percent),
    }
