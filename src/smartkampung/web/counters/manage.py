"""Counters of one's area; set one up, close days, see what the phase allows and why."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.language import either
from smartkampung.kernel.wording import long_day
from smartkampung.regions.codes import level
from smartkampung.regions.queries import names, villages_of
from smartkampung.reopening.counters.actions import offices as actions
from smartkampung.reopening.counters.queries import offices
from smartkampung.reopening.counters.queries.capacity import Allowed, allowed_over
from smartkampung.web.counters.present import name_of, office_of
from smartkampung.web.counters.staff_forms import (
    ClosedForm,
    CounterForm,
    PlaceForm,
    initial_of,
    read_day,
)
from smartkampung.web.pages import StaffRequest, staff_page

SERVE, MANAGE = Permission.COUNTER_SERVE, Permission.COUNTER_MANAGE
SHOWN_DAYS = 7


@staff_page(SERVE)
def counters(request: StaffRequest) -> HttpResponse:
    """List the counters of one's area."""
    rows = offices.counters_for(request.actor)
    context = {
        "rows": [
            {"row": row, "office": office_of(row), "services": ", ".join(row.services)}
            for row in rows
        ],
        "may_manage": request.actor.may(MANAGE),
    }
    return render(request, "counters_staff/counters.html", context)


@staff_page(MANAGE, "GET", "POST")
def new(request: StaffRequest) -> HttpResponse:
    """Open a counter at an office of one's area."""
    data = request.POST or None
    place = PlaceForm(data, offices=_offices(request))
    form = CounterForm(data, initial=initial_of(None, []))
    status = 200
    if data is not None:
        status = 422
        if place.is_valid() and form.is_valid():
            try:
                counter = _open(request, place.cleaned_data["region"], form)
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
                status = 409
            else:
                messages.success(request, _("The counter is open."), "ok")
                return redirect("counters_staff:manage", counter.pk)
    context = {"place": place, "form": form}
    return render(request, "counters_staff/new.html", context, status=status)


def _open(request: StaffRequest, region: str, form: CounterForm) -> Any:
    by, at = request.actor.username, now()
    counter = actions.open_counter(
        region=region,
        name=form.cleaned_data["name"],
        services=form.cleaned_data["services"],
        by=by,
        at=at,
    )
    actions.set_hours(counter=counter, hours=form.hours(), by=by, at=at)
    return counter


def _offices(request: StaffRequest) -> list[tuple[str, str]]:
    """Return the offices at which one may open a counter."""
    mine = request.actor.regions_where(MANAGE)
    kecamatan = [code for code in mine if level(code) == "kecamatan"]
    known = names(kecamatan)
    return [
        *((code, f"Kecamatan {known.get(code, code)}") for code in kecamatan),
        *((row.code, f"{row.kind.title()} {row.name}") for row in villages_of(*mine)),
    ]


@staff_page(MANAGE, "GET", "POST")
def manage(request: StaffRequest, counter_id: int) -> HttpResponse:
    """Change what a counter serves and when; people who booked are kept."""
    counter = offices.counter_for(request.actor, counter_id, MANAGE)
    initial = initial_of(counter, offices.openings_of(counter))
    form = CounterForm(request.POST or None, initial=initial)
    if request.method != "POST":
        return _manage(request, counter, form)
    if not form.is_valid():
        return _manage(request, counter, form, status=422)
    by, at, clean = request.actor.username, now(), form.cleaned_data
    try:
        actions.change_counter(
            counter=counter,
            name=clean["name"],
            services=clean["services"],
            is_open=clean["is_open"],
            by=by,
            at=at,
        )
        actions.set_hours(counter=counter, hours=form.hours(), by=by, at=at)
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _manage(request, counter, form, status=409)
    messages.success(request, _("The counter is changed."), "ok")
    return redirect("counters_staff:manage", counter.pk)


@staff_page(MANAGE, "POST")
def closed(request: StaffRequest, counter_id: int) -> HttpResponse:
    """Close a day, or open it again."""
    counter = offices.counter_for(request.actor, counter_id, MANAGE)
    by, at = request.actor.username, now()
    if again := request.POST.get("open", ""):
        on = read_day(again, today())
        actions.open_day(counter=counter, on=on, by=by, at=at)
        return redirect("counters_staff:manage", counter_id)
    form = ClosedForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            actions.close_day(counter=counter, **form.cleaned_data, by=by, at=at)
        except Refused as refusal:
            form.add_error("on", str(refusal.message))
            status = 409
        else:
            return redirect("counters_staff:manage", counter_id)
    shown = CounterForm(initial=initial_of(counter, offices.openings_of(counter)))
    return _manage(request, counter, shown, closed_form=form, status=status)


def _manage(
    request: StaffRequest,
    counter: Any,
    form: CounterForm,
    *,
    closed_form: ClosedForm | None = None,
    status: int = 200,
) -> HttpResponse:
    days = [today() + timedelta(days=number) for number in range(SHOWN_DAYS)]
    found = list(allowed_over(counter.region_id, days).items())
    villages = names({one.village for _on, one in found})
    context = {
        "counter": counter,
        "where": name_of(counter),
        "form": form,
        "closed_form": closed_form or ClosedForm(),
        "closed_days": offices.closed_days_of(counter, since=today()),
        "allowed": [_allowed(on, one, villages) for on, one in found],
        "links": list(_links(counter)),
        "wall": f"{settings.SITE_URL}{reverse('counters:wall', args=[counter.pk])}",
    }
    return render(request, "counters_staff/manage.html", context, status=status)


def _allowed(on: Any, one: Allowed, villages: dict[str, str]) -> dict[str, Any]:
    regime = one.regime
    return {
        "on": long_day(on),
        "percent": one.percent,
        "phase": either(regime.phase.name, regime.phase.name_en) if regime else "",
        "reason": regime.reason if regime else "",
        "reference": regime.legal_reference if regime else "",
        "village": villages.get(one.village, ""),
    }


def _links(counter: Any) -> Any:
    """Return for each service a text with a link that opens at its times."""
    base = f"{settings.SITE_URL}{reverse('counters:form')}?office={counter.pk}"
    for number, service in enumerate(counter.services, 1):
        text = _("Book a time at %(office)s: %(link)s") % {
            "office": office_of(counter),
            "link": f"{base}&service={number}",
        }
        yield {
            "service": service,
            "text": text,
            "sms": f"sms:?body={quote(text)}",
            "whatsapp": f"https://wa.me/?text={quote(text)}",
        }
