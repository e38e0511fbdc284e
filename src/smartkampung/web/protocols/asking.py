"""The form by which an owner asks to be registered, one question a screen."""

import uuid
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from smartkampung.intake.rules import Limit
from smartkampung.reopening.guidance.rules.kinds import Setting
from smartkampung.reopening.places.actions.registering import ask_for_place
from smartkampung.reopening.places.rules.telling import PlacePlan
from smartkampung.reopening.places.words import KINDS
from smartkampung.web.affected.review import answers
from smartkampung.web.carried import Carrier
from smartkampung.web.limits import limited
from smartkampung.web.moves import Moves
from smartkampung.web.pages import public_page
from smartkampung.web.protocols.forms import (
    address_field,
    name_field,
    people_field,
    person_field,
)
from smartkampung.web.report.fields import phone_field
from smartkampung.web.report.forms import (
    UNKNOWN_RT,
    KecamatanForm,
    RtForm,
    StepForm,
    VillageForm,
)
from smartkampung.web.steps import REVIEW, Steps

FORM = "places.register"
SCREENS = Limit("places.screens", 4_800, timedelta(minutes=10))
SENT = Limit("places.sent", 60, timedelta(minutes=10))
SENT_BY_ALL = Limit("places.sent_by_all", 3_000, timedelta(minutes=1))
TITLES: dict[str, Promise] = {
    "kind": _("What kind of place is it?"),
    "name": _("What is it called, and where is it?"),
    "kecamatan": _("In which kecamatan is it?"),
    "village": _("In which desa or kelurahan?"),
    "rt": _("In which RT?"),
    "capacity": _("How many people does it hold?"),
    "contact": _("Who is in charge?"),
    REVIEW: _("Is everything right?"),
}


class KindForm(StepForm):
    """What it is."""

    kind = forms.ChoiceField(
        label=_("Kind of place"),
        choices=list(KINDS.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what it is."),
            "invalid_choice": _("Choose what it is."),
        },
    )


class NameForm(StepForm):
    """Its name and address."""

    name = name_field()
    address = address_field()


class CapacityForm(StepForm):
    """How many people it holds."""

    capacity = people_field(
        _("How many people does it usually hold?"),
        help_text=_("On a full day before the pandemic, staff included."),
    )


class ContactForm(StepForm):
    """Whom to call."""

    contact_name = person_field(_("Person in charge"))
    contact_phone = phone_field(
        label=_("Mobile number of the person in charge"),
        help_text=_("Only the officers see it. The code goes there by SMS."),
    )


class Wizard(Steps):
    """A place as far as it is described."""

    screens: ClassVar = {
        "kind": KindForm,
        "name": NameForm,
        "kecamatan": KecamatanForm,
        "village": VillageForm,
        "rt": RtForm,
        "capacity": CapacityForm,
        "contact": ContactForm,
    }
    unsettles: ClassVar = {"kecamatan": ("village", "rt"), "village": ("rt",)}
    longest = 220

    def plan(self) -> PlacePlan:
        """Return the place; call it only when nothing is wrong."""
        clean = clean_of(self)
        return PlacePlan(
            form_id=self.draft.form_id,
            kind=Setting(clean["kind"]),
            name=clean["name"],
            region_code=region_of(clean),
            address=clean["address"],
            capacity=clean["capacity"],
            contact_name=clean["contact_name"],
            contact_phone=clean["contact_phone"],
        )


def clean_of(wizard: Steps) -> dict[str, Any]:
    """Return the answers of all screens, read."""
    clean: dict[str, Any] = {}
    for form in wizard.answered.values():
        form.is_valid()
        clean |= form.cleaned_data
    return clean


def region_of(clean: dict[str, Any]) -> str:
    """Return the RT, or the village where the RT is not known."""
    return str(clean["village"] if clean["rt"] == UNKNOWN_RT else clean["rt"])


def rows_of(wizard: Steps) -> list[dict[str, Any]]:
    """Return every answer with its question and the screen to change it on."""
    return [
        {"term": term, "value": value, "step": step}
        for step, form in wizard.answered.items()
        if form.is_valid()
        for term, value in answers(form)
    ]


class _Registration(Moves):
    wizard = Wizard
    carrier = Carrier(form=FORM, start="protocols:register:form", cookie="place")
    urls = "protocols:register"
    pages = "protocols/register"

    def title(self, step: str, wizard: Wizard) -> Promise:
        return TITLES[step]

    def rows(self, wizard: Wizard) -> Any:
        return rows_of(wizard)


MOVES = _Registration()


@limited(address=SCREENS)
@never_cache
@public_page("GET", "HEAD", "POST")
def form(request: HttpRequest) -> HttpResponse:
    """Begin, or take one screen's answers; either leads to a screen."""
    return MOVES.receive(request)


@limited(address=SCREENS)
@never_cache
@public_page()
def screen(request: HttpRequest, form_id: uuid.UUID, step: str) -> HttpResponse:
    """Show a screen as its form stands."""
    return MOVES.fetch(request, form_id, step)


@limited(address=SENT, everybody=SENT_BY_ALL)
@never_cache
@public_page("POST")
def send(request: HttpRequest) -> HttpResponse:
    """Ask as reviewed; the same form sent twice lands on the same place."""
    return MOVES.send(
        request,
        lambda wizard, at: ask_for_place(plan=wizard.plan(), at=at),
        leads_to="protocols:mine",
    )
