"""People in isolation as the three pillars see them: there or not, and safe or not."""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.isolation.arrival.actions.leaving import end_departure, report_left
from smartkampung.isolation.arrival.actions.referred import taken_over
from smartkampung.isolation.arrival.actions.supervising import visit as write_visit
from smartkampung.isolation.arrival.queries import people as queries
from smartkampung.isolation.arrival.rules.visits import Ended, is_far
from smartkampung.isolation.arrival.words import ADVICE, ENDED, FOUND, SAFETY, TESTS
from smartkampung.isolation.monitoring.words import SYMPTOMS
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.web.aid_staff.photos import photos_of
from smartkampung.web.core.headers import may_locate
from smartkampung.web.isolation_arrival import present
from smartkampung.web.isolation_arrival.looks import note_people
from smartkampung.web.isolation_arrival.visiting import EndForm, LeftForm, VisitForm
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.photos import photo_answer

P = Permission
PAGE_SIZE = 25
LEFT, LATELY = "left", timedelta(days=30)


@staff_page(P.STAY_VIEW)
def people(request: StaffRequest) -> HttpResponse:
    """List who is present, those first whom nobody saw for longest; or who left lately."""
    left = request.GET.get("show") == LEFT
    found = (
        queries.left_for(request.actor, P.STAY_VIEW, since=now() - LATELY)
        if left
        else queries.present_for(request.actor, P.STAY_VIEW)
    )
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = list(page)
    note_people(request.actor, rows, P.STAY_VIEW)
    places = present.where({row.reservation.region_code for row in rows})
    items = [
        (row, present.person(row, today()), places[row.reservation.region_code])
        for row in rows
    ]
    query = f"?show={LEFT}&" if left else "?"
    context = {"page": page, "items": items, "left": left, "query": query}
    return render(request, "isolation_arrival/people.html", context)


@staff_page(P.STAY_VIEW)
def person(request: StaffRequest, stay_id: int) -> HttpResponse:
    """Show one person: where, since when, and who came by."""
    row = queries.person_for(request.actor, stay_id, P.STAY_VIEW)
    note_people(request.actor, [row], P.STAY_VIEW)
    region = row.reservation.region_code
    departures = [_departure(one) for one in queries.departures_of(row)]
    about = _about(row)
    if row.state == "present" and any(not one["row"].ended_at for one in departures):
        about["person"]["tag"] = {"text": _("being looked for"), "state": "late"}
    context = {
        **about,
        "visits": [_visit(one) for one in queries.visits_of(row)[:PAGE_SIZE]],
        "departures": departures,
        "answers": request.actor.may_in(P.ESCALATION_ANSWER, region),
        "supervises": request.actor.may_in(P.ISOLATION_SUPERVISE, region)
        and row.state == "present",
    }
    return render(request, "isolation_arrival/person.html", context)


