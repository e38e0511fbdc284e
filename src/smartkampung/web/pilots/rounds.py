"""Rounds of choice: open one, read the ranking, keep or leave its order, close it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from smartkampung.accounts.queries.people import full_names
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import short_day, whole
from smartkampung.regions.queries import kecamatan_of
from smartkampung.reopening.pilots.actions import choosing
from smartkampung.reopening.pilots.queries import rounds as queries
from smartkampung.reopening.pilots.rules.choosing import (
    GREEN,
    Criterion,
    Question,
    band,
    part,
)
from smartkampung.reopening.pilots.words import CASE_BANDS, CRITERIA
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.pilots.forms import CandidateForm, CloseForm, RoundForm
from smartkampung.web.pilots.present import figure

CHOOSE = Permission.PILOT_CHOOSE


@staff_page(Permission.PILOT_VIEW)
def rounds(request: StaffRequest) -> HttpResponse:
    """List the rounds."""
    items = [
        {
            "row": row,
            "url": reverse("pilots:round", args=[row.pk]),
            "tag": "off" if row.closed_at else "wait",
            "state": _("closed") if row.closed_at else _("open"),
        }
        for row in queries.rounds()
    ]
    context = {"items": items, "may_choose": request.actor.may(CHOOSE)}
    return render(request, "pilots/rounds.html", context)


@staff_page(CHOOSE, "GET", "POST")
def new(request: StaffRequest) -> HttpResponse:
    """Open a round."""
    area = request.actor.regions_where(CHOOSE)
    kecamatan = [(one.code, one.name) for code in area for one in kecamatan_of(code)]
    if request.method != "POST":
        return _new(request, RoundForm(kecamatan=kecamatan))
    form = RoundForm(request.POST, kecamatan=kecamatan)
    if not form.is_valid():
        return _new(request, form, status=422)
    try:
        row = choosing.open_round(
            kecamatan=form.cleaned_data["kecamatan"],
            weights=form.weights(),
            by=request.actor,
            at=now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _new(request, form, status=409)
    return redirect("pilots:round", row.pk)


def _new(request: StaffRequest, form: RoundForm, *, status: int = 200) -> HttpResponse:
    return render(request, "pilots/new_round.html", {"form": form}, status=status)


@staff_page(Permission.PILOT_VIEW)
def round_(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the ranking of a round."""
    return _page(request, queries.a_round(pk), CloseForm())


@staff_page(CHOOSE, "POST")
def close(request: StaffRequest, pk: int) -> HttpResponse:
    """Close a round that a colleague opened."""
    row = queries.round_for(request.actor, pk)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    try:
        choosing.close_round(
            round_=row,
            few_because=form.cleaned_data["few_because"],
            by=request.actor,
            at=now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, queries.round_for(request.actor, pk), form, status=409)
    messages.success(
        request, _("The round is closed, and its villages begin to prepare."), "ok"
    )
    return redirect("pilots:round", pk)


def _page(
    request: StaffRequest, row: Any, form: CloseForm, *, status: int = 200
) -> HttpResponse:
    names = full_names([row.opened_by, row.closed_by])
    may = request.actor.may_in(CHOOSE, row.kecamatan_id) and not row.closed_at
    context = {
        **told(row, public=False),
        "opened_by": names.get(row.opened_by, row.opened_by),
        "closed_by": names.get(row.closed_by, row.closed_by),
        "form": form,
        "may_choose": may,
        "own": row.opened_by == request.actor.username,
        "places": row.places,
        "barred": may and not queries.may_close(request.actor, row),
        "own_override": choosing.OWN_OVERRIDE,
    }
    return render(request, "pilots/round.html", context, status=status)


def told(row: Any, *, public: bool) -> dict[str, Any]:
    """Return a round as it was decided; the public reads no number of cases."""
    candidates = queries.candidates_of(row)
    return {
        "row": row,
        "weights": [
            {"text": CRITERIA[one], "weight": row.weights.get(one.value, 0)}
            for one in Criterion
        ],
        "candidates": [
            {
                "row": one,
                "score": figure(str(one.score / 10)),
                "reasons": [_reason(*point, public=public) for point in one.points],
                "tag": "ok" if one.chosen else "off",
                "state": _("chosen") if one.chosen else _("not chosen"),
                "out_of_order": one.chosen != (one.place <= row.places),
            }
            for one in candidates
        ],
        "count": sum(one.chosen for one in candidates),
        "day": short_day(row.on),
    }


def _reason(
    code: str, points: int, fact: int | None, *, public: bool
) -> dict[str, str]:
    criterion = Criterion(code)
    return {
        "text": str(CRITERIA[criterion]),
        "points": _("%(points)d of 100") % {"points": points},
        "fact": ""
        if public and criterion == Criterion.ZONE
        else _fact(criterion, fact),
    }


def _fact(criterion: Criterion, fact: int | None) -> str:
    if fact is None:
        missing = {Criterion.READINESS: _("has not answered yet")}
        return missing.get(criterion, _("nothing is known"))
    if criterion == Criterion.ROLE:
        return (_("neither"), _("one of them"), _("both"))[fact]
    if criterion == Criterion.URBAN:
        return _("kelurahan") if fact else _("desa")
    if criterion == Criterion.ZONE:
        return str(CASE_BANDS[band(fact)[0]])
    if criterion == Criterion.COLOUR:
        return _green(fact)
    words = {
        Criterion.READINESS: _("%(yes)d of %(of)d questions answered with yes"),
        Criterion.POPULATION: _("%(count)s people"),
    }
    return words[criterion] % {"yes": fact, "of": len(Question), "count": whole(fact)}


def _green(fact: int) -> str:
    """Return how many streets were green; rounds of before have an exact number."""
    least = part(fact)
    if least == GREEN[0]:
        return _("all of its RTs")
    if least == 0:
        return _("less than %(part)d%% of its RTs") % {"part": GREEN[-2]}
    return _("at least %(part)d%% of its RTs") % {"part": least}


@staff_page(CHOOSE, "GET", "POST")
def candidate(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a village, or leave it, with the reason where the order is not kept."""
    row = queries.candidate_for(request.actor, pk)
    if request.method != "POST":
        take = "no" if row.chosen else "yes"
        return _candidate(request, row, CandidateForm(initial={"take": take}))
    form = CandidateForm(request.POST)
    if not form.is_valid():
        return _candidate(request, row, form, status=422)
    try:
        choosing.choose(
            candidate=row,
            chosen=form.cleaned_data["take"] == "yes",
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=now(),
        )
    except Refused as refusal:
        form.add_error(
            "reason" if refusal.code == "reason_empty" else None, str(refusal.message)
        )
        return _candidate(request, row, form, status=409)
    return redirect("pilots:round", row.round_id)


def _candidate(
    request: StaffRequest, row: Any, form: CandidateForm, *, status: int = 200
) -> HttpResponse:
    # What the form was opened for: a second press asks for the same, not the contrary.
    take = form["take"].value() == "yes"
    context = {
        "row": row,
        "form": form,
        "take": take,
        "keeps_order": take == (row.place <= row.round.places),
    }
    return render(request, "pilots/candidate.html", context, status=status)
