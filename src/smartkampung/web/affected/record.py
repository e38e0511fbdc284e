"""One record: everything about it, and what this officer may do with it."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission as P
from smartkampung.kernel.errors import Refused
from smartkampung.recovery.affected.actions.verify import bars_for, confirmation_of
from smartkampung.recovery.affected.queries.records import (
    File,
    file_for,
    one_affected_for,
    photo_for,
)
from smartkampung.recovery.affected.rules.course import Bar, State
from smartkampung.recovery.affected.words import BARS
from smartkampung.web.affected import present
from smartkampung.web.affected.acts import ACTS
from smartkampung.web.aid_staff.present import where
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.photos import photo_answer


@staff_page(P.AFFECTED_VIEW)
def record(request: StaffRequest, affected_id: int) -> HttpResponse:
    """Show one record, and what this officer may do with it."""
    return _page(request, affected_id)


@staff_page(P.AFFECTED_VERIFY, "POST")
def act(request: StaffRequest, affected_id: int) -> HttpResponse:
    """Do something with a record."""
    name = request.POST.get("do", "")
    case = one_affected_for(request.actor, affected_id, P.AFFECTED_VERIFY)
    if name not in ACTS:
        raise BadRequest
    form = ACTS[name].form(request.POST).about(case, request.actor)
    if not form.is_valid():
        return _page(request, affected_id, wrong={name: form}, status=422)
    try:
        form.act()
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, affected_id, wrong={name: form}, status=409)
    if form.code:
        return _page(request, affected_id, code=form.code)
    messages.success(request, str(ACTS[name].done), "ok")
    return redirect("affected_staff:record", affected_id)


@staff_page(P.AFFECTED_VIEW)
def photo(
    request: StaffRequest, affected_id: int, upload_id: uuid.UUID
) -> HttpResponse:
    """Send a proof to those who may see the record."""
    return photo_answer(photo_for(request.actor, affected_id, upload_id).path)


def _page(
    request: StaffRequest,
    affected_id: int,
    *,
    wrong: dict[str, Any] | None = None,
    code: str = "",
    status: int = 200,
) -> HttpResponse:
    file = file_for(request.actor, affected_id)
    case, actor = file.case, request.actor
    verifies = actor.may_in(P.AFFECTED_VERIFY, case.region_code)
    waits = case.state == State.TO_VERIFY
    bars = bars_for(case, by=actor) if verifies and waits else []
    acts = _acts(file, wrong or {}, barred=bool(bars)) if verifies else []
    stale = set(wrong or {}) - {act["name"] for act in acts}
    context = {
        "file": file,
        "case": case,
        "person": case.person,
        "place": where([case.region_code])[case.region_code],
        "tag": present.state_tag(case.state),
        "facts": present.facts(case),
        "steps": present.timeline(file),
        "registrations": present.registrations(file),
        "confirmations": present.confirmations(file),
        "situations": present.situations(file),
        "follow_ups": present.follow_ups(file),
        "bars": [BARS[bar] for bar in bars or ([Bar.NOT_WAITING] if stale else [])],
        "confirmed": waits and _confirmed(case, actor),
        "acts": acts,
        "code": code,
        "link": _link(request, code),
        "verifies": verifies,
        "may_see_person": actor.may_in(P.RESIDENT_VIEW, case.person.region_code),
        "may_see_looks": actor.may_in(P.ACCESS_LOG_VIEW, case.person.region_code),
    }
    return render(request, "affected/record.html", context, status=status)


def _link(request: StaffRequest, code: str) -> str:
    """Return the whole address that a code is handed over with."""
    if not code:
        return ""
    return request.build_absolute_uri(reverse("affected:confirm", args=[code]))


def _confirmed(case: Any, actor: Actor) -> bool:
    """Say whether a yes needs nothing more."""
    word = confirmation_of(case, decider=actor.staff_id)
    return word is not None and not word.named_by_person


def _acts(file: File, wrong: dict[str, Any], *, barred: bool) -> list[dict[str, Any]]:
    """Return what may be done now; what went wrong stays open.

    A form about what was decided meanwhile does not come back.
    """
    names = {
        State.TO_VERIFY: ("ask", "paper") if barred else ("accept", *_WAYS),
        State.VERIFIED: ("tell",),
        State.RECOVERED: () if file.again else ("again",),
    }.get(State(file.case.state), ())
    return [
        {
            "name": name,
            "act": ACTS[name],
            "form": wrong.get(name)
            or ACTS[name].form(initial={"asked_of": file.case.employer}),
            "open": name in wrong,
        }
        for name in names
    ]


_WAYS = ("ask", "paper", "refuse")
