"""What was written down at hand-overs against what families say, by place."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartkampung.accounts.roles import Permission
from smartkampung.aid.confirmation.queries import (
    CONFIRMED,
    DISPUTED,
    UNANSWERED,
    report_for,
)
from smartkampung.kernel.small_cells import TOTAL
from smartkampung.kernel.wording import whole
from smartkampung.regions.codes import level
from smartkampung.regions.queries import names
from smartkampung.web.core.drawing import bars
from smartkampung.web.pages import StaffRequest, staff_page

HIDDEN = "–"
MEASURES: dict[str, Promise] = {
    TOTAL: gettext_lazy("Recorded"),
    CONFIRMED: gettext_lazy("Confirmed"),
    DISPUTED: gettext_lazy("Less, or not"),
    UNANSWERED: gettext_lazy("No answer yet"),
}
LINKED = {"kecamatan", "village"}


@staff_page(Permission.CONFIRMATION_VIEW)
def report(request: StaffRequest) -> HttpResponse:
    """Show how many hand-overs families confirmed, by village or RT."""
    found = report_for(request.actor, request.GET.get("in", ""))
    places = [place for place in found.counts if place != TOTAL]
    known = names([*places, found.inside])
    total = found.counts[TOTAL]
    context = {
        "may_follow": request.actor.may(Permission.CONFIRMATION_FOLLOW),
        "inside": known.get(found.inside, ""),
        "deep": bool(request.GET.get("in")),
        "numbers": [(_text(total[key]), MEASURES[key]) for key in MEASURES],
        "hides": any(None in cells.values() for cells in found.counts.values()),
        "bars": bars(
            [
                (
                    _name(place, known),
                    found.counts[place][DISPUTED] or 0,
                    _text(found.counts[place][DISPUTED]),
                    "late",
                    _url(place),
                )
                for place in places
            ]
        ),
        "columns": _columns(),
        "rows": [_row(place, known, found.counts[place]) for place in places],
    }
    return render(request, "aid_confirmation/report.html", context)


def _columns() -> list[dict[str, Any]]:
    first = {"title": _("Area"), "number": False}
    return [first, *({"title": label, "number": True} for label in MEASURES.values())]


def _row(place: str, known: dict[str, str], cells: Any) -> list[dict[str, Any]]:
    head = {"text": _name(place, known), "url": _url(place)}
    counts = [
        {"text": _text(cells[key]), "label": label, "number": True}
        for key, label in MEASURES.items()
    ]
    return [head, *counts]


def _name(place: str, known: dict[str, str]) -> str:
    if place in known:
        return known[place]
    return f"RT {place.rpartition('.')[2]}" if level(place) == "rt" else place


def _url(place: str) -> str:
    return f"?in={place}" if level(place) in LINKED else ""


def _text(count: int | None) -> str:
    return HIDDEN if count is None else whole(count)
