"""The board of pilots: what is late, what is due today, who else is waited for."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.regions.queries import names
from smartkampung.reopening.pilots.queries.pilots import (
    evidence_steps,
    first_proposals,
    pilots_for,
)
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.pilots import present

VILLAGES = 4


@staff_page(Permission.PILOT_VIEW)
def board(request: StaffRequest) -> HttpResponse:
    """Show every pilot of the area, sorted by who must act and by when."""
    actor = request.actor
    mine = actor.regions_where(Permission.PILOT_PREPARE)
    called = names(mine)
    context = {
        "columns": _columns(request),
        "answers": [
            {"code": code, "name": called.get(code, code)} for code in mine[:VILLAGES]
        ],
        "may_choose": actor.may(Permission.PILOT_CHOOSE),
    }
    return render(request, "pilots/board.html", context)


def _columns(request: StaffRequest) -> list[dict[str, Any]]:
    found: dict[str, list[dict[str, str]]] = {
        key: [] for key in ("late", "today", "mine", "others", "quiet")
    }
    rows = list(pilots_for(request.actor))
    done, proposed = evidence_steps(rows), first_proposals(rows)
    places = present.where({row.village_id for row in rows})
    for row in rows:
        waits = present.next_of(row, done.get(row.pk, ()), proposed.get(row.pk))
        key = _column(request, row, waits)
        found[key].append(present.card(row, waits, places[row.village_id]))
    empty = _("Nothing here.")
    return [
        {
            "title": title,
            "state": state,
            "count": len(found[key]),
            "cards": found[key],
            "empty": empty,
        }
        for key, title, state in (
            ("late", _("Late"), "late"),
            ("today", _("Due today"), "wait"),
            ("mine", _("For your office"), "wait"),
            ("others", _("Waiting for others"), ""),
            ("quiet", _("Nothing to do now"), "ok"),
        )
    ]


def _column(request: StaffRequest, row: Any, waits: present.Next) -> str:
    if row.ended_on or waits.permission is None:
        return "quiet"
    if waits.late:
        return "late"
    if waits.is_today:
        return "today"
    mine = request.actor.may_in(waits.permission, row.village_id)
    return "mine" if mine else "others"
