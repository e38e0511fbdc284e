"""The charts, each with the table behind it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import dateformat
from django.utils.translation import gettext as _

from smartkampung.isolation.figures.queries import Arrivals, Followed, Load, Origin
from smartkampung.isolation.figures.queries.houses import Beds
from smartkampung.isolation.figures.rules import Window, part_of
from smartkampung.isolation.queries.origins import ABROAD, origin_name
from smartkampung.isolation.rules.states import StayState
from smartkampung.kernel.wording import percent, short_day, whole
from smartkampung.web.core.columns import Columns, Day, columns
from smartkampung.web.core.drawing import bars

Part = dict[str, Any]
Cells = Sequence[str]
DRAWN = 8


def occupancy(found: Mapping[date, Beds], window: Window) -> Part:
    """Return how many of the open beds are taken, day by day."""
    words = _("%(day)s: %(taken)s of %(open)s beds taken")
    days = [
        Day(
            _little(on),
            words % {"day": _little(on), "taken": beds.taken, "open": beds.open},
            ((beds.taken, ""),),
            ground=beds.open,
        )
        for on, beds in found.items()
    ]
    table = [
        (short_day(on), whole(beds.open), whole(beds.taken), _share(beds))
        for on, beds in found.items()
    ]
    titles = [_("Day"), _("Open beds"), _("Taken"), _("Part")]
    return _chart(days, window) | _table(titles, reversed(table))


def arrivals(found: Mapping[date, Arrivals], window: Window) -> Part:
    """Return how many came, are to come, and never came, day by day."""
    words = _("%(day)s: %(came)s came, %(expected)s expected, %(never)s never came")
    days = [
        Day(
            _little(on),
            words % {"day": _little(on), **one._asdict()},
            ((one.came, "ok"), (one.expected, "wait"), (one.never, "late")),
        )
        for on, one in found.items()
    ]
    titles = [_("Day"), _("Came"), _("Expected"), _("Never came")]
    table = [(short_day(on), *map(whole, one)) for on, one in found.items()]
    legend = _legend(("ok", "wait", "late"), titles[1:])
    return _chart(days, window) | _table(titles, reversed(table)) | {"legend": legend}


def followed(found: Mapping[date, Followed]) -> Part:
    """Return how many looks were made and missed, day by day, and the part made."""
    words = _("%(day)s: %(made)s looked after, %(missed)s missed, %(open)s still open")
    days = [
        Day(
            _little(on),
            words % {"day": _little(on), **one._asdict()},
            ((one.made, "ok"), (one.open, "wait"), (one.missed, "late")),
        )
        for on, one in found.items()
    ]
    titles = [_("Day"), _("Looked after"), _("To come today"), _("Missed"), _("Part")]
    table = [
        (
            short_day(on),
            whole(one.made),
            whole(one.open),
            whole(one.missed),
            _percent(part_of(one.made, one.made + one.missed)),
        )
        for on, one in found.items()
    ]
    drawn = columns(days, now=len(days) - 1, now_words=_("today"))
    legend = _legend(("ok", "wait", "late"), titles[1:4])
    return {"columns": drawn, "legend": legend} | _table(titles, reversed(table))


def origins(found: Sequence[Origin]) -> Part:
    """Return the places from which most come, and all of them in the table."""
    rows = [
        (_origin(one.code), one.came + one.expected, whole(one.came + one.expected))
        for one in found[:DRAWN]
    ]
    titles = [_("From"), _("Came"), _("Expected")]
    table = [(_origin(one.code), whole(one.came), whole(one.expected)) for one in found]
    return {"bars": bars([(*row, "", "") for row in rows])} | _table(titles, table)


def loads(found: Sequence[Load]) -> Part:
    """Return how many each Puskesmas looks after now."""
    titles = [_("Puskesmas"), _("In houses"), _("At home"), _("Expected in 7 days")]
    table = [
        (one.centre, whole(one.in_houses), whole(one.at_home), whole(one.to_come))
        for one in found
    ]
    drawn = [
        (one.centre, one.in_houses + one.at_home, whole(one.in_houses + one.at_home))
        for one in found[:DRAWN]
    ]
    return {"bars": bars([(*row, "", "") for row in drawn])} | _table(titles, table)


def outcomes(found: Mapping[StayState, int]) -> Part:
    """Return how the stays of thirty days ended."""
    words = {
        StayState.RELEASED: (_("Completed, with a letter"), ""),
        StayState.HOSPITAL: (_("Sent to hospital"), ""),
        StayState.LOST: (_("Left without permission, or lost"), "late"),
    }
    rows = [
        (words[state][0], count, whole(count), words[state][1], "")
        for state, count in found.items()
    ]
    return {"bars": bars(rows)}


def _table(titles: Sequence[str], rows: Iterable[Cells]) -> Part:
    return {
        "titles": [
            {"title": title, "number": at > 0} for at, title in enumerate(titles)
        ],
        "rows": [
            [
                {"text": text, "label": titles[at], "number": at > 0}
                for at, text in enumerate(row)
            ]
            for row in rows
        ],
    }


def _chart(days: Sequence[Day], window: Window) -> Part:
    today = (window.today - window.since).days
    drawn: Columns | None = columns(days, now=today, now_words=_("today"))
    return {"columns": drawn}


def _legend(states: Cells, titles: Cells) -> list[Part]:
    pairs = zip(states, titles, strict=True)
    return [{"state": state, "text": title} for state, title in pairs]


def _share(beds: Beds) -> str:
    return _percent(part_of(beds.taken, beds.open))


def _percent(share: float | None) -> str:
    return "–" if share is None else percent(share)


def _origin(code: str) -> str:
    return _("Abroad") if code == ABROAD else origin_name(code) or code


def _little(on: date) -> str:
    return dateformat.format(on, "j M")
