"""Exceptions from the conflict matrix: asked for by one officer, decided by another."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission as P
from smartkampung.aid.actions.overrides import ask_for_override, decide_override
from smartkampung.aid.cycles.queries.lists import proposal_for
from smartkampung.aid.queries.budgets import programme_or_404
from smartkampung.aid.queries.claims import claim_for
from smartkampung.aid.queries.overrides import (
    Case,
    asked_together,
    case_of,
    lights_of_case,
    override_for,
    overrides_for,
    person_of,
    standing_overrides,
)
from smartkampung.aid.rules.conflicts import RedLight
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.residents.queries import note_looks
from smartkampung.web.aid_staff import exceptions, present
from smartkampung.web.aid_staff.blocks import sees_components
from smartkampung.web.aid_staff.termforms import OverrideForm
from smartkampung.web.pages import StaffRequest, staff_page

PAGE_SIZE = 25
PURPOSE = "aid.override"


@staff_page(P.OVERRIDE_VIEW)
def overrides(request: StaffRequest) -> HttpResponse:
    """List the exceptions of the area, the newest first."""
    rows = overrides_for(request.actor)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    people = [person_of(case_of(row)) for row in page]
    note_looks(request.actor, people, purpose=PURPOSE, permission=P.OVERRIDE_VIEW)
    items = [
        {
            "row": row,
            "name": person.name,
            "text": exceptions.words_of(row),
            "tag": exceptions.tag_of(row),
        }
        for row, person in zip(page, people, strict=True)
    ]
    context = {"items": items, "page": page, "query": "?"}
    return render(request, "aid_staff/overrides.html", context)


@staff_page(P.OVERRIDE_VIEW)
def override(request: StaffRequest, override_id: uuid.UUID) -> HttpResponse:
    """Show what was asked for, why, and what became of it."""
    return _page(request, override_id)


@staff_page(P.OVERRIDE_DECIDE, "POST")
def decide(request: StaffRequest, override_id: uuid.UUID) -> HttpResponse:
    """Grant an exception or refuse it."""
    row = override_for(request.actor, override_id, P.OVERRIDE_DECIDE)
    granted = request.POST.get("decision") == "grant"
    try:
        decide_override(wish=row, granted=granted, by=request.actor, at=now())
    except Refused as refusal:
        problem = str(refusal.message)
        return _page(request, override_id, problem=problem, status=409)
    words = _("The exception is granted.") if granted else _("Not granted.")
    messages.success(request, words, "ok")
    return redirect("aid_staff:override", override_id)


@staff_page(P.OVERRIDE_ASK, "GET", "POST")
def ask_for_claim(
    request: StaffRequest, claim_id: int, code: str, enrolment_id: int
) -> HttpResponse:
    """Ask that other aid no longer stands in the way of a claim."""
    claim = claim_for(request.actor, claim_id, P.OVERRIDE_ASK)
    return _ask(request, claim, code, enrolment_id)


@staff_page(P.OVERRIDE_ASK, "GET", "POST")
def ask_for_proposal(
    request: StaffRequest, proposal_id: int, enrolment_id: int
) -> HttpResponse:
    """Ask that other aid no longer stands in the way of a proposal."""
    row = proposal_for(request.actor, proposal_id, P.OVERRIDE_ASK)
    return _ask(request, row, row.village_list.cycle.programme_id, enrolment_id)


def _ask(
    request: StaffRequest, case: Case, code: str, enrolment_id: int
) -> HttpResponse:
    programme = programme_or_404(code)
    lights = lights_of_case(case, code, on=today())
    light = next((row for row in lights if row.aid.enrolment_id == enrolment_id), None)
    if light is None:
        raise Http404
    others = _others(request, case, lights, enrolment_id)
    if request.method != "POST":
        first = {"form_id": uuid.uuid4(), "also": [key for key, _text in others]}
        form = OverrideForm(initial=first, others=others)
        return _ask_page(request, case, light, form)
    form = OverrideForm(request.POST, others=others)
    if not form.is_valid():
        return _ask_page(request, case, light, form, 422)
    try:
        wish = ask_for_override(
            case=case,
            programme=programme,
            enrolment_id=enrolment_id,
            by=request.actor,
            at=now(),
            **form.cleaned_data,
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _ask_page(request, case, light, form, 409)
    messages.success(request, _("Noted. Another officer decides about it first."), "ok")
    return redirect("aid_staff:override", wish.pk)


def _others(
    request: StaffRequest, case: Any, lights: list[RedLight], enrolment_id: int
) -> list[tuple[int, str]]:
    """Return what else blocks the case, to be excepted in the same request."""
    components = sees_components(request.actor, case.region_code)
    asked = set(standing_overrides(case).values_list("programme_id", "enrolment_id"))
    return [
        (light.aid.enrolment_id, exceptions.record_in(light, components=components))
        for light in lights
        if light.blocks
        and light.aid.enrolment_id is not None
        and light.aid.enrolment_id != enrolment_id
        and light.aid.programme != light.programme
        and (light.programme, light.aid.enrolment_id) not in asked
    ]


def _ask_page(
    request: StaffRequest,
    case: Any,
    light: RedLight,
    form: OverrideForm,
    status: int = 200,
) -> HttpResponse:
    person = person_of(case)
    note_looks(request.actor, [person], purpose=PURPOSE, permission=P.OVERRIDE_ASK)
    components = sees_components(request.actor, case.region_code)
    context = {
        "name": person.name,
        "where": present.where([case.region_code])[case.region_code],
        "programme": light.programme_name,
        "record": exceptions.record_in(light, components=components),
        "source": light.source,
        "back": _link(case),
        "form": form,
    }
    return render(request, "aid_staff/override_ask.html", context, status=status)


def _page(
    request: StaffRequest,
    override_id: uuid.UUID,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    actor, row = request.actor, override_for(request.actor, override_id)
    case: Any = case_of(row)
    person = person_of(case)
    note_looks(actor, [person], purpose=PURPOSE, permission=P.OVERRIDE_VIEW)
    components = sees_components(actor, case.region_code)
    context = {
        "row": row,
        "name": person.name,
        "tag": exceptions.tag_of(row),
        "case": _link(case),
        "where": present.where([case.region_code])[case.region_code],
        "programme": exceptions.name_of(row.programme),
        "records": [
            exceptions.record_of(each, components=components)
            for each in asked_together(row)
        ],
        "own": row.asked_by_id == actor.staff_id,
        "decides": actor.may_in(P.OVERRIDE_DECIDE, case.region_code),
        "problem": problem,
    }
    return render(request, "aid_staff/override.html", context, status=status)


def _link(case: Any) -> dict[str, str]:
    """Return the page of the claim or proposal and what it is called."""
    if hasattr(case, "village_list_id"):
        return {
            "url": reverse("aid_cycles:proposal", args=[case.pk]),
            "text": f"{exceptions.name_of(case.cycle.programme)}: {case.cycle.name}",
        }
    return {
        "url": reverse("aid_staff:claim", args=[case.pk]),
        "text": f"{_('Claim')} #{case.pk}",
    }
