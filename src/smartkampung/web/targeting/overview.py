"""Where targeting begins: priorities in force, and the scenarios tried on them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import today
from smartkampung.kernel.wording import rupiah, whole
from smartkampung.recovery.targeting.queries.outcome import places_for
from smartkampung.recovery.targeting.queries.priorities import (
    priorities,
    standing,
    worded,
)
from smartkampung.recovery.targeting.queries.scenarios import scenarios
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.targeting.words import POPULATIONS, STATES, TAGS

VIEW, PLAN = Permission.TARGETING_VIEW, Permission.TARGETING_PLAN


@staff_page(VIEW)
def overview(request: StaffRequest) -> HttpResponse:
    """List priorities and scenarios."""
    context = {
        "priorities": [_priority(row) for row in priorities()],
        "scenarios": [_scenario(row) for row in scenarios()],
        "plans": request.actor.may(PLAN),
    }
    return render(request, "targeting/overview.html", context)


def _priority(row: Any) -> dict[str, Any]:
    newest = worded(row)
    holds = standing(newest.code, on=today())
    shown = holds or newest
    return {
        "code": shown.code,
        "name": shown.name,
        "population": POPULATIONS[shown.population],
        "version": holds.version if holds else None,
        "draft": row.approved_at is None,
        "criteria": whole(len(shown.priority.criteria)),
    }


def _scenario(row: Any) -> dict[str, Any]:
    return {
        "pk": row.pk,
        "name": row.name,
        "population": POPULATIONS[row.population],
        "state": STATES[row.state],
        "tag": TAGS[row.state],
        "budget": rupiah(row.budget),
        "places": whole(places_for(row.budget, row.cost_each)),
        "made_by": row.made_by,
        "made_at": row.made_at,
    }
