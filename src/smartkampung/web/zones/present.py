"""What the pages of zones show, as plain values."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from smartkampung.kernel.language import either
from smartkampung.kernel.wording import short_day, whole
from smartkampung.regions.codes import ancestor, level
from smartkampung.regions.maps import map_of
from smartkampung.regions.queries import names, rts_of
from smartkampung.reopening.cases.rules.zones import UNKNOWN, Zones
from smartkampung.reopening.guidance.rules.kinds import Colour
from smartkampung.reopening.guidance.rules.zones import read_bands
from smartkampung.reopening.guidance.words import COLOURS, STATES
from smartkampung.web.core.drawing import Drawing, drawing

Part = dict[str, Any]
WORST_FIRST = [*reversed([one.value for one in Colour]), UNKNOWN]


def word(colour: str | None) -> str:
    """Return what a colour is called; that of nobody knows has a word, too."""
    return str(COLOURS[Colour(colour)]) if colour and colour != UNKNOWN else unknown()


def unknown() -> str:
    """Return what is said where a colour cannot be decided."""
    return _("cannot be decided")


def tag(colour: str | None) -> Part:
    """Return a cell that says a colour."""
    known = Colour(colour) if colour and colour != UNKNOWN else None
    return {"text": word(colour), "state": STATES[known] if known else "off"}


def address(code: str, asked: Mapping[str, str]) -> str:
    """Return the address of the zones of a place, on the same day."""
    query = urlencode({key: value for key, value in asked.items() if value})
    return reverse("zones:place", args=[code]) + (f"?{query}" if query else "")


def counts_table(zones: Zones, place: str, asked: Mapping[str, str]) -> Part:
    """Return how many RTs below each part of a place have each colour."""
    depth = "kecamatan" if level(place) == "regency" else "village"
    parts: dict[str, Counter[str]] = {}
    for village, counts in zones.by_village(place).items():
        parts.setdefault(ancestor(village, depth), Counter()).update(counts)
    known = names(parts)
    first = _("Village") if depth == "village" else "Kecamatan"
    titles = [word(one).capitalize() for one in WORST_FIRST]
    rows = [
        [
            {"text": known.get(code, code), "url": address(code, asked)},
            *(
                {"label": title, "text": whole(counts[one]), "number": True}
                for title, one in zip(titles, WORST_FIRST, strict=True)
            ),
        ]
        for code, counts in sorted(parts.items())
    ]
    columns: list[Part] = [{"title": first}]
    columns += [{"title": title, "number": True} for title in titles]
    return {"columns": columns, "rows": rows, "parts": parts}


def rt_table(zones: Zones, place: str) -> Part:
    """Return each RT of a village, the worst first."""
    rts = {row.code: row.name for row in rts_of(place)}
    order = {one: number for number, one in enumerate(WORST_FIRST)}
    found = sorted(
        (order[zones.colour(code) or UNKNOWN], -zones.houses.get(code, 0), code)
        for code in rts
    )
    titles = [_("Houses with a case"), _("Zone")]
    rows = [
        [
            {"text": f"{rts[code]} / RW {code.split('.')[4]}"},
            {"label": titles[0], "text": whole(-houses), "number": True},
            {"label": titles[1], **tag(zones.colour(code))},
        ]
        for _order, houses, code in found
    ]
    columns = [
        {"title": "RT"},
        {"title": titles[0], "number": True},
        {"title": titles[1]},
    ]
    return {"columns": columns, "rows": rows}


def worst(counts: Counter[str]) -> str | None:
    """Return the colour of a place's worst RT; None where not all are known to be green."""
    found = next((one for one in WORST_FIRST if counts[one]), None)
    return None if found == Colour.GREEN and counts[UNKNOWN] else found


def place_map(
    place: str, parts: Mapping[str, Counter[str]], asked: Mapping[str, str]
) -> Drawing | None:
    """Return the map of a regency or kecamatan, each part in its worst colour."""
    found = map_of(place)
    if found is None:
        return None

    def shade(code: str) -> str:
        return f"zone-{worst(parts.get(code, Counter())) or UNKNOWN}"

    def spoken(code: str, name: str) -> str:
        counts = parts.get(code, Counter())
        told = ", ".join(
            f"{whole(counts[one])} {word(one)}" for one in WORST_FIRST if counts[one]
        )
        return f"{name}: {told or unknown()}"

    return drawing(
        found,
        title=_("Zones of RTs"),
        about=_(
            "Each area has the colour of its worst RT. The same follows as a list."
        ),
        url=lambda shape: address(shape.code, asked),
        spoken=lambda shape: spoken(shape.code, shape.name),
        shade=lambda shape: shade(shape.code),
    )


def legend() -> list[Part]:
    """Return what the colours of the map mean."""
    return [
        {"shade": f"zone-{one}", "text": word(one)} for one in reversed(WORST_FIRST)
    ]


def bands(body: Mapping[str, Any] | None) -> list[Part]:
    """Return what each colour means and asks for."""
    return [
        {
            **tag(band.colour.value),
            "houses": _houses(band.least, band.most),
            "actions": [either(*act) for act in band.actions],
        }
        for band in (read_bands(body) if body else [])
    ]


def _houses(least: int, most: int | None) -> str:
    if most is None:
        return _("%(count)s houses or more") % {"count": whole(least)}
    if least == most:
        return ngettext("%(count)s house", "%(count)s houses", least) % {
            "count": whole(least)
        }
    return _("%(least)s to %(most)s houses") % {
        "least": whole(least),
        "most": whole(most),
    }


def days(on: date, today: date, code: str, known: str) -> Part:
    """Return the links to the days beside one."""
    link = {
        name: address(code, {"on": day.isoformat(), "known": known})
        for name, day in (
            ("before", on - timedelta(days=1)),
            ("after", on + timedelta(days=1)),
        )
    }
    if on >= today:
        link["after"] = ""
    return {**link, "day": short_day(on)}
