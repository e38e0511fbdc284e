"""What the code of a place opens to its owner: where it stands, and its own checklist."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import day, now, today
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import long_day, moment
from smartkampung.reopening.places.actions.inspecting import assess_own
from smartkampung.reopening.places.actions.registering import (
    DECIDE_WITHIN,
    INSPECT_WITHIN,
)
from smartkampung.reopening.places.queries import register, standing
from smartkampung.reopening.places.queries.protocols import checklist_on
from smartkampung.reopening.places.rules.standing import Standing, State
from smartkampung.reopening.places.words import KINDS
from smartkampung.web.limits import limited
from smartkampung.web.pages import public_page
from smartkampung.web.protocols import present
from smartkampung.web.protocols.forms import ChecklistForm
from smartkampung.web.protocols.paper import certificate_pdf, poster_pdf

OPENED = Limit("places.mine", 240, timedelta(minutes=10))
OPENED_BY_ALL = Limit("places.mine_by_all", 12_000, timedelta(minutes=1))


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page()
def mine(request: HttpRequest, code: str) -> HttpResponse:
    """Show an owner where their place stands, and what they can do."""
    place = _found(code)
    file = register.file_of(place)
    verdict = standing.verdict_on(standing.certificate_of(place), today())
    assessed = file.assessments[0] if file.assessments else None
    visit = file.inspections[0] if file.inspections else None
    room = register.room_on(place, today())
    context = {
        "code": code,
        "place": place,
        "kind": KINDS[place.kind],
        "where": present.area(place.region_code),
        "state": present.place_tag(place.state),
        "why": place.reason,
        "registered": place.state == State.REGISTERED,
        "may_hang": not room.suspended,
        "verdict": verdict,
        "may_print": verdict.standing == Standing.VALID,
        "tag": present.standing_tag(verdict.standing if verdict.certificate else ""),
        "suspended_why": present.reason(verdict.why),
        "room": present.room(room),
        "steps": _steps(file),
        "assessed": assessed,
        "lacking": _lacking(assessed),
        "visit": visit,
        "failed_by": present.why_failed(visit) if visit else "",
        "found": present.lines(visit.protocol, visit.kept) if visit else [],
    }
    return render(request, "protocols/mine.html", context)


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page("GET", "HEAD", "POST")
def assess(request: HttpRequest, code: str) -> HttpResponse:
    """Let an owner go through the checklist of their own place."""
    place = _found(code)
    found = checklist_on(place.kind, today())
    if found is None or place.state != State.REGISTERED:
        raise Http404
    sent = request.method == "POST"
    form = ChecklistForm(
        request.POST if sent else None,
        checklist=found[1],
        initial={"form_id": uuid.uuid4()},
    )
    status = 200
    if sent:
        status = 422
        if form.is_valid():
            try:
                assess_own(
                    place=place,
                    form_id=form.cleaned_data["form_id"],
                    kept=form.kept(),
                    at=now(),
                )
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
                status = 409
            else:
                messages.success(request, _("Thank you. It is written down."), "ok")
                return redirect("protocols:mine", code)
    context = {"form": form, "place": place, "code": code}
    return render(request, "protocols/assess.html", context, status=status)


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page()
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Return the certificate to hang up; 404 while none is valid."""
    paper = certificate_pdf(_found(code))
    if paper is None:
        raise Http404
    return paper


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page()
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """Return the poster of how many may come today; 404 while the place is suspended."""
    place = _found(code)
    room = register.room_on(place, today())
    if place.state != State.REGISTERED or room.suspended:
        raise Http404
    return poster_pdf(place, room)


def _found(code: str) -> Any:
    place = register.place_by_code(code)
    if place is None:
        raise Http404
    return place


def _lacking(assessed: Any) -> list[str]:
    if assessed is None:
        return []
    rows = present.lines(assessed.protocol, assessed.kept)
    return [row["text"] for row in rows if not row["met"]]


def _steps(file: register.File) -> list[dict[str, Any]]:
    """Return the way of a place: told, registered, inspected, certified."""
    place, asked = file.place, file.place.state == State.ASKED
    steps = [_step("done", _("Told to the village"), place.asked_at)]
    if asked:
        due = day(place.asked_at + DECIDE_WITHIN)
        steps.append(_due(_("The village looks at it"), due))
    elif place.state == State.REFUSED:
        steps.append(_step("done", _("Not registered"), place.decided_at))
        return steps
    else:
        steps.append(_step("done", _("Registered"), place.decided_at))
    visits = file.inspections
    if visits:
        words = (
            _("Inspected and passed")
            if visits[0].passed
            else _("Inspected, not passed")
        )
        steps.append(_step("done", words, visits[0].at))
    elif asked or place.state == State.CLOSED:
        steps.append(_step("next", _("Inspection"), None))
    else:
        since = place.decided_at or place.asked_at
        steps.append(_due(_("Inspection"), day(since + INSPECT_WITHIN)))
    certified = file.certificates
    steps.append(
        _step("done", _("Certificate"), certified[0].at)
        if certified
        else _step("next", _("Certificate"), None)
    )
    return steps


def _step(state: str, title: str, at: Any) -> dict[str, Any]:
    return {"state": state, "title": title, "when": moment(at) if at else ""}


def _due(title: str, on: date) -> dict[str, Any]:
    """Return the step that is waited for now, with the day that was promised."""
    by = _("At the latest %(day)s") % {"day": long_day(on)}
    return {"state": "late" if on < today() else "now", "title": title, "when": by}
