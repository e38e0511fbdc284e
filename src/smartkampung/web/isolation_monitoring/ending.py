"""A named officer decides how an isolation goes on, and which class somebody is."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.isolation.monitoring.actions.ends import DAY, classify, decide
from smartkampung.isolation.monitoring.queries import stay_for
from smartkampung.isolation.monitoring.rules.ends import verdicts
from smartkampung.isolation.protocol.queries import classes_on
from smartkampung.kernel.clock import day, now
from smartkampung.kernel.errors import Refused
from smartkampung.web.isolation_arrival.looks import note_people
from smartkampung.web.isolation_monitoring.forms import ClassForm, DecideForm
from smartkampung.web.isolation_monitoring.who import who
from smartkampung.web.pages import StaffRequest, staff_page

P = Permission


@staff_page(P.RELEASE_DECIDE, "GET", "HEAD", "POST")
def decision(request: StaffRequest, stay_id: int) -> HttpResponse:
    """Show what may be decided about somebody, and take the decision."""
    row = stay_for(request.actor, stay_id, P.RELEASE_DECIDE)
    note_people(request.actor, [row], P.RELEASE_DECIDE)
    at = now()
    last = day(at) >= row.during.upper - DAY
    offered = verdicts(row.state, last_day_reached=last)
    form = DecideForm(
        request.POST if request.method == "POST" else None, offered=offered
    )
    if request.method != "POST" or not form.is_valid():
        return _page(request, row, form, bool(offered))
    try:
        displaced = decide(stay=row, decided=form.decided(), by=request.actor, at=at)
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, row, form, bool(offered), status=409)
    messages.success(request, _("The decision is written down."), "ok")
    _tell_of(request, displaced)
    return redirect("isolation_monitoring:stay", row.pk)


@staff_page(P.RELEASE_DECIDE, "GET", "HEAD", "POST")
def case_class(request: StaffRequest, stay_id: int) -> HttpResponse:
    """Show the classes of today, and take the one that somebody is."""
    row = stay_for(request.actor, stay_id, P.RELEASE_DECIDE)
    note_people(request.actor, [row], P.RELEASE_DECIDE)
    at = now()
    form = ClassForm(
        request.POST if request.method == "POST" else None,
        offered=[one.code for one in classes_on(day(at))],
    )
    if request.method != "POST" or not form.is_valid():
        return _class_page(request, row, form)
    known = form.known(arrived_on=row.during.lower)
    try:
        displaced = classify(stay=row, known=known, by=request.actor, at=at)
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _class_page(request, row, form, status=409)
    messages.success(request, _("The class is written down."), "ok")
    _tell_of(request, displaced)
    return redirect("isolation_monitoring:stay", row.pk)


def _tell_of(request: StaffRequest, displaced: list[Any]) -> None:
    if displaced:
        messages.warning(
            request,
            _("The bed was booked next. The village now finds another for who comes."),
            "wait",
        )


def _page(
    request: StaffRequest,
    row: Any,
    form: DecideForm,
    open_: bool,
    *,
    status: int = 0,
) -> HttpResponse:
    context = {"row": row, "form": form, "open": open_, **who(row)}
    template = "isolation_monitoring/decide.html"
    return render(request, template, context, status=status or _shape(form))


def _class_page(
    request: StaffRequest, row: Any, form: ClassForm, *, status: int = 0
) -> HttpResponse:
    context = {"row": row, "form": form, **who(row)}
    template = "isolation_monitoring/class.html"
    return render(request, template, context, status=status or _shape(form))


def _shape(form: Any) -> int:
    return 422 if form.is_bound else 200
