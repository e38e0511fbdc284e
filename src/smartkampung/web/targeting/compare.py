"""Two scenarios side by side: on the map, by area, and by whom they choose."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.criteria.words import said
from smartkampung.kernel.small_cells import shown_count
from smartkampung.kernel.wording import rupiah, whole
from smartkampung.recovery.targeting.queries.known import facts_of
from smartkampung.recovery.targeting.queries.outcome import priority_of
from smartkampung.recovery.targeting.queries.scenarios import scenarios
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.targeting.present import (
    Side,
    area_of,
    beside,
    changes,
    sees_all,
    told,
)
from smartkampung.web.targeting.says import quota_line
from smartkampung.web.targeting.scenarios import figures_now
from smartkampung.web.targeting.words import STATES

Part = dict[str, Any]


@staff_page(Permission.TARGETING_VIEW)
def compare(request: StaffRequest) -> HttpResponse:
    """Show two scenarios beside each other; without two, let them be chosen."""
    rows = {row.pk: row for row in scenarios()}
    one, other = (_asked(rows, request.GET.get(name, "")) for name in ("a", "b"))
    context: Part = {
        "choices": [
            {"pk": str(row.pk), "name": f"{row.name} ({STATES[row.state]})"}
            for row in rows.values()
        ],
        "a": str(one.pk) if one else "",
        "b": str(other.pk) if other else "",
        "problem": _problem(request, one, other),
    }
    if one and other and not context["problem"]:
        context |= _compared(request, one, other)
    return render(request, "targeting/compare.html", context)


def _problem(request: StaffRequest, one: Any, other: Any) -> str:
    if "b" not in request.GET:
        return ""  # one is known, the other is about to be chosen
    if one is None or other is None:
        return _("Choose two scenarios of the list.")
    if one == other:
        return _("These are the same scenario. Choose another one.")
    if one.population != other.population:
        return _("One is about people and one about families: they cannot be compared.")
    return ""


def _compared(request: StaffRequest, one: Any, other: Any) -> Part:
    sides = [Side(_named("A", one), figures_now(one))]
    sides.append(Side(_named("B", other), figures_now(other)))
    address = f"{reverse('targeting:compare')}?a={one.pk}&b={other.pk}&"
    truth = sees_all(request.actor, one.population)
    moved = changes(*sides, whole_truth=truth)
    both = len(sides[0].figures.chosen) - len(moved["leaving"])
    return {
        "compared": True,
        "moved": moved,
        "both": told(both if truth else shown_count(both)),
        "terms": _terms(one, other),
        **beside(
            sides,
            one.population,
            area=area_of(request.GET.get("in", "")),
            address=address,
            whole_truth=truth,
        ),
    }


def _named(letter: str, row: Any) -> str:
    return f"{letter}: {row.name}"


def _terms(one: Any, other: Any) -> Part:
    rows = [
        (_("Budget"), rupiah(one.budget), rupiah(other.budget)),
        (_("Cost for each"), rupiah(one.cost_each), rupiah(other.cost_each)),
    ]
    priorities = [priority_of(one), priority_of(other)]
    facts = facts_of(one.population)
    weights = [{c.fact: whole(c.weight) for c in p.criteria} for p in priorities]
    for fact in dict.fromkeys([*weights[0], *weights[1]]):
        label = _("Weight of: %(fact)s") % {"fact": said(facts[fact].label)}
        rows.append((label, weights[0].get(fact, "–"), weights[1].get(fact, "–")))
    quotas = ["; ".join(map(quota_line, p.quotas)) or "–" for p in priorities]
    rows.append((_("Quotas"), quotas[0], quotas[1]))
    return {
        "columns": [
            {"title": _("Term"), "number": False},
            {"title": _named("A", one), "number": False},
            {"title": _named("B", other), "number": False},
        ],
        "rows": [
            [
                {"text": label},
                {"text": a, "label": _named("A", one)},
                {"text": b, "label": _named("B", other)},
            ]
            for label, a, b in rows
        ],
    }


def _asked(rows: Mapping[UUID, Any], text: str) -> Any:
    try:
        return rows.get(UUID(text))
    except ValueError:
        return None
