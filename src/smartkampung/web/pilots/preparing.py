"""What a village writes about itself, and what the task force found."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.regions.queries import names
from smartkampung.reopening.pilots.actions import choosing, preparing
from smartkampung.reopening.pilots.actions.preparing import Found, Shown
from smartkampung.reopening.pilots.queries.candidates import latest_answers
from smartkampung.reopening.pilots.queries.pilots import pilot_for
from smartkampung.reopening.pilots.rules.choosing import Question
from smartkampung.reopening.pilots.rules.states import Step
from smartkampung.reopening.pilots.words import STEPS
from smartkampung.web.aid_staff.photos import photos_of
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.pilots.forms import (
    PHOTOS,
    VISIT_PHOTOS,
    AnswersForm,
    EvidenceForm,
    VisitForm,
)
from smartkampung.web.pilots.writing import form_page

DAYS = {"day_ahead", "day_too_early", "day_before_steps"}


@staff_page(Permission.PILOT_PREPARE, "GET", "POST")
def evidence(request: StaffRequest, pk: int, step: str) -> HttpResponse:
    """Write down what was done in a step."""
    row = pilot_for(request.actor, pk, Permission.PILOT_PREPARE)
    if step not in set(Step):
        raise Http404
    title = _("Evidence of: %(step)s") % {"step": STEPS[Step(step)]}
    if request.method != "POST":
        return form_page(request, row, EvidenceForm(), title, upload=True)
    form = EvidenceForm(request.POST, request.FILES)
    photos = photos_of(form, *PHOTOS, region_code=row.village_id)
    if form.errors:
        return form_page(request, row, form, title, upload=True, status=422)
    told = form.cleaned_data
    shown = Shown(
        step=Step(step),
        text=told["text"],
        on=told["on"],
        people=told["people"],
        photos=[key for key in photos.values() if key],
    )
    try:
        preparing.add_evidence(pilot=row, shown=shown, by=request.actor, at=now())
    except Refused as refusal:
        form.add_error("on" if refusal.code in DAYS else None, str(refusal.message))
        return form_page(request, row, form, title, upload=True, status=409)
    messages.success(request, _("The evidence is written down."), "ok")
    return redirect("pilots:pilot", pk)


@staff_page(Permission.PILOT_VISIT, "GET", "POST")
def visit(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down what the task force found."""
    row = pilot_for(request.actor, pk, Permission.PILOT_VISIT)
    title = _("Visit of the task force")
    if request.method != "POST":
        return form_page(request, row, VisitForm(), title, upload=True)
    form = VisitForm(request.POST, request.FILES)
    photos = photos_of(form, *VISIT_PHOTOS, region_code=row.village_id)
    if form.errors:
        return form_page(request, row, form, title, upload=True, status=422)
    told = form.cleaned_data
    found = Found(
        passed=told["passed"],
        on=told["on"],
        missing=told["missing"],
        photos=[key for key in photos.values() if key],
    )
    try:
        preparing.visit(pilot=row, found=found, by=request.actor, at=now())
    except Refused as refusal:
        form.add_error("on" if refusal.code in DAYS else None, str(refusal.message))
        return form_page(request, row, form, title, upload=True, status=409)
    messages.success(request, _("The visit is written down."), "ok")
    return redirect("pilots:pilot", pk)


@staff_page(Permission.PILOT_PREPARE, "GET", "POST")
def answers(request: StaffRequest, code: str) -> HttpResponse:
    """Ask a village about itself."""
    name = names([code]).get(code)
    if name is None or not request.actor.may_in(Permission.PILOT_PREPARE, code):
        raise Http404
    form = AnswersForm(request.POST or None, initial=_said(code))
    context = {"form": form, "name": name, "code": code}
    if request.method != "POST":
        return render(request, "pilots/answers.html", context)
    form = context["form"] = AnswersForm(request.POST)
    if not form.is_valid():
        return render(request, "pilots/answers.html", context, status=422)
    choosing.answer(
        village=code,
        yes=form.yes(),
        market=form.cleaned_data["market"],
        tourism=form.cleaned_data["tourism"],
        by=request.actor,
        at=now(),
    )
    messages.success(request, _("Your answers count in the next round."), "ok")
    return redirect("pilots:board")


def _said(code: str) -> dict[str, Any]:
    row = latest_answers([code]).get(code)
    if row is None:
        return {}
    said = {one.value: _yes(one in row.yes) for one in Question}
    return {**said, "market": _yes(row.market), "tourism": _yes(row.tourism)}


def _yes(said: bool) -> str:
    return "yes" if said else "no"
