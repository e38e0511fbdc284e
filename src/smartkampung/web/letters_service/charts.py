"""The board of a place as plain values: numbers, bars, columns, a map, tables."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import dateformat
from django.utils.translation import gettext as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import day
from smartkampung.kernel.wording import short_day, whole
from smartkampung.letters.requests.queries.figures import Figures, Line, figures
from smartkampung.letters.requests.rules.hours import PROMISED_MINUTES
from smartkampung.letters.service.queries.faces import faces
from smartkampung.letters.service.rules import Face
from smartkampung.regions.codes import ancestor, inside, level
from smartkampung.regions.maps import map_of
from smartkampung.regions.queries import names, villages_of
from smartkampung.web.core.columns import Day, columns
from smartkampung.web.core.drawing import Drawing, bars, drawing
from smartkampung.web.letters_service.words import FACES
from smartkampung.web.letters_staff.present import title_of

Part = dict[str, Any]
NONE, SHADES = "shade-none", ((5, "shade-1"), (15, "shade-2"), (30, "shade-3"))
SLOWEST = "shade-4"
DRAWN = 10
Cells = Sequence[str]


class Place(NamedTuple):
    """What stands in one place of thirty days; ``slow`` is its slowest median."""

    asked: int = 0
    issued: int = 0
    median: int | None = None


def board(actor: Actor, code: str, *, at: datetime) -> Part:
    """Return the whole page of a place."""
    found = figures(actor, area=code, at=at)
    return {
        "code": code,
        "name": _name(code),
        "above": _above(actor, code),
        "at": at,
        "numbers": _numbers(found),
        "faces": _faces(code, day(at)),
        "kinds": _kinds(found),
        "trend": _trend(found),
        **_places(code, found),
    }


def table(actor: Actor, code: str, *, at: datetime) -> tuple[list[str], list[Any]]:
    """Return the figures of thirty days as titles and rows of a file."""
    found = figures(actor, area=code, at=at)
    known = names(line.key for line in found.by_village)
    titles = [
        _("By"),
        _("Which"),
        _("Asked"),
        _("Signed"),
        _("Minutes, half are faster"),
    ]
    rows = [
        *(_row(_("Kind"), title_of(one.key), one) for one in found.by_kind),
        *(
            _row(_("Village"), known.get(one.key, one.key), one)
            for one in found.by_village
        ),
        *(_row(_("Day"), one.key, one) for one in found.trend),
    ]
    return titles, rows


def _row(by: str, name: str, line: Line) -> list[Any]:
    median = "" if line.median is None else line.median
    return [by, name, line.asked, line.issued, median]


def _numbers(found: Figures) -> list[Part]:
    slow = found.median is not None and found.median > PROMISED_MINUTES
    promised = _("promised: %(minutes)s") % {"minutes": PROMISED_MINUTES}
    return [
        {"value": whole(found.asked), "meaning": _("asked for today")},
        {"value": whole(found.issued), "meaning": _("signed today")},
        {
            "value": _minutes(found.median),
            "meaning": _("minutes until signed, today; half were faster"),
            "tag": promised if slow else "",
            "state": "late" if slow else "",
        },
        {"value": whole(found.waiting), "meaning": _("wait for an office now")},
        {
            "value": whole(found.overdue),
            "meaning": _("of those that wait for an office now"),
            "tag": _("late"),
            "state": "late" if found.overdue else "off",
        },
        {"value": whole(found.returned), "meaning": _("wait for the family")},
    ]


def _faces(code: str, on: date) -> list[Part] | None:
    counts = faces([code], on=on)
    if counts is None:
        return None
    return [
        {"icon": FACES[face][0], "text": FACES[face][1], "count": whole(counts[face])}
        for face in reversed(Face)
    ]


def _kinds(found: Figures) -> Part:
    rows = sorted(found.by_kind, key=lambda line: -line.asked)
    drawn = [
        (title_of(one.key), one.asked, whole(one.asked), "", "") for one in rows[:DRAWN]
    ]
    first = _("Letter")
    return {"bars": bars(drawn)} | _table(
        first, ((title_of(one.key), *_values(one)) for one in rows)
    )


def _trend(found: Figures) -> Part:
    words = _("%(day)s: %(asked)s asked, %(issued)s signed")
    days = []
    for one in found.trend:
        on = dateformat.format(date.fromisoformat(one.key), "j M")
        spoken = words % {"day": on, "asked": one.asked, "issued": one.issued}
        days.append(Day(on, spoken, ((one.issued, "ok"),), ground=one.asked))
    rows = (
        (short_day(date.fromisoformat(one.key)), *_values(one))
        for one in reversed(found.trend)
    )
    drawn = columns(days, now=len(days) - 1, now_words=_("today"))
    legend = [
        {"state": "ground", "text": _("asked for on that day")},
        {"state": "ok", "text": _("signed on that day, whenever asked for")},
    ]
    return {"columns": drawn, "legend": legend} | _table(_("Day"), rows)


def _places(code: str, found: Figures) -> Part:
    """Return the places inside as a map and a table; nothing of a single village."""
    if level(code) == "village":
        return {}
    depth = "village" if level(code) == "kecamatan" else "kecamatan"
    sums = _sums(code, depth, found.by_village)
    known = names(sums)
    first = _("Village") if depth == "village" else "Kecamatan"
    rows = (
        (known.get(one, one), whole(s.asked), whole(s.issued), _minutes(s.median))
        for one, s in sums.items()
    )
    listed = _table(first, rows, [_url(one) for one in sums])
    return {"map": _map(code, sums), "legend": _legend(), "places": listed}


def _sums(code: str, depth: str, lines: Iterable[Line]) -> dict[str, Place]:
    """Return the sums of the places inside; the median of a kecamatan is its slowest."""
    found: dict[str, Place] = defaultdict(Place)
    for row in villages_of(code):
        found[ancestor(row.code, depth)] = Place()
    for line in lines:
        at = ancestor(line.key, depth)
        before = found[at]
        known = [m for m in (before.median, line.median) if m is not None]
        found[at] = Place(
            before.asked + line.asked,
            before.issued + line.issued,
            max(known, default=None),
        )
    return found


def _map(code: str, sums: dict[str, Place]) -> Drawing | None:
    found = map_of(code)
    if found is None:
        return None
    return drawing(
        found,
        title=_("Minutes until a letter is signed"),
        about=_("Each area is a link to its figures. The same list follows below."),
        url=lambda shape: _url(shape.code),
        spoken=lambda shape: (
            f"{shape.name}: {_minutes(sums.get(shape.code, Place()).median)}"
        ),
        shade=lambda shape: _shade(sums.get(shape.code, Place()).median),
    )


def _shade(median: int | None) -> str:
    if median is None:
        return NONE
    return next((shade for most, shade in SHADES if median <= most), SLOWEST)


def _legend() -> list[Part]:
    words = [_("no letter"), "≤ 5", "≤ 15", "≤ 30", "> 30"]
    shades = [NONE, *(shade for _most, shade in SHADES), SLOWEST]
    return [
        {"shade": shade, "text": text}
        for shade, text in zip(shades, words, strict=True)
    ]


def _values(line: Line) -> tuple[str, str, str]:
    return whole(line.asked), whole(line.issued), _minutes(line.median)


def _table(first: str, rows: Iterable[Cells], urls: Cells = ()) -> Part:
    titles = [_("Asked"), _("Signed"), _("Minutes")]
    listed = list(rows)
    links = [*urls, *[""] * (len(listed) - len(urls))]
    return {
        "titles": [
            {"title": first},
            *({"title": title, "number": True} for title in titles),
        ],
        "rows": [
            [
                {"text": head, "url": url},
                *(
                    {"text": text, "label": title, "number": True}
                    for text, title in zip(values, titles, strict=True)
                ),
            ]
            for (head, *values), url in zip(listed, links, strict=True)
        ],
    }


def _minutes(median: int | None) -> str:
    return "–" if median is None else whole(median)


def _name(code: str) -> str:
    name = names([code]).get(code, code)
    return f"Kecamatan {name}" if level(code) == "kecamatan" else name


def _above(actor: Actor, code: str) -> Part | None:
    """Return the next wider place that the reader sees."""
    above = code.rpartition(".")[0]
    own = actor.regions_where(Permission.LETTER_FIGURES)
    if above and any(inside(above, one) for one in own):
        return {"name": _name(above), "url": _url(above)}
    return None


def _url(code: str) -> str:
    return reverse("letters_service:area", args=[code])
