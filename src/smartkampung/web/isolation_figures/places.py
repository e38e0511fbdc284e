"""The places inside an area, or the houses of a village: a map and a table."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from smartkampung.isolation.figures import queries
from smartkampung.isolation.figures.queries import Area, HouseToday
from smartkampung.isolation.figures.rules import part_of
from smartkampung.kernel.wording import percent, whole
from smartkampung.regions.codes import ancestor, level
from smartkampung.regions.maps import map_of
from smartkampung.regions.queries import names, villages_of
from smartkampung.web.core.drawing import Drawing, drawing

Part = dict[str, Any]
STEPS = ((0, "shade-none"), (25, "shade-1"), (50, "shade-2"), (75, "shade-3"))
FULLEST = "shade-4"


class Sum(NamedTuple):
    """What stands in one place today."""

    houses: int = 0
    beds: int = 0
    taken: int = 0
    at_home: int = 0

    @property
    def share(self) -> float | None:
        """Return the part of the open beds that is taken."""
        return part_of(min(self.taken, self.beds), self.beds)


def parts(area: Area, houses: list[HouseToday], on: date) -> Part:
    """Return the houses of one village, else the places below with a map."""
    if len(area.codes) == 1 and level(area.codes[0]) not in {"regency", "kecamatan"}:
        return {"houses": _houses(houses)}
    depth = "kecamatan" if level(area.codes[0]) == "regency" else "village"
    people = queries.at_home(area)
    shows = area.sees_people or depth == "kecamatan"
    sums = _sums(area, depth, houses, people if shows else {})
    known = names(sums)
    return {
        "map": _map(area, sums),
        "legend": _legend(),
        "depth": depth,
        "parts": _table(sums, known, depth, shows),
    }


def _sums(
    area: Area, depth: str, houses: list[HouseToday], people: Mapping[str, int]
) -> dict[str, Sum]:
    found: dict[str, Sum] = defaultdict(Sum)
    for row in villages_of(*area.codes):
        found[ancestor(row.code, depth)] = Sum()
    for house in houses:
        code = ancestor(house.village, depth)
        before = found[code]
        found[code] = before._replace(
            houses=before.houses + house.open,
            beds=before.beds + house.beds * house.open,
            taken=before.taken + house.taken,
        )
    for village, count in people.items():
        code = ancestor(village, depth)
        found[code] = found[code]._replace(at_home=found[code].at_home + count)
    return found


def _table(
    sums: Mapping[str, Sum], known: Mapping[str, str], depth: str, shows: bool
) -> Part:
    first = _("Village") if depth == "village" else "Kecamatan"
    titles = [_("Houses open"), _("Beds"), _("Taken"), _("Part")]
    titles += [_("At home")] if shows else []
    rows = []
    for code, one in sums.items():
        values = [whole(one.houses), whole(one.beds), whole(one.taken), _part(one)]
        values += [whole(one.at_home)] if shows else []
        head = {"text": known.get(code, code), "url": _url(code)}
        rows.append([head, *_cells(titles, values)])
    columns: list[Part] = [{"title": first}]
    columns += [{"title": title, "number": True} for title in titles]
    return {"columns": columns, "rows": rows}


def _houses(houses: list[HouseToday]) -> Part:
    titles = [_("Beds"), _("Taken"), _("Free tonight")]
    rows = []
    for house in houses:
        free = whole(house.free) if house.open else _("closed")
        values = [whole(house.beds), whole(house.taken), free]
        rows.append([{"text": house.name}, *_cells(titles, values)])
    columns: list[Part] = [{"title": _("House")}]
    columns += [{"title": title, "number": True} for title in titles]
    return {"columns": columns, "rows": rows}


def _map(area: Area, sums: Mapping[str, Sum]) -> Drawing | None:
    found = map_of(area.codes[0]) if len(area.codes) == 1 else None
    if found is None:
        return None
    return drawing(
        found,
        title=_("How full the isolation houses are"),
        about=_("Each area is a link to its figures. The same list follows below."),
        url=lambda shape: _url(shape.code),
        spoken=lambda shape: f"{shape.name}: {_part(sums.get(shape.code, Sum()))}",
        shade=lambda shape: _shade(sums.get(shape.code, Sum()).share),
    )


def _shade(share: float | None) -> str:
    if share is None:
        return STEPS[0][1]
    return next((shade for most, shade in STEPS if share <= most), FULLEST)


def _legend() -> list[Part]:
    words = [_("none"), "≤ 25%", "≤ 50%", "≤ 75%", "> 75%"]
    shades = [*(shade for _most, shade in STEPS), FULLEST]
    return [
        {"shade": shade, "text": text}
        for shade, text in zip(shades, words, strict=True)
    ]


def _part(one: Sum) -> str:
    return "–" if one.share is None else percent(one.share)


def _cells(titles: list[str], values: list[str]) -> list[Part]:
    return [
        {"text": value, "label": title, "number": True}
        for title, value in zip(titles, values, strict=True)
    ]


def _url(code: str) -> str:
    return reverse("isolation_figures:area", args=[code])
