"""One pilot: where it is, who acts next, its gate, its evidence and its history."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.queries.people import full_names
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.wording import short_day, whole
from smartkampung.reopening.pilots.queries.phases import phases_on
from smartkampung.reopening.pilots.queries.pilots import (
    evidence_of,
    next_gate,
    pilot_for,
    silent,
    turns_of_pilot,
    upload_of,
    visits_of,
    waiting_proposals,
)
from smartkampung.reopening.pilots.queries.regime import regime_on
from smartkampung.reopening.pilots.queries.signs import signs_that_hold
from smartkampung.reopening.pilots.rules.states import (
    State,
    Step,
    why_no_evidence,
    why_no_visit,
    why_not_back,
    why_not_end,
    why_not_pause,
    why_not_resume,
)
from smartkampung.reopening.pilots.words import STEPS
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.photos import photo_answer
from smartkampung.web.pilots import present

P = Permission


@staff_page(P.PILOT_VIEW)
def pilot(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a pilot."""
    row = pilot_for(request.actor, pk)
    evidence, turns = list(evidence_of(row)), list(turns_of_pilot(row))
    visits = list(visits_of(row))
    proposals = list(waiting_proposals(row))
    waits = present.next_of(
        row, {one.step for one in evidence}, proposals[0] if proposals else None
    )
    told: list[Any] = [*turns, *evidence, *visits]
    names = full_names(one.by for one in told)
    regime = regime_on(row.village_id, today())
    whole_village = request.actor.may_in(P.PILOT_VIEW, row.village_id)
    context = {
        "row": row,
        "place": present.where([row.village_id])[row.village_id],
        "tag": present.tag(row.state),
        "phase": present.phase_words(row.village_id, today()),
        "pause": regime if regime and regime.paused else None,
        "in_force": present.phase_name(regime.phase) if regime else "",
        "steps": present.steps_of(row, evidence, waits),
        "proposals": proposals,
        "late": waits.late,
        "silent": silent(row),
        "evidence": [_shown(one, names) for one in evidence],
        "visits": [_visited(one, names) for one in visits],
        "failed": visits[0] if visits and not visits[0].passed else None,
        "whole_village": whole_village,
        "gate": gate_of(request.actor, row),
        "history": present.history(turns, names, values=whole_village),
        "doors": _doors(request.actor, row, evidence),
        "acts": _acts(request.actor, row),
    }
    return render(request, "pilots/pilot.html", context)


def _shown(one: Any, names: dict[str, str]) -> dict[str, Any]:
    return {
        "step": STEPS[Step(one.step)],
        "text": one.text,
        "people": whole(one.people),
        "on": short_day(one.on),
        "by": names.get(one.by, one.by),
        "photos": _photos(one),
    }


def _visited(one: Any, names: dict[str, str]) -> dict[str, Any]:
    return {
        "passed": one.passed,
        "missing": one.missing,
        "on": short_day(one.on),
        "by": names.get(one.by, one.by),
        "photos": _photos(one),
    }


def _photos(one: Any) -> list[str]:
    return [reverse("pilots:photo", args=[one.pilot_id, key]) for key in one.photos]


def gate_of(actor: Actor, row: Any) -> dict[str, Any] | None:
    """Return the next gate: its needs, who signed, and which offices still do."""
    found = next_gate(row, today())
    if found is None:
        return None
    signs = signs_that_hold(row, found.gate.to, found.guidance.pk, now())
    names = full_names(one.by for one in signs.values())
    roles = set(actor.roles_in(P.PILOT_SIGN, row.village_id))
    offices = [
        {
            "met": one in signs,
            "text": present.role(one),
            "fact": _signed(signs.get(one), names),
        }
        for one in found.gate.signs
    ]
    return {
        "found": found,
        "to": present.named(found.gate.to, phases_on(today())),
        # Who heads one RT of it reads of the village what everybody does (ADR 54).
        "needs": present.reasons(
            found.kept()["needs"],
            public=not actor.may_in(P.PILOT_VIEW, row.village_id),
        ),
        "offices": offices,
        "mine": [one for one in found.gate.signs if one in roles and one not in signs],
        "reference": found.guidance.legal_reference,
        "until": found.until,
    }


def _signed(row: Any, names: dict[str, str]) -> str:
    if row is None:
        return ""
    told = {"name": names.get(row.by, row.by), "day": short_day(row.at)}
    return _("%(name)s, %(day)s") % told


def _doors(actor: Actor, row: Any, evidence: list[Any]) -> list[dict[str, Any]]:
    """Return what this officer may write down about the preparation."""
    done, state, doors = {one.step for one in evidence}, State(row.state), []
    if actor.may_in(P.PILOT_PREPARE, row.village_id):
        for step in Step:
            if why_no_evidence(state, step, done) is None:
                words = _("Evidence of: %(step)s") % {"step": STEPS[step]}
                url = reverse("pilots:evidence", args=[row.pk, step])
                # A finished step may be told of again; it is not what waits.
                doors.append({"text": words, "url": url, "again": step in done})
    makers = {one.by for one in evidence}
    barred = why_no_visit(state, done, visitor=actor.username, makers=makers)
    if actor.may_in(P.PILOT_VISIT, row.village_id) and barred is None:
        url = reverse("pilots:visit", args=[row.pk])
        words = _("Write down the visit")
        doors.append({"text": words, "url": url, "again": False})
    return doors


def _acts(actor: Actor, row: Any) -> list[dict[str, str]]:
    """Return the decisions that this officer may take about a pilot now."""
    if not actor.may_in(P.PILOT_DECIDE, row.village_id):
        return []
    state = State(row.state)
    possible = {
        "resume": (why_not_resume(state), _("Resume")),
        "pause": (why_not_pause(state), _("Pause")),
        "back": (why_not_back(state, first=False), _("Go back a phase")),
        "end": (why_not_end(state), _("End the pilot")),
    }
    return [
        {"text": words, "url": reverse("pilots:act", args=[row.pk, act])}
        for act, (barred, words) in possible.items()
        if barred is None
    ]


@staff_page(P.PILOT_VIEW)
def photo(request: StaffRequest, pk: int, upload_id: uuid.UUID) -> HttpResponse:
    """Send a photo of the evidence to those who may see the pilot."""
    upload = upload_of(pilot_for(request.actor, pk), upload_id)
    if upload is None:
        raise Http404
    return photo_answer(upload.path)
