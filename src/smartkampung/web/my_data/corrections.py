"""Ask that something recorded be corrected, and see what became of it."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import moment
from smartkampung.residents.actions.corrections import request_correction
from smartkampung.residents.corrections.words import LABELS
from smartkampung.residents.queries import Person
from smartkampung.residents.queries.own import (
    member_of_own_family,
    own_corrections,
    own_family,
)
from smartkampung.residents.rules.corrections import RESIDENT, Field
from smartkampung.residents.subject import Subject
from smartkampung.web.aid_staff.photos import kept
from smartkampung.web.limits import limited
from smartkampung.web.my_data.wishes import CORRECTABLE, ChooseForm, WishForm
from smartkampung.web.my_data.words import CORRECTION_STATES
from smartkampung.web.pages import ResidentRequest, resident_page
from smartkampung.web.people import present

ASKED = Limit("my_data.correction", 60, timedelta(minutes=10))


@resident_page()
def corrections(request: ResidentRequest) -> HttpResponse:
    """Ask whose record is wrong, and where; below, what was asked before."""
    members = own_family(request.subject).members
    form = ChooseForm(request.GET or None, members=members)
    if form.is_valid():
        chosen = form.cleaned_data
        return redirect("my_data:correct", chosen["person"], chosen["field"].value)
    context = {"form": form, "wishes": wishes_of(request.subject)}
    status = 422 if form.is_bound else 200
    return render(request, "my_data/corrections.html", context, status=status)


@limited(address=ASKED)
@resident_page("GET", "HEAD", "POST")
def correct(request: ResidentRequest, pk: int, field: str) -> HttpResponse:
    """Ask what the record should say, and send it to the village."""
    person, asked = member_of_own_family(request.subject, pk), _field(field)
    if request.method != "POST":
        return _page(request, person, asked, WishForm(field=asked))
    form = WishForm(request.POST, request.FILES, field=asked)
    photo_id = kept(form, "photo", person.region_code) if form.is_valid() else None
    if form.errors:
        return _page(request, person, asked, form, status=422)
    try:
        wish = request_correction(
            person=person,
            field=asked,
            evidence_id=photo_id,
            by=RESIDENT,
            at=now(),
            **form.cleaned_data,
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, person, asked, form, status=409)
    due = moment(wish.due_at)
    messages.success(
        request, _("Sent to the village. You hear by %(when)s.") % {"when": due}
    )
    return redirect("my_data:corrections")


def wishes_of(subject: Subject) -> list[dict[str, Any]]:
    """Return every wish of the family with its clock, the newest first."""
    return [
        {
            "wish": wish,
            "label": LABELS[Field(wish.field)],
            "tag": CORRECTION_STATES[wish.state],
        }
        for wish in own_corrections(subject)
    ]


def _field(name: str) -> Field:
    if name not in CORRECTABLE:
        raise Http404
    return Field(name)


def _page(
    request: ResidentRequest,
    person: Person,
    field: Field,
    form: WishForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "person": person,
        "label": LABELS[field],
        "recorded": present.recorded(person, field.value),
    }
    return render(request, "my_data/correct.html", context, status=status)
