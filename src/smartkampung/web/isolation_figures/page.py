"""What a page of figures shows, as plain values."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.isolation.figures import queries
from smartkampung.isolation.figures.queries import Area, HouseToday
from smartkampung.isolation.figures.rules import Window, part_of
from smartkampung.isolation.rules.states import StayState
from smartkampung.kernel.clock import day
from smartkampung.kernel.wording import percent, whole
from smartkampung.regions.codes import inside, level
from smartkampung.regions.queries import names
from smartkampung.web.isolation_figures import charts, places

BEFORE, AFTER = 30, 10
Part = dict[str, Any]


def figures(actor: Actor, area: Area, *, at: datetime) -> Part:
    """Return the whole page; who may not know people sees beds only in a village."""
    on = day(at)
    window = Window.around(on, before=BEFORE, after=AFTER)
    houses = queries.houses_today(area, on)
    shown = {
        "name": name_of(actor, area),
        "above": _above(actor, area),
        "at": at,
        "numbers": _beds(houses),
        "occupancy": charts.occupancy(queries.occupancy(area, window), window),
        **places.parts(area, houses, on),
        "beds_only": not _shows_people(area),
    }
    if shown["beds_only"]:
        return shown
    shown |= _people(area, window, shown["numbers"])
    return shown | _followed(area, window, at)


def _followed(area: Area, window: Window, at: datetime) -> Part:
    found = queries.followed(area, window, at)
    hours = queries.hours_to_action(area, window, at)
    return {
        "followed": charts.followed(found),
        "hours": "" if hours is None else whole(round(hours)),
    }


def _people(area: Area, window: Window, numbers: list[Part]) -> Part:
    arrivals = queries.arrivals_in(area, window)
    loads = queries.loads(area, window.today)
    ended = queries.outcomes(area, window)
    present = sum(load.in_houses + load.at_home for load in loads)
    expected = sum(load.to_come for load in loads)
    return {
        "numbers": [
            {"value": whole(present), "meaning": _("in isolation now")},
            *numbers,
            {"value": whole(expected), "meaning": _("expected within 7 days")},
            _completed(ended),
        ],
        "arrivals": charts.arrivals(arrivals, window),
        "origins": charts.origins(queries.origins_of(area, window)),
        "loads": charts.loads(loads),
        "outcomes": charts.outcomes(ended),
    }


def _beds(houses: list[HouseToday]) -> list[Part]:
    free = sum(house.free for house in houses)
    beds = sum(house.beds for house in houses if house.open)
    meaning = _("of %(beds)s beds are free tonight") % {"beds": whole(beds)}
    return [{"value": whole(free), "meaning": meaning}]


def _completed(ended: dict[StayState, int]) -> Part:
    share = part_of(ended[StayState.RELEASED], sum(ended.values()))
    return {
        "value": "–" if share is None else percent(share),
        "meaning": _("of the stays that ended in 30 days were completed"),
    }


def _shows_people(area: Area) -> bool:
    """Say whether people may be counted: in a village a count may be about one."""
    wide = {"province", "regency", "kecamatan"}
    return area.sees_people or all(level(code) in wide for code in area.codes)


def name_of(actor: Actor, area: Area) -> str:
    """Return how people call an area."""
    if len(area.codes) > 1:
        return _("all places of yours")
    (code,) = area.codes
    name = names([code]).get(code, code)
    return f"Kecamatan {name}" if level(code) == "kecamatan" else name


def _above(actor: Actor, area: Area) -> Part | None:
    """Return the next wider area of the same reader."""
    own = actor.regions_where(Permission.ISOLATION_FIGURES)
    if len(area.codes) > 1 or set(area.codes) == set(own):
        return None
    above = area.codes[0].rpartition(".")[0]
    if any(inside(above, code) for code in own):
        url = reverse("isolation_figures:area", args=[above])
        return {"name": names([above]).get(above, above), "url": url}
    return {"name": _("all places of yours"), "url": reverse("isolation_figures:here")}