@may_locate
@staff_page(P.ISOLATION_SUPERVISE, "GET", "POST")
def visit(request: StaffRequest, stay_id: int) -> HttpResponse:
    """Take down a visit: presence, safety, position and photo."""
    row = queries.person_for(request.actor, stay_id, P.ISOLATION_SUPERVISE)
    note_people(request.actor, [row], P.ISOLATION_SUPERVISE)
    page = Page("visit", row)
    if request.method != "POST":
        form = VisitForm(initial={"form_id": uuid.uuid4()})
        return page.answer(request, form, 200)
    form = VisitForm(request.POST, request.FILES)
    region = row.reservation.region_code
    photo = photos_of(form, "photo", region_code=region)["photo"]
    if not form.is_valid():
        return page.answer(request, form, 422)
    try:
        write_visit(
            form_id=form.cleaned_data["form_id"],
            stay=row,
            seen=form.seen(photo),
            by=request.actor,
            at=now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return page.answer(request, form, 409)
    messages.success(request, _("The visit is written down."), "ok")
    return redirect("isolation_arrival:person", stay_id)


@staff_page(P.STAY_VIEW)
def photo(request: StaffRequest, visit_id: uuid.UUID) -> HttpResponse:
    """Send the photo of a visit to those who see the person."""
    row = queries.visit_for(request.actor, visit_id)
    note_people(request.actor, [row.stay], P.STAY_VIEW)
    if row.photo is None:
        raise Http404
    return photo_answer(row.photo.path)


@staff_page(P.ISOLATION_SUPERVISE, "GET", "POST")
def left(request: StaffRequest, stay_id: int) -> HttpResponse:
    """Write down that somebody left without permission."""
    row = queries.person_for(request.actor, stay_id, P.ISOLATION_SUPERVISE)
    note_people(request.actor, [row], P.ISOLATION_SUPERVISE)
    page = Page("left", row)
    form = LeftForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return page.answer(request, form, status)
    words = form.cleaned_data["words"]
    try:
        report_left(stay=row, words=words, by=request.actor, at=now())
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return page.answer(request, form, 409)
    done = _("Written down. The Bhabinkamtibmas is told at once.")
    messages.success(request, done, "ok")
    return redirect("isolation_arrival:person", stay_id)


@staff_page(P.ESCALATION_ANSWER, "GET", "POST")
def departure(request: StaffRequest, departure_id: int) -> HttpResponse:
    """Show somebody who left to those who look for them, and take down what came of it."""
    row = queries.departure_for(request.actor, departure_id)
    note_people(request.actor, [row.stay], P.ESCALATION_ANSWER)
    form = EndForm(request.POST if request.method == "POST" else None)
    more = {"departure": _departure(row), "open": row.ended_at is None}
    page = Page("departure", row.stay, more)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return page.answer(request, form, status)
    clean = form.cleaned_data
    try:
        end_departure(
            departure=row,
            ended=Ended(clean["ended"]),
            words=clean["words"],
            by=request.actor,
            at=now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return page.answer(request, form, 409)
    messages.success(request, _("Written down."), "ok")
    return redirect("isolation_arrival:departure", departure_id)


@staff_page(P.ISOLATION_HEALTH_VIEW, "GET", "POST")
def referral(request: StaffRequest, stay_id: int) -> HttpResponse:
    """Show health workers what the checkpoint measured; the hospital takes over."""
    row, screenings = queries.screenings_for(request.actor, stay_id)
    note_people(request.actor, [row], P.ISOLATION_HEALTH_VIEW)
    if request.method == "POST":
        taken_over(stay=row, by=request.actor, at=now())
        messages.success(request, _("Written down."), "ok")
        return redirect("isolation_arrival:referral", stay_id)
    context = {
        **_about(row),
        "screenings": [_screening(one) for one in screenings],
        "waits": queries.is_referred(row),
    }
    return render(request, "isolation_arrival/referral.html", context)


def _about(row: Any) -> dict[str, Any]:
    return {
        "stay": row,
        "person": present.person(row, today()),
        "place": present.destination(row.reservation),
    }


@dataclass(frozen=True)
class Page:
    """A form about a person, and the template that shows it."""

    name: str
    stay: Any
    more: dict[str, Any] = field(default_factory=dict)

    def answer(self, request: StaffRequest, form: Any, status: int) -> HttpResponse:
        """Show the form."""
        context = {**_about(self.stay), "form": form, **self.more}
        template = f"isolation_arrival/{self.name}.html"
        return render(request, template, context, status=status)


def _visit(row: Any) -> dict[str, Any]:
    return {
        "row": row,
        "found": FOUND[row.found],
        "colour": "ok" if row.found == "present" else "late",
        "safety": ", ".join(str(SAFETY[need]) for need in row.safety),
        "far": is_far(row.metres),
    }


def _departure(row: Any) -> dict[str, Any]:
    words, colour = ENDED[row.ended] if row.ended else (_("being looked for"), "late")
    return {"row": row, "words": words, "colour": colour}


def _screening(row: Any) -> dict[str, Any]:
    words, colour = ADVICE[row.advice]
    return {
        "row": row,
        "symptoms": ", ".join(str(SYMPTOMS[symptom]) for symptom in row.symptoms),
        "test": TESTS[row.test],
        "advice": words,
        "colour": colour,
    }
