"""The what-if studio: move weights, money and quotas, and see who enters and leaves."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.small_cells import shown_count
from smartkampung.kernel.wording import rupiah, whole
from smartkampung.recovery.targeting.actions.facts import facts_of_today
from smartkampung.recovery.targeting.actions.scenarios import save_scenario
from smartkampung.recovery.targeting.queries.outcome import priority_of
from smartkampung.recovery.targeting.queries.people import named, permission_for
from smartkampung.recovery.targeting.queries.priorities import (
    Worded,
    all_versions,
    standing,
    worded,
)
from smartkampung.recovery.targeting.queries.scenarios import (
    figures,
    remembered,
    scenario_or_404,
    tried,
)
from smartkampung.recovery.targeting.rules.priority import data_of
from smartkampung.regions.codes import village_of
from smartkampung.regions.queries import names
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.targeting.present import (
    Side,
    area_of,
    beside,
    changes,
    sees_all,
    told,
)
from smartkampung.web.targeting.studioform import SaveForm, StudioForm
from smartkampung.web.targeting.words import POPULATIONS

PLAN = Permission.TARGETING_PLAN
LISTED = 20
Part = dict[str, Any]


@staff_page(PLAN)
def studio(request: StaffRequest, code: str) -> HttpResponse:
    """Show what a priority comes to with other weights, money and quotas."""
    base = _base(code, request.GET.get("from", ""))
    form = StudioForm(request.GET if "budget" in request.GET else None, about=base)
    status = 422 if form.is_bound and not form.is_valid() else 200
    return _page(request, base, form, SaveForm(), status=status)


@staff_page(PLAN, "POST")
def save(request: StaffRequest, code: str) -> HttpResponse:
    """Keep what is tried as a scenario."""
    base = _base(code, request.POST.get("from", ""))
    form, name = StudioForm(request.POST, about=base), SaveForm(request.POST)
    if not (form.is_valid() and name.is_valid()):
        return _page(request, base, form, name, status=422)
    try:
        row = save_scenario(
            name=name.cleaned_data["name"],
            population=base.population,
            spec=data_of(form.priority),
            budget=form.cleaned_data["budget"],
            cost_each=form.cleaned_data["cost_each"],
            version=base.version,
            by=request.actor.username,
            at=now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, base, form, name, status=409)
    messages.success(request, _("Kept as a draft. Propose it when it is ready."), "ok")
    return redirect("targeting:scenario", row.pk)


def _base(code: str, scenario: str) -> Worded:
    """Return what the studio begins with: the priority, or a scenario made of it."""
    found = standing(code, on=today()) or worded(all_versions(code)[0])
    if not scenario:
        return found
    try:
        row = scenario_or_404(UUID(scenario))
    except ValueError as error:
        raise Http404 from error
    if row.population != found.population:
        raise Http404
    return replace(
        found,
        name=row.name,
        priority=priority_of(row),
        budget=row.budget,
        cost_each=row.cost_each,
    )


def _page(
    request: StaffRequest, base: Worded, form: StudioForm, name: SaveForm, status: int
) -> HttpResponse:
    sent = request.POST if request.method == "POST" else request.GET
    kept = facts_of_today(base.population, at=now())
    asked = _asked(form, sent.get("from", ""))
    context = {
        "code": base.code,
        "name": base.name,
        "population": POPULATIONS[base.population],
        "form": form,
        "save_form": name,
        "from": sent.get("from", ""),
        "asked": asked,
        "kept_at": kept.at,
        "all_equal": form.all_equal,
        **_tried(request.actor, base, form, sent=sent, asked=asked, kept=kept),
    }
    return render(request, "targeting/studio.html", context, status=status)


def _tried(
    actor: Actor,
    base: Worded,
    form: StudioForm,
    *,
    sent: QueryDict,
    asked: list[tuple[str, str]],
    kept: Any,
) -> Part:
    holds = remembered(
        base.priority, kept, budget=base.budget, cost_each=base.cost_each
    )
    before = Side(_("Base"), holds)
    after = Side(_("Tried"), before.figures)
    cost = base.cost_each
    if form.is_bound and form.is_valid():
        sent_form = form.cleaned_data
        cost = sent_form["cost_each"]
        found = tried(
            form.priority, base.population, budget=sent_form["budget"], cost_each=cost
        )
        after = Side(_("Tried"), figures(found, on=holds.on))
    truth = sees_all(actor, base.population)
    moved = changes(before, after, whole_truth=truth)
    address = f"{reverse('targeting:studio', args=[base.code])}?{urlencode(asked)}&"
    area = area_of(sent.get("in", ""))
    numbers = after.figures.tallies
    return {
        "chosen": whole(numbers.chosen),
        "ranked": whole(numbers.ranked),
        "left_out": whole(numbers.left_out),
        "spent": rupiah(numbers.chosen * cost),
        "moved": moved,
        "lists": [
            _list(
                actor,
                base.population,
                moved[key],
                sent=sent,
                key=key,
                title=title,
                query=address,
            )
            for key, title in (("entering", _("Enter")), ("leaving", _("Leave")))
        ],
        "address": address,
        **beside(
            [before, after],
            base.population,
            area=area,
            address=address,
            whole_truth=truth,
        ),
    }


def _list(
    actor: Actor,
    population: str,
    ids: list[int],
    *,
    sent: QueryDict,
    key: str,
    title: str,
    query: str,
) -> Part:
    page = Paginator(ids, LISTED).get_page(sent.get(key, ""))
    may = actor.may(permission_for(population))
    found = named(actor, population, list(page)) if may and ids else {}
    called = names({village_of(one.region_code) for one in found.values()})
    rows = [
        {
            "name": found[one].person.name,
            "village": called.get(village_of(found[one].region_code), ""),
        }
        for one in page
        if one in found
    ]
    return {
        "key": key,
        "title": title,
        "count": told(len(ids) if may else shown_count(len(ids))),
        "rows": rows,
        "page": page,
        "query": query,
        "hidden": len(page) - len(rows),
    }


def _asked(form: StudioForm, start: str) -> list[tuple[str, str]]:
    """Return what is tried, so that links and the save form carry it along."""
    kept = [
        (field.html_name, "" if field.value() is None else str(field.value()))
        for field in form
    ]
    return [*kept, ("from", start)] if start else kept
