"""The door of the house, or of the home: beds, consent, and another house."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from smartkampung.accounts.roles import Permission
from smartkampung.isolation.arrival.actions.check_in import check_in
from smartkampung.isolation.arrival.actions.moving import take_elsewhere
from smartkampung.isolation.arrival.queries import parties
from smartkampung.isolation.arrival.queries.beds import choices_for, other_houses
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import whole
from smartkampung.web.isolation_arrival import present
from smartkampung.web.isolation_arrival.forms import CheckInForm, HouseForm
from smartkampung.web.isolation_arrival.looks import note
from smartkampung.web.pages import StaffRequest, staff_page

P = Permission


@never_cache
@staff_page(P.ARRIVAL_RECORD, "GET", "POST")
def enter(request: StaffRequest, key: str) -> HttpResponse:
    """Let in who is here: bed, emergency contact, belongings, consent."""
    row = parties.shown_to(request.actor, key)
    note(request.actor, [row], P.ARRIVAL_RECORD)
    people = parties.expected_of(row)
    if not people and request.method != "POST":
        return redirect("isolation_arrival:hub", key)
    beds = {stay.pk: choices_for(stay, since=today()) for stay in people}
    form = CheckInForm(
        request.POST if request.method == "POST" else None, people=people, beds=beds
    )
    if request.method != "POST":
        return _enter(request, key, row, form)
    if not form.is_valid():
        return _enter(request, key, row, form, 422)
    try:
        came = check_in(
            party=row, beds=form.chosen(), told=form.told(), by=request.actor, at=now()
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _enter(request, key, row, form, 409)
    words = ngettext(
        "%(count)d person is let in.", "%(count)d people are let in.", len(came)
    )
    messages.success(request, words % {"count": len(came)}, "ok")
    return redirect("isolation_arrival:hub", key)


@never_cache
@staff_page(P.ARRIVAL_RECORD, "GET", "POST")
def other(request: StaffRequest, key: str) -> HttpResponse:
    """Send a party to another house: this one is full, or they stand at that one."""
    row = parties.shown_to(request.actor, key)
    note(request.actor, [row], P.ARRIVAL_RECORD)
    houses = other_houses(row, today=today())
    data = request.POST if request.method == "POST" else None
    form = HouseForm(data, houses=_words(houses))
    if data is None:
        return _other(request, key, row, form)
    if not form.is_valid():
        return _other(request, key, row, form, 422)
    try:
        house = take_elsewhere(
            party=row,
            house_id=int(form.cleaned_data["house"]),
            by=request.actor,
            at=now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _other(request, key, row, form, 409)
    words = _("They go to %(house)s now.") % {"house": house}
    messages.success(request, words, "ok")
    return redirect("isolation_arrival:door")


def _words(houses: list[Any]) -> list[tuple[int, str]]:
    names = present.where({house.village for house in houses})
    return [
        (house.house_id, ", ".join(filter(None, _facts(house, names[house.village]))))
        for house in houses
    ]


def _facts(house: Any, village: str) -> list[str]:
    free = ngettext("%(count)d free bed", "%(count)d free beds", house.free)
    way = "" if house.km is None else f"± {whole(round(house.km))} km"
    return [house.name, village, way, free % {"count": house.free}]


def _enter(
    request: StaffRequest, key: str, row: Any, form: CheckInForm, status: int = 200
) -> HttpResponse:
    context = {
        "key": key,
        "party": present.party(row, today()),
        "form": form,
        "shifts": row.arrives_on != today() and row.state == "booked",
    }
    return render(request, "isolation_arrival/check_in.html", context, status=status)


def _other(
    request: StaffRequest, key: str, row: Any, form: HouseForm, status: int = 200
) -> HttpResponse:
    context = {"key": key, "party": present.party(row, today()), "form": form}
    return render(request, "isolation_arrival/other.html", context, status=status)
