"""Places as their village, inspectors and offices see them; entering and deciding."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.queries.people import full_names
from smartkampung.accounts.roles import Permission as P
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.reopening.places.actions import registering
from smartkampung.reopening.places.actions.recoding import renew_code
from smartkampung.reopening.places.queries import register, standing
from smartkampung.reopening.places.rules.standing import Standing, State, Suspending
from smartkampung.reopening.places.words import KINDS, STANDINGS, STATES
from smartkampung.web.aid_staff.present import where
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.people import areas
from smartkampung.web.photos import photo_answer
from smartkampung.web.protocols import present
from smartkampung.web.protocols.forms import (
    WHEN_NO,
    PlaceForm,
    ReasonForm,
    choice_form,
)
from smartkampung.web.protocols.paper import certificate_pdf

PAGE_SIZE = 25
ALL = ("", gettext_lazy("All"))
NONE = "none"
CERTIFICATES = [
    *((one.value, STANDINGS[one][1]) for one in (Standing.VALID, Standing.SUSPENDED)),
    *((one.value, STANDINGS[one][1]) for one in (Standing.EXPIRED,)),
    (NONE, gettext_lazy("no certificate")),
]
DecideForm = choice_form(
    [
        ("yes", gettext_lazy("Take it into the register")),
        ("no", gettext_lazy("Do not register it")),
    ],
    required=False,
    read_by=WHEN_NO,
)


class FilterForm(forms.Form):
    """Where, what kind, and how it stands."""

    place = forms.ChoiceField(label=gettext_lazy("Place"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of place"),
        required=False,
        choices=[ALL, *KINDS.items()],
    )
    state = forms.ChoiceField(
        label=gettext_lazy("In the register"),
        required=False,
        choices=[ALL, *((one.value, words[1]) for one, words in STATES.items())],
    )
    standing = forms.ChoiceField(
        label=gettext_lazy("Certificate"),
        required=False,
        choices=[ALL, *CERTIFICATES],
    )

    def __init__(self, data: Any, *, actor: Any) -> None:
        super().__init__(data)
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [ALL, *areas.choices(actor, (P.PLACE_VIEW,))]


@staff_page(P.PLACE_VIEW)
def places(request: StaffRequest) -> HttpResponse:
    """List the places of the area, narrowed as one likes."""
    actor = request.actor
    form = FilterForm(request.GET, actor=actor)
    form.is_valid()
    asked = {name: form.cleaned_data.get(name, "") for name in form.fields}
    found = asked["standing"]
    rows = register.narrowed(
        register.with_standing(register.places_for(actor, P.PLACE_VIEW), today()),
        region=asked["place"],
        kind=asked["kind"],
        state=asked["state"],
        standing=None if not found else "" if found == NONE else found,
    )
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    words = where({row.region_code for row in page})
    context = {
        "form": form,
        "page": page,
        "query": "?" + urlencode(asked) + "&",
        "narrowed": any(asked.values()),
        "items": [
            {
                "row": row,
                "kind": KINDS[row.kind],
                "where": words[row.region_code],
                "state": present.place_tag(row.state),
                "standing": present.standing_tag(row.standing),
                "registered": row.state == State.REGISTERED,
            }
            for row in page
        ],
        "may_add": actor.may(P.PLACE_REGISTER),
        "may_inspect": actor.may(P.PLACE_INSPECT),
    }
    return render(request, "protocols/places.html", context)


@staff_page(P.PLACE_VIEW)
def place(request: StaffRequest, place_id: int) -> HttpResponse:
    """Show a place: how it stands, every visit, and what this officer may do."""
    return place_page(request, place_id)


def place_page(
    request: StaffRequest,
    place_id: int,
    *,
    code: str = "",
    renewed: bool = False,
    number: str = "",
    problem: str = "",
    wrong: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Return the page of a place, with a form that went wrong or a phone to call."""
    row = register.place_for(request.actor, place_id, P.PLACE_VIEW)
    verdict = standing.verdict_on(standing.certificate_of(row), today())
    wrong = wrong or {}
    context = {
        "place": row,
        "kind": KINDS[row.kind],
        "where": present.area(row.region_code),
        "state": present.place_tag(row.state),
        "verdict": verdict,
        "may_print": verdict.standing == Standing.VALID,
        "tag": present.standing_tag(verdict.standing if verdict.certificate else ""),
        "why": present.reason(verdict.why),
        "until": present.until(verdict.certificate.until)
        if verdict.certificate
        else "",
        "room": present.room(register.room_on(row, today()))
        if row.state == State.REGISTERED
        else None,
        "code": code,
        "renewed": renewed,
        "number": number,
        "problem": problem,
        "has_phone": row.contact_phone is not None
        and request.actor.may_in(P.PLACE_VIEW, row.region_code),
        "decide_form": wrong.get("decide") or DecideForm(),
        "close_form": wrong.get("close") or ReasonForm(),
        **_history(row),
        **_rights(request.actor, row),
    }
    return render(request, "protocols/staff_place.html", context, status=status)


