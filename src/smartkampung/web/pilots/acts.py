"""Decisions about a pilot: pause, resume, back, end; proposals; and taking note."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from smartkampung.accounts.queries.people import full_names
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.reopening.pilots.actions import deciding, moving
from smartkampung.reopening.pilots.queries.pilots import (
    pilot_for,
    proposal_for,
    turn_for,
)
from smartkampung.reopening.pilots.rules.states import Decision
from smartkampung.reopening.pilots.words import DECISIONS
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.pilots import present
from smartkampung.web.pilots.forms import DecisionForm, ReasonForm
from smartkampung.web.pilots.writing import form_page

ACTS: dict[str, tuple[Callable[..., Any], Promise, Promise]] = {
    "pause": (
        moving.pause,
        lazy("Pause"),
        lazy("From today the strictest phase applies, until somebody decides again."),
    ),
    "resume": (
        moving.resume,
        lazy("Resume"),
        lazy("The village goes on in its phase. Its readings must be known and calm."),
    ),
    "back": (
        moving.step_back,
        lazy("Go back a phase"),
        lazy("From today the phase before applies. Signatures begin anew."),
    ),
    "end": (
        moving.end,
        lazy("End the pilot"),
        lazy("From today the village lives as any other, in the strictest phase."),
    ),
}


@staff_page(Permission.PILOT_DECIDE, "GET", "POST")
def act(request: StaffRequest, pk: int, act: str) -> HttpResponse:
    """Ask for the reason of a decision, or carry it out."""
    row = pilot_for(request.actor, pk, Permission.PILOT_DECIDE)
    if act not in ACTS:
        raise Http404
    do, title, about = ACTS[act]
    told: dict[str, Any] = {"about": about, "button": title, "danger": act != "resume"}
    if request.method != "POST":
        return form_page(request, row, ReasonForm(), str(title), **told)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return form_page(request, row, form, str(title), status=422, **told)
    try:
        do(pilot=row, reason=form.cleaned_data["reason"], by=request.actor, at=now())
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return form_page(request, row, form, str(title), status=409, **told)
    messages.success(request, _("Decided, in your name."), "ok")
    return redirect("pilots:pilot", pk)


@staff_page(Permission.PILOT_DECIDE, "GET", "POST")
def proposal(request: StaffRequest, pk: int) -> HttpResponse:
    """Show why going back is proposed, or decide about it."""
    row = proposal_for(request.actor, pk)
    if request.method != "POST":
        return _proposal(request, row, DecisionForm())
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _proposal(request, row, form, status=422)
    try:
        deciding.decide(
            proposal=row,
            decision=Decision(form.cleaned_data["decision"]),
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        row.refresh_from_db()
        return _proposal(request, row, form, status=409)
    messages.success(request, _("Decided, in your name."), "ok")
    return redirect("pilots:pilot", row.pilot_id)


def _proposal(
    request: StaffRequest, row: Any, form: DecisionForm, *, status: int = 200
) -> HttpResponse:
    village = row.pilot.village_id
    context = {
        "row": row,
        "place": present.where([village])[village],
        "needs": present.reasons(row.evaluation["needs"]),
        "late": not row.decision and row.due_at < now(),
        "form": form,
        "decision": DECISIONS[Decision(row.decision)] if row.decision else "",
        "decided_by": full_names([row.decided_by]).get(row.decided_by, ""),
    }
    return render(request, "pilots/proposal.html", context, status=status)


@staff_page(Permission.PILOT_VIEW, "GET", "POST")
def news(request: StaffRequest, pk: int) -> HttpResponse:
    """Tell what changed in a village; its office and its pillars take note."""
    row = turn_for(request.actor, pk)
    context = {
        "row": row,
        "place": present.where([row.pilot.village_id])[row.pilot.village_id],
        "line": present.history(
            [row],
            full_names([row.by]),
            values=request.actor.may_in(Permission.PILOT_VIEW, row.pilot.village_id),
        )[0],
        "problem": "",
    }
    if request.method != "POST":
        return render(request, "pilots/news.html", context)
    try:
        deciding.take_note(turn=row, by=request.actor, at=now())
    except Refused as refusal:
        context["problem"] = str(refusal.message)
        return render(request, "pilots/news.html", context, status=409)
    messages.success(request, _("Noted, in your name."), "ok")
    return redirect("pilots:pilot", row.pilot_id)
