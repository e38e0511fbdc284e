"""The checkpoint: type or scan the code, screen, send on with instructions."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from smartkampung.accounts.roles import Permission
from smartkampung.isolation.arrival.actions.gate import Gate, let_through
from smartkampung.isolation.arrival.queries import parties
from smartkampung.isolation.arrival.queries.gate import coming_through
from smartkampung.isolation.arrival.rules.coming import bars_to_arrive
from smartkampung.isolation.arrival.words import BARS
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.web.isolation_arrival import present
from smartkampung.web.isolation_arrival.forms import (
    PassForm,
    ScreenForm,
    fresh_screening,
)
from smartkampung.web.isolation_arrival.looks import note
from smartkampung.web.pages import StaffRequest, staff_page

P = Permission
MOST, LONGEST_NAME = 50, 80
MOVABLE = ("waiting", "held", "booked", "arrived")


@never_cache
@staff_page(P.ARRIVAL_RECORD, "GET", "POST")
def door(request: StaffRequest) -> HttpResponse:
    """Ask for the code of a booking, and list who is expected without one at hand."""
    form = PassForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        if parties.by_code(request.actor, code) is not None:
            return redirect("isolation_arrival:hub", code)
        form.unknown()
    on, name = today(), request.GET.get("name", "").strip()[:LONGEST_NAME]
    here = parties.expected_for(request.actor, P.ARRIVAL_RECORD, today=on, name=name)
    through = coming_through(request.actor, today=on, name=name, most=MOST)
    rows = [*through, *here.exclude(pk__in=[row.pk for row in through])[:MOST]]
    note(request.actor, rows, P.ARRIVAL_RECORD)
    context = {
        "form": form,
        "name": name,
        "parties": present.brief(rows, on),
    }
    status = 422 if form.is_bound else 200
    return render(request, "isolation_arrival/door.html", context, status=status)


@never_cache
@staff_page(P.ARRIVAL_RECORD)
def hub(request: StaffRequest, key: str) -> HttpResponse:
    """Show a party and what can be done now."""
    row = _shown(request, key)
    bars = [BARS[bar] for bar in bars_to_arrive(row.state)]
    expected = parties.expected_of(row)
    through = parties.through_of(expected)
    context = {
        "key": key,
        "party": present.party(row, today()),
        "bars": bars,
        "expected": bool(expected) and not bars,
        "through": bool(through) and len(through) == len(expected),
        "in_house": row.house is not None,
        "may_move": row.state in MOVABLE,
    }
    return render(request, "isolation_arrival/hub.html", context)


@never_cache
@staff_page(P.ARRIVAL_RECORD, "GET", "POST")
def screen(request: StaffRequest, key: str) -> HttpResponse:
    """Take down how those of a party are who came through."""
    row = _shown(request, key)
    people = parties.expected_of(row)
    if not people and request.method != "POST":
        return redirect("isolation_arrival:hub", key)
    if request.method != "POST":
        return _screen(request, key, row, fresh_screening(people, row.entry_point))
    form = ScreenForm(request.POST, people=people)
    if not form.is_valid():
        return _screen(request, key, row, form, 422)
    gate = Gate(
        form_id=form.cleaned_data["form_id"],
        place=form.cleaned_data["place"],
        screened=form.screened(),
    )
    try:
        let_through(party=row, gate=gate, by=request.actor, at=now())
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _screen(request, key, row, form, 409)
    return redirect("isolation_arrival:passed", key)


@never_cache
@staff_page(P.ARRIVAL_RECORD)
def passed(request: StaffRequest, key: str) -> HttpResponse:
    """Say to each where to go now; to be read aloud or printed."""
    row = _shown(request, key)
    people = parties.people_of(row)
    context = {
        "key": key,
        "party": present.party(row, today()),
        "ill": [stay.name for stay in people if stay.state == "hospital"],
        "on": [stay.name for stay in people if stay.state == "expected"],
        "house": row.house,
    }
    return render(request, "isolation_arrival/passed.html", context)


def _shown(request: StaffRequest, key: str) -> Any:
    row = parties.shown_to(request.actor, key)
    note(request.actor, [row], P.ARRIVAL_RECORD)
    return row


def _screen(
    request: StaffRequest, key: str, row: Any, form: ScreenForm, status: int = 200
) -> HttpResponse:
    context = {"key": key, "party": present.party(row, today()), "form": form}
    return render(request, "isolation_arrival/screen.html", context, status=status)
