"""What somebody must answer about people in isolation, and the answer."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.labels import ROLE_LABELS
from smartkampung.accounts.roles import Permission
from smartkampung.isolation.monitoring.actions.alerts import acknowledge, settle
from smartkampung.isolation.monitoring.queries import alert_for, alerts_for
from smartkampung.isolation.monitoring.rules.ladder import Trigger
from smartkampung.isolation.monitoring.words import TRIGGERS
from smartkampung.isolation.protocol.queries import rung_of
from smartkampung.kernel.clock import day, now
from smartkampung.kernel.errors import Refused
from smartkampung.web.aid_staff import present
from smartkampung.web.isolation_arrival.looks import note_people
from smartkampung.web.isolation_monitoring.forms import SettleForm
from smartkampung.web.isolation_monitoring.who import who
from smartkampung.web.pages import StaffRequest, staff_page

P = Permission
PAGE_SIZE = 25
GO = "go"


@staff_page(P.ESCALATION_ANSWER)
def alerts(request: StaffRequest) -> HttpResponse:
    """List the open alerts that one may answer, the next due first."""
    page = Paginator(alerts_for(request.actor), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    rows = list(page)
    note_people(request.actor, [row.stay for row in rows], P.ESCALATION_ANSWER)
    places = present.where({row.stay.reservation.region_code for row in rows})
    items = [
        (row, places[row.stay.reservation.region_code], TRIGGERS[Trigger(row.trigger)])
        for row in rows
    ]
    context = {"page": page, "items": items, "now": now()}
    return render(request, "isolation_monitoring/alerts.html", context)


@staff_page(P.ESCALATION_ANSWER, "GET", "HEAD", "POST")
def alert(request: StaffRequest, escalation_id: int) -> HttpResponse:
    """Show one alert; take down that somebody goes, or what came of it."""
    row = alert_for(request.actor, escalation_id)
    note_people(request.actor, [row.stay], P.ESCALATION_ANSWER)
    if request.method != "POST":
        return _page(request, row, SettleForm())
    if request.POST.get("act") == GO:
        return _acknowledge(request, row)
    form = SettleForm(request.POST)
    if row.trigger == Trigger.EXIT_OPEN or not form.is_valid():
        return _page(request, row, form, status=422)
    try:
        settle(
            escalation=row,
            note=form.cleaned_data["note"],
            by=request.actor,
            at=now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, row, form, status=409)
    messages.success(request, _("The alert is closed."), "ok")
    return redirect("isolation_monitoring:alerts")


def _acknowledge(request: StaffRequest, row: Any) -> HttpResponse:
    try:
        acknowledge(escalation=row, by=request.actor, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal.message), "late")
        return redirect("isolation_monitoring:alerts")
    messages.success(request, _("Written down: you go now."), "ok")
    return redirect("isolation_monitoring:alert", row.pk)


def _page(
    request: StaffRequest, row: Any, form: SettleForm, *, status: int = 200
) -> HttpResponse:
    rung = rung_of(Trigger(row.trigger), day(row.opened_at))
    context = {
        "row": row,
        "why": TRIGGERS[Trigger(row.trigger)],
        "told": [ROLE_LABELS[role] for role in rung.told],
        "then": [ROLE_LABELS[role] for role in rung.then],
        "late": row.acknowledged_at is None and row.due_at < now(),
        "decides": row.trigger == Trigger.EXIT_OPEN,
        "form": form,
        **who(row.stay),
    }
    template = "isolation_monitoring/alert.html"
    return render(request, template, context, status=status)
