"""Who comes: one screen a person."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from smartkampung.isolation.booking.words import DOCUMENTS, SEXES
from smartkampung.isolation.rules.rooms import Guest
from smartkampung.kernel.clock import today
from smartkampung.residents.rules import Misshapen, read_nik
from smartkampung.residents.words import nik_problem
from smartkampung.web.free_text import has_a_letter, no_card_number
from smartkampung.web.isolation_booking.forms import choose
from smartkampung.web.report.fields import BOXES, BirthDateField
from smartkampung.web.report.forms import Answers, StepForm

STEP = "guest"  # and the number of the person
NIK, NONE = "nik", "none"
GROWN_UP = 17  # who is younger has no KTP yet
_DOCUMENT = re.compile(r"[0-9A-Za-z./ -]{3,30}")


class GuestForm(StepForm):
    """One of the people who come, by the document that they will show."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        validators=[no_card_number, has_a_letter],
        help_text=_("As on the KTP or passport."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Type the name."),
            "max_length": _("At most %(limit_value)d letters."),
        },
    )
    sex = forms.ChoiceField(
        label=_("Sex"),
        choices=list(SEXES.items()),
        widget=forms.RadioSelect,
        error_messages=choose(_("Choose one of the two.")),
    )
    born_on = BirthDateField(
        label=_("Birth date"), help_text=_("As on the KTP, such as 17 8 1990.")
    )
    document_kind = forms.ChoiceField(
        label=_("Document"),
        choices=[
            (NIK, _("KTP or family card: NIK")),
            *((one.value, words) for one, words in DOCUMENTS.items()),
            (NONE, _("None: a child without a document")),
        ],
        widget=forms.RadioSelect,
        error_messages=choose(_("Choose the document.")),
    )
    number = forms.CharField(
        label=_("Number of the document"),
        max_length=60,
        required=False,
        help_text=_("A NIK has 16 digits. A child without a document needs none."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """Judge the number by the kind of document."""
        clean = super().clean() or self.cleaned_data
        kind, number = clean.get("document_kind"), clean.get("number", "")
        if kind == NIK:
            clean["number"] = self._nik(number)
        elif kind == NONE:
            clean["number"] = ""
            self._child_only(clean)
        elif kind and not _DOCUMENT.fullmatch(number):
            self.add_error(
                "number",
                _("Copy the number of the document: 3 to 30 letters and digits."),
            )
        if clean.get("number") and clean["number"] in self._others():
            self.add_error("number", _("This number already stands at another person."))
        return clean

    def _nik(self, number: str) -> str:
        try:
            return read_nik(number)
        except Misshapen as problem:
            self.add_error("number", nik_problem(problem))
            return ""

    def _child_only(self, clean: dict[str, Any]) -> None:
        born, now = clean.get("born_on"), today()
        if born and now.year - born.year > GROWN_UP:
            self.add_error(
                "document_kind",
                _(
                    "Grown-ups need a document. Is it lost? Come to the checkpoint: "
                    "you are taken in without a booking, too."
                ),
            )

    def _others(self) -> set[str]:
        """Return the numbers of the people on the screens before."""
        return {
            number
            for key, number in self.earlier.items()
            if key.startswith(STEP) and key.endswith(".number") and number
        }


def party_of(earlier: Answers, people: int) -> tuple[Guest, ...]:
    """Return what choosing beds asks of so many people, as far as typed."""
    screens = [f"{STEP}{number}" for number in range(1, people + 1)]
    return tuple(
        Guest(earlier.get(f"{screen}.sex", ""), _born_on(screen, earlier))
        for screen in screens
    )


def _born_on(screen: str, earlier: Answers) -> date | None:
    boxes = [earlier.get(f"{screen}.born_on_{box}") for box in BOXES]
    try:
        return BirthDateField().clean(boxes)
    except ValidationError:
        return None
