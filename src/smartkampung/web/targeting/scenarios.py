"""One scenario: what it says and comes to; propose, approve and drop it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.small_cells import shown_count
from smartkampung.kernel.wording import rupiah, whole
from smartkampung.recovery.targeting.actions.facts import facts_of_today
from smartkampung.recovery.targeting.actions.scenarios import (
    approve_scenario,
    drop_scenario,
    propose_scenario,
)
from smartkampung.recovery.targeting.queries.outcome import places_for, priority_of
from smartkampung.recovery.targeting.queries.people import permission_for
from smartkampung.recovery.targeting.queries.scenarios import (
    Figures,
    State,
    figures_of,
    scenario_or_404,
)
from smartkampung.recovery.targeting.rules.priority import Last
from smartkampung.web.free_text import no_card_number
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.targeting.present import Side, area_of, beside, sees_all, told
from smartkampung.web.targeting.says import said_priority
from smartkampung.web.targeting.words import POPULATIONS, STATES, TAGS

VIEW, PLAN = Permission.TARGETING_VIEW, Permission.TARGETING_PLAN
APPROVE = Permission.TARGETING_APPROVE


class SeedForm(forms.Form):
    """The seed of a lottery, as it was drawn in public."""

    seed = forms.CharField(
        label=gettext_lazy("Seed of the lottery"),
        max_length=64,
        required=False,
        help_text=gettext_lazy(
            "As it was drawn in public, where and when the proposal said: for example"
            " the eyes of six dice, “4 2 6 1 1 3”. Everybody can draw the lots again"
            " with it."
        ),
    )


class SourceForm(forms.Form):
    """Where and when the seed of a lottery will be drawn."""

    seed_source = forms.CharField(
        label=gettext_lazy("Where the seed will be drawn, and by what"),
        max_length=120,
        validators=[no_card_number],
        help_text=gettext_lazy(
            "Publicly and with witnesses, for example “six dice in the village hall of"
            " Karangjati”. The list of the lottery is fixed now; nobody knows the seed yet."
        ),
    )
    seed_on = forms.DateField(
        label=gettext_lazy("Day on which it will be drawn"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


@staff_page(VIEW)
def scenario(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show what a scenario says and comes to."""
    return _page(request, pk)


@staff_page(PLAN, "POST")
def propose(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Propose a draft."""
    form = None
    if priority_of(scenario_or_404(pk)).last is Last.LOT:
        form = SourceForm(request.POST)
        if not form.is_valid():
            return _page(request, pk, form, status=422)
    words = _("Proposed. Another officer must approve it now.")
    return _do(request, pk, propose_scenario, words, form)


@staff_page(PLAN, "POST")
def drop(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Drop a draft or a proposal."""
    return _do(request, pk, drop_scenario, _("The scenario was dropped."))


@staff_page(APPROVE, "POST")
def approve(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Approve a proposal as another person, and keep its ranking."""
    form = SeedForm(request.POST)
    if not form.is_valid():
        return _page(request, pk, form, status=422)
    words = _("Approved. Everybody's place was kept as it stands now.")
    return _do(request, pk, approve_scenario, words, form)


def _do(
    request: StaffRequest,
    pk: UUID,
    action: Callable[..., Any],
    words: str,
    form: forms.Form | None = None,
) -> HttpResponse:
    sent = dict(form.cleaned_data) if form else {}
    row = scenario_or_404(pk)
    try:
        action(scenario=row, by=request.actor.username, at=now(), **sent)
    except Refused as refusal:
        return _page(request, pk, form, problem=str(refusal.message), status=409)
    messages.success(request, words, "ok")
    return redirect("targeting:scenario", pk)


def _page(
    request: StaffRequest,
    pk: UUID,
    form: forms.Form | None = None,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    row = scenario_or_404(pk)
    found = figures_now(row)
    priority = priority_of(row)
    by_lot = priority.last is Last.LOT
    truth = sees_all(request.actor, row.population)
    context = {
        "row": row,
        "problem": problem,
        "form": _form(row, form) if by_lot else None,
        "population": POPULATIONS[row.population],
        "state": STATES[row.state],
        "tag": TAGS[row.state],
        "says": said_priority(priority, row.population),
        "lottery": bool(row.list_hash),
        "all_equal": not priority.most_points,
        **_numbers(row, found, truth),
        **_rights(request.actor, row),
        **beside(
            [Side(row.name, found)],
            row.population,
            area=area_of(request.GET.get("in", "")),
            address=f"{reverse('targeting:scenario', args=[pk])}?",
            whole_truth=truth,
        ),
    }
    return render(request, "targeting/scenario.html", context, status=status)


def _form(row: Any, sent: forms.Form | None) -> forms.Form:
    """Return the form of the next step, as it was sent if it fits this step."""
    kind = SourceForm if row.state == State.DRAFT else SeedForm
    return sent if isinstance(sent, kind) else kind()


def figures_now(row: Any) -> Figures:
    """Return the figures of a scenario: kept ones, else on the facts of today."""
    if row.state == State.APPROVED:
        return figures_of(row)
    return figures_of(row, facts_of_today(row.population, at=now()))


def _numbers(row: Any, found: Figures, truth: bool) -> dict[str, Any]:
    ranked, left_out = found.tallies.ranked, found.tallies.left_out
    return {
        "budget": rupiah(row.budget),
        "cost_each": rupiah(row.cost_each),
        "paid_for": whole(places_for(row.budget, row.cost_each)),
        "chosen": whole(found.tallies.chosen),
        "ranked": told(ranked if truth else shown_count(ranked)),
        "left_out": told(left_out if truth else shown_count(left_out)),
        "spent": rupiah(found.tallies.chosen * row.cost_each),
        "on": found.on,
    }


def _rights(actor: Actor, row: Any) -> dict[str, bool]:
    others = actor.username not in {row.made_by, row.proposed_by}
    proposed = row.state == State.PROPOSED
    return {
        "may_propose": row.state == State.DRAFT and actor.may(PLAN),
        "may_drop": row.state in {State.DRAFT, State.PROPOSED} and actor.may(PLAN),
        "may_approve": proposed and others and actor.may(APPROVE),
        "needs_another": proposed and not others,
        "sees_names": row.state == State.APPROVED
        and actor.may(permission_for(row.population)),
    }
