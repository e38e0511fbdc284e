"""The screens of a booking at a counter."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.intake.actions.answers import was_answered
from smartkampung.intake.draft import Draft, new_draft
from smartkampung.kernel.claim import Busy
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.regions.codes import ancestor
from smartkampung.reopening.counters.actions import booking
from smartkampung.reopening.counters.actions.booking import Wish
from smartkampung.reopening.counters.queries.places import open_counter
from smartkampung.web.carried import Carrier
from smartkampung.web.counters import forms
from smartkampung.web.moves import Moves
from smartkampung.web.report.forms import StepForm
from smartkampung.web.steps import REVIEW, Steps
from smartkampung.web.typed import row_id

FORM = "counters.booking"
STEPS: dict[str, type[StepForm]] = {
    "kecamatan": forms.KecamatanForm,
    "office": forms.OfficeForm,
    "service": forms.ServiceForm,
    "first": forms.FirstForm,
    "day": forms.DayForm,
    "time": forms.TimeForm,
    "who": forms.WhoForm,
}
TITLES: dict[str, Promise] = {
    "kecamatan": _("In which kecamatan is the office?"),
    "office": _("Which office?"),
    "service": _("What do you need there?"),
    "first": _("Does one of these fit you?"),
    "day": _("On which day?"),
    "time": _("At which time?"),
    "who": _("Who comes?"),
    REVIEW: _("Is everything right?"),
}


class Wizard(Steps):
    """A booking as far as it is filled in."""

    screens = STEPS
    unsettles = {
        "kecamatan": ("office", "service", "day", "time"),
        "office": ("service", "day", "time"),
        "first": ("day", "time"),
        "day": ("time",),
    }
    longest = 120

    def wish(self, language: str) -> Wish:
        """Return the booking; call it only when nothing is wrong."""
        clean: dict[str, Any] = {}
        for form in self.answered.values():
            form.is_valid()
            clean |= form.cleaned_data
        return Wish(
            slot_id=int(clean["slot"]),
            service=clean["service"],
            name=clean["name"],
            phone=clean["phone"],
            first=forms.first_of(clean["first"]),
            language=language,
        )


class _Booking(Moves):
    wizard = Wizard
    carrier = Carrier(form=FORM, start="counters:form", cookie="counter")
    urls, pages = "counters", "counters"

    def title(self, step: str, wizard: Wizard) -> str | Promise:
        return TITLES[step]

    def rows(self, wizard: Wizard) -> list[dict[str, Any]]:
        return [
            {"term": term, "value": value, "step": step}
            for step, form in wizard.answered.items()
            if step != "day" and form.is_valid()
            for term, value in _answers(form)
        ]

    def told(self, step: str, wizard: Wizard, form: StepForm) -> dict[str, Any]:
        if not isinstance(form, forms.OfferedForm):
            return {}
        field: Any = form.fields[form.name]
        return {"none": not list(field.choices), "as_of": now()}

    def wrong(self, wizard: Wizard) -> str | None:
        step, key = wizard.first_wrong(), str(wizard.draft.form_id)
        # What was booked a moment ago may be full by now, and is booked all the same.
        if step is None or was_answered(scope=booking.SCOPE, key=key):
            return None
        return step

    def refused(
        self, request: HttpRequest, draft: Draft, refusal: Refused, at: datetime
    ) -> HttpResponse:
        to = REVIEW
        if isinstance(refusal, booking.SlotFull | booking.SlotGone):
            to = "time"
        status = 429 if isinstance(refusal, Busy) else 409
        return self.show(request, draft, to, notice=refusal.message, status=status)


def _answers(form: StepForm) -> list[tuple[Any, Any]]:
    if isinstance(form, forms.TimeForm):
        return [(form.fields["slot"].label, form.words(form.cleaned_data["slot"]))]
    found = []
    for name, field in form.fields.items():
        choices = dict(getattr(field, "choices", ()))
        value = form.cleaned_data[name]
        found.append((field.label, choices.get(value, value)))
    return found


MOVES = _Booking()


def linked(request: HttpRequest) -> Draft | None:
    """Return a form that a text link has filled in: the office, and what for.

    Whoever comes first says so on the screen before; the link cannot know.
    """
    counter = open_counter(row_id(request.GET.get("office", "")) or 0)
    if counter is None:
        return None
    answers: dict[str, dict[str, str]] = {
        "kecamatan": {"kecamatan": ancestor(counter.region_id, "kecamatan")},
        "office": {"office": str(counter.pk)},
    }
    number = row_id(request.GET.get("service", "")) or 0
    if len(counter.services) == 1:
        number = 1
    if 1 <= number <= len(counter.services):
        answers["service"] = {"service": counter.services[number - 1]}
        answers["first"] = {"first": forms.NOBODY}
    at = now()
    return new_draft(at).with_answers(answers, at=at)