def _history(row: Any) -> dict[str, Any]:
    """Return what was found at a place, and what was said of it."""
    file = register.file_of(row)
    names = full_names({visit.by for visit in file.inspections})
    return {
        "visits": [
            {
                "row": visit,
                "by": names.get(visit.by, visit.by),
                "why": present.why_failed(visit),
                "lines": present.lines(visit.protocol, visit.kept),
                "photos": [photo.upload for photo in visit.photos.all()],
            }
            for visit in file.inspections
        ],
        "assessed": file.assessments[0] if file.assessments else None,
        "complaints": file.complaints,
    }


def _rights(actor: Actor, row: Any) -> dict[str, Any]:
    """Return what this officer may do with a place now."""
    held, where = standing.open_suspension(row), row.region_code
    registered, own = row.state == State.REGISTERED, row.run_by == actor.username
    registers = actor.may_in(P.PLACE_REGISTER, where)
    suspends = actor.may_in(P.PLACE_SUSPEND, where) and registered
    inspects = actor.may_in(P.PLACE_INSPECT, where) and registered
    return {
        "held": held,
        "held_why": present.reason(held.reason) if held else "",
        "proposed": held is not None and held.state == Suspending.PROPOSED,
        "own": own,
        "may_decide": registers and row.state == State.ASKED,
        "may_close": registers and registered,
        "may_renew": registers and row.state in (State.ASKED, State.REGISTERED),
        "may_inspect": inspects and not own,
        "may_suspend": suspends and held is None,
        "may_judge": suspends and held is not None,
    }


@staff_page(P.PLACE_REGISTER, "GET", "HEAD", "POST")
def add(request: StaffRequest) -> HttpResponse:
    """Enter a place; its owner's code is shown once."""
    sent = request.method == "POST"
    form = PlaceForm(
        request.POST if sent else None,
        actor=request.actor,
        initial={"form_id": uuid.uuid4()},
    )
    status = 200
    if sent:
        status = 422
        if form.is_valid():
            try:
                code = registering.register_place(
                    plan=form.plan(), by=request.actor, at=now()
                )
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
                status = 409
            else:
                row = register.place_by_code(code)
                assert row is not None
                return place_page(request, row.pk, code=code)
    context = {
        "form": form,
        "title": _("Enter a place"),
        "button": _("Enter it"),
        "place": None,
    }
    return render(request, "protocols/form.html", context, status=status)


@staff_page(P.PLACE_REGISTER, "POST")
def decide(request: StaffRequest, place_id: int) -> HttpResponse:
    """Take a place into the register, or say why not."""
    row = register.place_for(request.actor, place_id, P.PLACE_REGISTER)
    form = DecideForm(request.POST)
    if not form.is_valid():
        return place_page(request, place_id, wrong={"decide": form}, status=422)
    try:
        registering.decide_place(
            place=row,
            accepted=form.cleaned_data["answer"] == "yes",
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=now(),
        )
    except Refused as refusal:
        return place_page(
            request,
            place_id,
            wrong={"decide": form},
            problem=str(refusal.message),
            status=409,
        )
    messages.success(request, _("Written down. The owner hears of it."), "ok")
    return redirect("protocols_staff:place", place_id)


@staff_page(P.PLACE_REGISTER, "POST")
def close(request: StaffRequest, place_id: int) -> HttpResponse:
    """Take a place out of the register for good."""
    row = register.place_for(request.actor, place_id, P.PLACE_REGISTER)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return place_page(request, place_id, wrong={"close": form}, status=422)
    try:
        registering.close_place(
            place=row, reason=form.cleaned_data["reason"], by=request.actor, at=now()
        )
    except Refused as refusal:
        return place_page(
            request,
            place_id,
            wrong={"close": form},
            problem=str(refusal.message),
            status=409,
        )
    messages.success(request, _("The place is closed for good."), "ok")
    return redirect("protocols_staff:place", place_id)


@staff_page(P.PLACE_REGISTER, "POST")
def renew(request: StaffRequest, place_id: int) -> HttpResponse:
    """Give the owner a new code, shown once; the old one ends."""
    row = register.place_for(request.actor, place_id, P.PLACE_REGISTER)
    try:
        code = renew_code(place=row, by=request.actor, at=now())
    except Refused as refusal:
        return place_page(request, place_id, problem=str(refusal.message), status=409)
    return place_page(request, place_id, code=code, renewed=True)


@staff_page(P.PLACE_VIEW, "POST")
def phone(request: StaffRequest, place_id: int) -> HttpResponse:
    """Show the phone of the person in charge; who looked is written down."""
    row = register.place_for(request.actor, place_id, P.PLACE_VIEW)
    if not request.actor.may_in(P.PLACE_VIEW, row.region_code):
        raise Http404
    number = registering.show_phone(place=row, by=request.actor)
    return place_page(request, place_id, number=number)


@staff_page(P.PLACE_VIEW)
def certificate(request: StaffRequest, place_id: int) -> HttpResponse:
    """Return the certificate to print for an owner; 404 while none is valid."""
    row = register.place_for(request.actor, place_id, P.PLACE_VIEW)
    paper = certificate_pdf(row)
    if paper is None:
        raise Http404
    return paper


@staff_page(P.PLACE_VIEW)
def photo(request: StaffRequest, upload_id: uuid.UUID) -> HttpResponse:
    """Send a photo of a visit or complaint to those who may see the place."""
    return photo_answer(register.photo_for(request.actor, upload_id, P.PLACE_VIEW).path)
