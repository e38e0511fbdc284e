"""A visitor says what is not kept at a place, and reads the answer by a code."""

import uuid
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from smartkampung.intake.actions.photos import keep_photo
from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import long_day, moment
from smartkampung.reopening.places.actions.complaining import complain as write
from smartkampung.reopening.places.queries import register
from smartkampung.reopening.places.rules.telling import ComplaintStep
from smartkampung.web.limits import limited, who_asks
from smartkampung.web.pages import public_page
from smartkampung.web.protocols.forms import ComplaintForm

SENT = Limit("places.complained", 20, timedelta(minutes=10))
SENT_BY_ALL = Limit("places.complained_by_all", 3_000, timedelta(minutes=1))
OPENED = Limit("places.complaint_opened", 240, timedelta(minutes=10))
OPENED_BY_ALL = Limit("places.complaint_opened_by_all", 12_000, timedelta(minutes=1))


@limited(address=SENT, everybody=SENT_BY_ALL)
@never_cache
@public_page("GET", "HEAD", "POST")
def complain(request: HttpRequest, place_id: int) -> HttpResponse:
    """Take in a complaint; the same form sent twice lands on the same code."""
    place = register.public_place(place_id)
    sent = request.method == "POST"
    form = ComplaintForm(
        request.POST if sent else None,
        request.FILES if sent else None,
        initial={"form_id": uuid.uuid4()},
    )
    status = 200
    if sent:
        status = 422
        if form.is_valid():
            try:
                return redirect("protocols:complaint", _written(request, place, form))
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
                status = 409
    context = {"form": form, "place": place}
    return render(request, "protocols/complain.html", context, status=status)


def _written(request: HttpRequest, place: Any, form: ComplaintForm) -> str:
    given, at = form.cleaned_data, now()
    photo = None
    if given["photo"]:
        photo = keep_photo(
            file=given["photo"],
            region_code=place.region_code,
            at=at,
            form_id=given["form_id"],
            sender=who_asks(request),
        ).pk
    return write(
        place=place, form_id=given["form_id"], text=given["text"], photo=photo, at=at
    )


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page()
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """Show where a complaint is, and what was answered."""
    found = register.complaint_by_code(code, at=now())
    if found is None:
        raise Http404
    context = {
        "code": code,
        "place": found.complaint.place,
        "answer": found.complaint.answer,
        "steps": _steps(found),
    }
    return render(request, "protocols/complaint.html", context)


def _steps(found: register.Complained) -> list[dict[str, Any]]:
    reached, row = found.case.reached, found.complaint
    steps = [_done(_("Arrived"), found.case.opened_at)]
    if ComplaintStep.ANSWERED in reached:
        steps.append(_done(_("Answered"), reached[ComplaintStep.ANSWERED]))
    else:
        due = found.case.due_on or today()
        by = _("At the latest %(day)s") % {"day": long_day(due)}
        state = "late" if due < today() else "now"
        steps.append({"state": state, "title": _("Answer"), "when": by})
    if ComplaintStep.INSPECTED in reached:
        steps.append(_done(_("Inspected again"), reached[ComplaintStep.INSPECTED]))
    elif row.inspects:
        steps.append({"state": "now", "title": _("Another inspection"), "when": ""})
    return steps


def _done(title: str, at: Any) -> dict[str, Any]:
    return {"state": "done", "title": title, "when": moment(at)}
