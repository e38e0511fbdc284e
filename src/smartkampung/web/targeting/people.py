"""Who stands in a kept ranking, and why there: for officers of these people."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.wording import whole
from smartkampung.recovery.targeting.queries.known import facts_of
from smartkampung.recovery.targeting.queries.outcome import priority_of
from smartkampung.recovery.targeting.queries.people import (
    Standing,
    known_of,
    ranked_page,
    standing_or_404,
)
from smartkampung.recovery.targeting.queries.scenarios import State, scenario_or_404
from smartkampung.recovery.targeting.words import known, points, way
from smartkampung.regions.codes import village_of
from smartkampung.regions.queries import names
from smartkampung.web.pages import StaffRequest, staff_page

VIEW = Permission.AFFECTED_VIEW
ASKED = {"chosen": True, "others": False}


@staff_page(VIEW)
def people(request: StaffRequest, pk: UUID) -> HttpResponse:
    """List the ranking of a scenario by place, as far as the reader may see it."""
    row = _kept_or_404(pk)
    asked = request.GET.get("show", "")
    page, named = ranked_page(
        request.actor,
        row,
        chosen=ASKED.get(asked),
        page=request.GET.get("page", ""),
    )
    called = names({village_of(one.region_code) for one in named.values()})
    items = []
    for one in page:
        who = named.get(one.affected_id or one.family_id or 0)
        items.append(
            {
                "place": one.place,
                "name": who.person.name if who else _("no head of the family"),
                "village": called.get(village_of(who.region_code), "") if who else "",
                "score": points(one.score),
                "chosen": one.chosen,
                "way": way(one.way),
            }
        )
    context = {
        "row": row,
        "items": items,
        "page": page,
        "show": asked if asked in ASKED else "",
        "plans": request.actor.may(Permission.TARGETING_VIEW),
    }
    return render(request, "targeting/people.html", context)


@staff_page(VIEW)
def person(request: StaffRequest, pk: UUID, place: int) -> HttpResponse:
    """Show why somebody stands at this place, criterion by criterion."""
    row = _kept_or_404(pk)
    found = standing_or_404(request.actor, row, place)
    code = village_of(found.named.region_code)
    context = {
        "row": row,
        "place": whole(place),
        "at": place,
        "name": found.named.person.name,
        "village": names([code]).get(code, ""),
        **explained(row, found),
    }
    return render(request, "targeting/person.html", context)


def explained(row: Any, found: Standing) -> dict[str, Any]:
    """Return score and parts with their caps, and why somebody has a place or not."""
    facts, priority = facts_of(row.population), priority_of(row)
    caps = [one.weight * 1000 for one in priority.criteria]
    parts = []
    for (name, told, given), cap in zip(known_of(found.row), caps, strict=True):
        label, value = known(facts, name, told)
        parts.append(
            {
                "label": label,
                "known": value,
                "points": points(given),
                "cap": points(cap),
                "width": f"{100 * given / cap:.1f}" if cap else "0",
            }
        )
    return {
        "score": points(found.row.score),
        "most": points(priority.most_points),
        "parts": parts,
        "chosen": found.row.chosen,
        "why": why(found),
    }


def why(found: Standing) -> str:
    """Return how somebody came to a place, or why they have none, in a sentence."""
    row = found.row
    about = {"place": whole(row.place), "places": whole(found.places), "way": row.way}
    about["last"] = points(found.last_score or 0)
    if row.way == "rank":
        return _("Chosen by rank: number %(place)s of %(places)s places.") % about
    if row.way == "lot":
        return _("Chosen by lot among people with an equal score.") % about
    if row.way == "left_over":
        return _("Chosen for a seat that another village could not fill.") % about
    if row.chosen:
        return (
            _("Chosen by the quota “%(way)s”, though others have a higher score.")
            % about
        )
    if row.place > found.places:
        return (
            _(
                "Places: %(places)s; this is number %(place)s. The score of the last who"
                " was chosen by rank: %(last)s."
            )
            % about
        )
    return (
        _(
            "Number %(place)s of %(places)s places, but a quota or the seats of the village"
            " were filled by people with a higher score, or reserved for a group."
        )
        % about
    )


def _kept_or_404(pk: UUID) -> Any:
    row = scenario_or_404(pk)
    if row.state != State.APPROVED:
        raise Http404
    return row
