"""A proxy is written down by one officer and approved by the village head."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.aid.proxies import queries
from smartkampung.aid.proxies.actions import (
    ProxyIncomplete,
    decide_proxy,
    end_proxy,
    name_proxy,
)
from smartkampung.aid.proxies.rules import Relation, Wish
from smartkampung.aid.proxies.words import FAULTS, RELATIONS, STATES, WISHES
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.residents.queries import note_looks
from smartkampung.web.aid_proxies.forms import ProxyForm
from smartkampung.web.pages import StaffRequest, staff_page

P = Permission
PURPOSE = "aid.proxy"


@staff_page(P.PROXY_RECORD, "GET", "POST")
def of_person(request: StaffRequest, person_id: int) -> HttpResponse:
    """Show who may collect for a person, and write a proxy down."""
    person = queries.represented_for(request.actor, person_id)
    fresh = {"form_id": uuid.uuid4(), "since": today()}
    if request.method != "POST":
        return _person(request, person, ProxyForm(initial=fresh))
    form = ProxyForm(request.POST)
    problem = _name(request, person, form)
    if problem:
        return _person(request, person, form, status=problem)
    messages.success(request, _("It waits for the village head now."), "ok")
    return redirect("aid_proxies:person", person_id)


def _name(request: StaffRequest, person: Any, form: ProxyForm) -> int:
    """Write a proxy down; return 0, or the status of what is wrong."""
    if not form.is_valid():
        return 422
    try:
        name_proxy(
            form_id=form.cleaned_data["form_id"],
            person=person,
            told=form.told(),
            nik=form.cleaned_data["nik"],
            by=request.actor,
            at=now(),
        )
    except ProxyIncomplete as refusal:
        for fault in refusal.faults:
            field, words = FAULTS[fault]
            form.add_error(field, str(words))
        return 422
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return 409
    return 0


@staff_page(P.PROXY_APPROVE, "GET", "POST")
def proxy(request: StaffRequest, proxy_id: int) -> HttpResponse:
    """Show a proxy to the second person, who approves or refuses."""
    row = queries.proxy_for(request.actor, proxy_id, P.PROXY_APPROVE)
    problem = ""
    if request.method == "POST":
        approved = request.POST.get("decision") == "approve"
        try:
            decide_proxy(proxy=row, approved=approved, by=request.actor, at=now())
        except Refused as refusal:
            problem = str(refusal.message)
        else:
            messages.success(request, _("Written down."), "ok")
            return redirect("aid_proxies:proxy", proxy_id)
    note_looks(request.actor, [row.person], purpose=PURPOSE, permission=P.PROXY_APPROVE)
    context = {
        **_item(row),
        "problem": problem,
        "most": settings.PROXY_MOST_A_DAY,
    }
    status = 409 if problem else 200
    return render(request, "aid_proxies/proxy.html", context, status=status)


@staff_page(P.PROXY_RECORD, "POST")
def end(request: StaffRequest, proxy_id: int) -> HttpResponse:
    """End a proxy at the wish of the recipient."""
    row = queries.proxy_for(request.actor, proxy_id, P.PROXY_RECORD)
    try:
        end_proxy(proxy=row, by=request.actor, at=now())
    except Refused as refusal:
        form = ProxyForm(initial={"form_id": uuid.uuid4(), "since": today()})
        problem = str(refusal.message)
        return _person(request, row.person, form, problem=problem, status=409)
    messages.success(request, _("The proxy may not collect any more."), "ok")
    return redirect("aid_proxies:person", row.person_id)


def _person(
    request: StaffRequest,
    person: Any,
    form: ProxyForm,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    note_looks(request.actor, [person], purpose=PURPOSE, permission=P.PROXY_RECORD)
    rows = queries.proxies_for(request.actor, P.PROXY_RECORD).filter(person=person)
    context = {
        "person": person,
        "items": [_item(row) for row in rows],
        "form": form,
        "problem": problem,
        "most": settings.PROXY_MOST_A_DAY,
    }
    return render(request, "aid_proxies/person.html", context, status=status)


def _item(row: Any) -> dict[str, Any]:
    text, colour = STATES[row.state]
    return {
        "row": row,
        "relation": RELATIONS[Relation(row.relation)],
        "wish": WISHES[Wish(row.wish)],
        "tag": {"text": text, "state": colour},
    }
