"""What the pages of data quality show, as plain values."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from smartkampung.accounts.actor import Actor
from smartkampung.kernel.wording import percent, short_day, whole
from smartkampung.quality import queries
from smartkampung.quality.queries import Board, Page, Row
from smartkampung.quality.rules import About, Fault, about, severity
from smartkampung.quality.words import FAULTS, SEVERITIES
from smartkampung.regions.codes import inside, level
from smartkampung.regions.queries import names, places
from smartkampung.web.core.drawing import line
from smartkampung.web.people.present import lines, place_words
from smartkampung.web.quality.mending import mended_at

HIDDEN = "–"
LISTED = {"village", "rw", "rt"}
Part = dict[str, Any]


def board(actor: Actor, shown: Board) -> Part:
    """Return the whole board of one place."""
    return {
        "name": place_name(shown.region),
        "above": _above(actor, shown.region),
        "numbers": _numbers(shown.total),
        "trend": _trend(shown),
        "faults": _faults(shown),
        "parts": _parts(shown) if shown.parts else None,
        "counted_at": shown.counted_at,
        "kept": level(shown.region) in {"province", "regency", "kecamatan"},
        "hides": _hides(shown),
        "elsewhere": [
            {"name": place_name(code), "url": _url(code)}
            for code in queries.places_for(actor)
            if not inside(shown.region, code)
        ],
    }


def _hides(shown: Board) -> bool:
    rows = [shown.total, *shown.parts.values()]
    counts = [count for row in rows for count in (row.score, row.errors, row.doubts)]
    return not shown.may_mend and None in [*counts, *shown.faults.values()]


def place_name(code: str) -> str:
    """Return the name of a place as people say it, the smallest part first."""
    depth = level(code)
    if depth in {"rw", "rt"}:
        return place_words(places([code])[code])
    name = names([code]).get(code, code)
    return f"Kecamatan {name}" if depth == "kecamatan" else name


def _url(code: str) -> str:
    return reverse("quality:board", args=[code])


def _above(actor: Actor, code: str) -> Part | None:
    """Return the place above, where the reader may open its board."""
    above = code.rpartition(".")[0]
    if level(code) == "rt":
        above = above.rpartition(".")[0]
    areas = queries.places_for(actor)
    if not above or not any(inside(above, area) for area in areas):
        return None
    return {"name": place_name(above), "url": _url(above)}


def _numbers(total: Row) -> list[Part]:
    return [
        {
            "value": _score(total.score),
            "meaning": _("of residents have a record without an error"),
        },
        {
            "value": _count(total.errors),
            "meaning": _("errors to mend"),
        },
        {
            "value": _count(total.doubts),
            "meaning": _("worth a look"),
        },
        {"value": _count(total.people), "meaning": _("residents")},
    ]


def _score(score: float | None) -> str:
    return HIDDEN if score is None else percent(score)


def _count(count: int | None) -> str:
    return HIDDEN if count is None else whole(count)


def _trend(shown: Board) -> Part:
    points = [p for p in shown.trend if p.tally.score is not None]
    drawn = [
        (short_day(p.on), p.tally.score or 0.0, percent(p.tally.score or 0.0))
        for p in points
    ]
    columns = [_("Counted on"), _("Score"), _("Errors"), _("Residents")]
    return {
        "of": place_name(shown.trend_of),
        "line": line(drawn),
        "columns": [
            {"title": title, "number": at > 0} for at, title in enumerate(columns)
        ],
        "rows": [
            [
                {"text": short_day(p.on)},
                *_cells(columns[1:], [_score(p.tally.score), *_counts(shown, p)]),
            ]
            for p in reversed(points)
        ],
    }


def _counts(shown: Board, point: queries.Point) -> list[str]:
    tally = point.tally
    if not shown.may_mend:
        return [HIDDEN, HIDDEN]
    return [whole(tally.errors), whole(tally.people)]


def _cells(titles: list[str], values: list[str]) -> list[Part]:
    return [
        {"text": value, "label": title, "number": True}
        for title, value in zip(titles, values, strict=True)
    ]


def _faults(shown: Board) -> list[Part]:
    listed = shown.may_mend and level(shown.region) in LISTED
    return [
        {
            "name": FAULTS[fault].name,
            "sentence": FAULTS[fault].sentence,
            "tag": SEVERITIES[severity(fault)][0],
            "state": SEVERITIES[severity(fault)][1],
            "count": _count(count),
            "url": reverse("quality:findings", args=[shown.region, fault])
            if listed and count
            else "",
        }
        for fault, count in shown.faults.items()
        if count != 0
    ]


def _parts(shown: Board) -> Part:
    """Return the table of the places inside; last month only where it was counted."""
    compared = any(row.before is not None for row in shown.parts.values())
    titles = [_("Score"), *([_("Last month")] if compared else [])]
    titles += [_("Errors"), _("Worth a look")]
    first = {"kecamatan": _("Village"), "village": "RT", "rw": "RT"}
    columns: list[Part] = [{"title": first.get(level(shown.region), "Kecamatan")}]
    columns += [{"title": title, "number": True} for title in titles]
    rows = [
        [
            _part(code, shown.region),
            *_cells(titles, _values(row, compared)),
        ]
        for code, row in shown.parts.items()
    ]
    return {"columns": columns, "rows": rows}


def _values(row: Row, compared: bool) -> list[str]:
    before = "" if row.before is None else percent(row.before)
    between = [before] if compared else []
    return [_score(row.score), *between, _count(row.errors), _count(row.doubts)]


def _part(code: str, region: str) -> Part:
    if code == region:
        return {"text": _("No RT recorded")}
    return {"text": _part_name(code), "url": _url(code)}


def _part_name(code: str) -> str:
    place = places([code])[code]
    if place.rt:
        return f"RT {place.rt} RW {place.rw}"
    if place.rw:
        return f"RW {place.rw}"
    return place.village or names([code]).get(code, code)


def findings(actor: Actor, code: str, fault: Fault, page: Page) -> Part:
    """Return one page of the list of findings of a kind."""
    kind = about(fault)
    people = lines([finding.person for finding in page.findings])
    for row, finding in zip(people, page.findings, strict=True):
        row["mend"] = mended_at(actor, fault, finding)
        row["family"] = finding.family_id
    return {
        "words": FAULTS[fault],
        "tag": SEVERITIES[severity(fault)][0],
        "state": SEVERITIES[severity(fault)][1],
        "place": place_name(code),
        "back": _url(code),
        "of_families": kind is About.FAMILY,
        "rows": people,
        "after": page.after,
    }
