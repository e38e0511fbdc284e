"""How many are hit by branch and by place, and how far they are."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission as P
from smartkampung.kernel.wording import whole
from smartkampung.recovery.affected.queries.figures import (
    COUNTED,
    KECAMATAN_LENGTH,
    VILLAGE_LENGTH,
    Counted,
    counts_by_place,
    counts_by_sector,
    counts_by_state,
)
from smartkampung.recovery.affected.queries.sectors import branch_names
from smartkampung.recovery.affected.rules.course import State
from smartkampung.recovery.affected.words import STATES
from smartkampung.regions.codes import level
from smartkampung.regions.queries import names
from smartkampung.web.core.drawing import bars
from smartkampung.web.pages import StaffRequest, staff_page

MOST_BARS = 12


@staff_page(P.AFFECTED_VIEW)
def figures(request: StaffRequest) -> HttpResponse:
    """Draw and list the counts by branch and by place."""
    actor = request.actor
    wide = any(
        level(code) in ("province", "regency")
        for code in actor.regions_where(P.AFFECTED_VIEW)
    )
    places = counts_by_place(actor, length=KECAMATAN_LENGTH if wide else VILLAGE_LENGTH)
    counted = counts_by_state(actor)
    context = {
        "numbers": [
            {"value": whole(counted.get(state, 0)), "meaning": STATES[state][1]}
            for state in COUNTED
        ],
        "sectors": _drawn(counts_by_sector(actor), branch_names(), _("Branch")),
        "places": _drawn(places, names([one.key for one in places]), _("Place")),
    }
    return render(request, "affected/figures.html", context)


def _drawn(rows: list[Counted], words: Any, head: str) -> dict[str, Any]:
    named = [(words.get(row.key, row.key), row) for row in rows]
    drawn = [
        (name, row.open, whole(row.open), "", "")
        for name, row in named[:MOST_BARS]
        if row.open
    ]
    columns = [{"title": head}] + [
        {"title": str(STATES[state][1]).capitalize(), "number": True}
        for state in COUNTED
    ]
    return {
        "bars": bars(drawn),
        "columns": columns,
        "rows": [[{"text": name}, *_cells(row)] for name, row in named],
    }


def _cells(row: Counted) -> list[dict[str, Any]]:
    return [
        {
            "text": whole(row.states[state]),
            "number": True,
            "label": str(STATES[state][1]).capitalize(),
        }
        for state in (State(one) for one in COUNTED)
    ]
