"""Who comes without a booking, one more than booked, or not at all."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from smartkampung.accounts.roles import Permission
from smartkampung.isolation.actions.reserve import reserve
from smartkampung.isolation.arrival.actions.moving import admit, not_coming
from smartkampung.isolation.arrival.queries import parties
from smartkampung.isolation.rules.intake import MOST_GUESTS
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.web.isolation_arrival import present
from smartkampung.web.isolation_arrival.looks import note
from smartkampung.web.isolation_arrival.walking_in import (
    CountForm,
    GoneForm,
    PersonForm,
    WalkInForm,
    persons,
    wish_of,
)
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.typed import row_id

P = Permission
JOINED = gettext_lazy("%(name)s is written down with them.")


@never_cache
@staff_page(P.ARRIVAL_RECORD, "GET", "POST")
def walk_in(request: StaffRequest) -> HttpResponse:
    """Take in people without a booking: how many, who, and where to."""
    count = row_id(request.GET.get("people", "")) or 0
    if not 1 <= count <= MOST_GUESTS:
        return render(request, "isolation_arrival/count.html", {"form": CountForm()})
    data = request.POST if request.method == "POST" else None
    form = WalkInForm(data, initial={"form_id": uuid.uuid4()})
    guests = persons(data, count)
    if data is None:
        return _walk_in(request, form, guests, 200)
    sound = [form.is_valid(), *[guest.is_valid() for guest in guests]]
    if not all(sound):
        return _walk_in(request, form, guests, 422)
    key = str(form.cleaned_data["form_id"])
    try:
        booked = reserve(
            wish_of(form, guests, on=today()),
            key=key,
            at=now(),
            by=request.actor.username,
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _walk_in(request, form, guests, 409)
    if booked.state == "waiting":
        return redirect("isolation_arrival:hub", booked.code)
    return redirect("isolation_arrival:screen", booked.code)


@never_cache
@staff_page(P.ARRIVAL_RECORD, "GET", "POST")
def join(request: StaffRequest, key: str) -> HttpResponse:
    """Take one more person in than was booked."""
    row = parties.shown_to(request.actor, key)
    note(request.actor, [row], P.ARRIVAL_RECORD)
    page = Page("join", key, row)
    form = PersonForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return page.answer(request, form, status)
    try:
        stay = admit(party=row, guest=form.guest(), by=request.actor, at=now())
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return page.answer(request, form, 409)
    messages.success(request, str(JOINED) % {"name": stay.name}, "ok")
    return redirect("isolation_arrival:hub", key)


@never_cache
@staff_page(P.ARRIVAL_RECORD, "GET", "POST")
def gone(request: StaffRequest, key: str) -> HttpResponse:
    """Write down who is not coming."""
    row = parties.shown_to(request.actor, key)
    note(request.actor, [row], P.ARRIVAL_RECORD)
    page = Page("gone", key, row)
    people = parties.expected_of(row)
    form = GoneForm(request.POST if request.method == "POST" else None, people=people)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return page.answer(request, form, status)
    try:
        chosen = [int(pk) for pk in form.cleaned_data["people"]]
        not_coming(party=row, people=chosen, by=request.actor, at=now())
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return page.answer(request, form, 409)
    messages.success(request, _("Written down. The beds go to who waits."), "ok")
    return redirect("isolation_arrival:hub", key)


def _walk_in(
    request: StaffRequest, form: WalkInForm, guests: list[PersonForm], status: int
) -> HttpResponse:
    context = {"form": form, "guests": guests}
    return render(request, "isolation_arrival/walk_in.html", context, status=status)


@dataclass(frozen=True)
class Page:
    """A form about a party, and the template that shows it."""

    name: str
    key: str
    row: Any

    def answer(self, request: StaffRequest, form: Any, status: int) -> HttpResponse:
        """Show the form."""
        context = {
            "key": self.key,
            "party": present.party(self.row, today()),
            "form": form,
        }
        template = f"isolation_arrival/{self.name}.html"
        return render(request, template, context, status=status)
