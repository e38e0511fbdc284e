"""Rounds in which the public may report: plan, close, change the daily quota."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartkampung.accounts.roles import Permission
from smartkampung.aid.actions.phase import (
    MOST_A_DAY,
    change_quota,
    close_phase,
    open_phase,
)
from smartkampung.aid.queries.phases import round_by_id, rounds
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.web.pages import StaffRequest, staff_page

LOCAL = "%Y-%m-%dT%H:%M"


def _moment(label: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL),
        error_messages={
            "required": gettext_lazy("Choose a day and an hour."),
            "invalid": gettext_lazy("Write day and hour as 2026-11-24T08:00."),
        },
    )


class QuotaForm(forms.Form):
    """How many reports a village takes a day."""

    quota = forms.IntegerField(
        label=gettext_lazy("Reports a day for each village"),
        min_value=0,
        max_value=MOST_A_DAY,
        widget=forms.NumberInput(attrs={"class": "short"}),
        error_messages={
            "required": gettext_lazy("Write a number, such as 20."),
            "invalid": gettext_lazy("Write a number, such as 20."),
        },
    )


class PhaseForm(QuotaForm):
    """A new round."""

    opens_at = _moment(gettext_lazy("Opens"))
    closes_at = _moment(gettext_lazy("Closes"))
    field_order = ("opens_at", "closes_at", "quota")


@staff_page(Permission.PHASE_MANAGE, "GET", "HEAD", "POST")
def phases(request: StaffRequest) -> HttpResponse:
    """List the rounds and plan a new one."""
    form = PhaseForm(request.POST or None)
    if request.method != "POST":
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        open_phase(**form.cleaned_data, by=request.actor.username, at=now())
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, form, status=409)
    messages.success(request, _("The round is planned."))
    return redirect("report_staff:phases")


@staff_page(Permission.PHASE_MANAGE, "POST")
def close(request: StaffRequest, phase_id: int) -> HttpResponse:
    """Close a round now, or take back one that has not begun."""
    phase = round_by_id(phase_id)
    try:
        close_phase(phase=phase, by=request.actor.username, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("The round is closed."))
    return redirect("report_staff:phases")


@staff_page(Permission.PHASE_MANAGE, "POST")
def quota(request: StaffRequest, phase_id: int) -> HttpResponse:
    """Change the daily quota of a round."""
    phase = round_by_id(phase_id)
    form = QuotaForm(request.POST)
    if not form.is_valid():
        return _page(request, PhaseForm(), status=422, changing=(phase_id, form))
    try:
        change_quota(
            phase=phase, **form.cleaned_data, by=request.actor.username, at=now()
        )
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("The quota is changed."))
    return redirect("report_staff:phases")


def _page(
    request: StaffRequest,
    form: PhaseForm,
    *,
    status: int = 200,
    changing: tuple[int, QuotaForm] | None = None,
) -> HttpResponse:
    listed = [
        {
            "round": item,
            "form": changing[1]
            if changing and changing[0] == item.phase.pk
            else QuotaForm(
                initial={"quota": item.phase.daily_quota_per_village},
                auto_id=f"id_{item.phase.pk}_%s",
            ),
        }
        for item in rounds(at=now())
    ]
    context = {"form": form, "rounds": listed}
    return render(request, "report/phases.html", context, status=status)
