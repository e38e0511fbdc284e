"""What anybody types to tell a grievance: one form for each kind."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.grievances.rules import MAY_ASK, Kind, Office, Told
from smartkampung.aid.grievances.words import OFFICES
from smartkampung.aid.queries.programmes import programme_names
from smartkampung.kernel.clock import today
from smartkampung.residents.corrections.words import LABELS, value_problem
from smartkampung.residents.rules.corrections import (
    CODED,
    SEALED,
    Field,
    read_wanted,
)
from smartkampung.residents.rules.numbers import Misshapen
from smartkampung.web.aid_staff.forms import OnceForm
from smartkampung.web.free_text import no_card_number
from smartkampung.web.places import village_choices
from smartkampung.web.report.fields import nik_field
from smartkampung.web.tracking.forms import CodeForm

PROSE = (*map(Field, CODED), Field.SEX)


def words_field(label: Any, *, required: Any, help_text: Any = "") -> forms.CharField:
    """Return a box for a few sentences, without card numbers."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=1000,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": required,
            "max_length": _("At most 1,000 letters. You typed %(show_value)d."),
        },
    )


class GrievanceForm(OnceForm):
    """Where, about which programme, and what happened."""

    kind: Kind
    village = forms.ChoiceField(
        label=_("Village"), error_messages={"required": _("Choose the village.")}
    )
    programme = forms.ChoiceField(label=_("Programme, if you know it"), required=False)
    text = words_field(
        _("Tell what happened"), required=_("Tell in a few words what happened.")
    )

    def __init__(self, *data: Any, **options: Any) -> None:
        super().__init__(*data, **options)
        for name, choices in (
            ("village", [("", _("Choose a village")), *village_choices()]),
            ("programme", [("", _("I do not know")), *programme_names()]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        self.order_fields(["form_id", "village", "programme", *self.first(), "text"])

    def first(self) -> list[str]:
        """Return the fields of this kind, in the order in which they are asked."""
        return []

    def told(self) -> Told:
        """Return what was told; call it only when nothing is wrong."""
        given = self.cleaned_data
        return Told(
            form_id=given["form_id"],
            kind=self.kind,
            region_code=given["village"],
            programme=given["programme"],
            text=given["text"],
            **self.more(given),
        )

    def more(self, given: dict[str, Any]) -> dict[str, Any]:
        """Return what this kind tells besides."""
        return {name: given[name] for name in self.first()}


class PersonForm(GrievanceForm):
    """A grievance about one person's data or aid."""

    nik = nik_field(
        label=_("NIK of the person it is about"),
        help_text=_("16 digits, on the KTP. Nobody learns from us whether we know it."),
    )

    def first(self) -> list[str]:
        """Ask for the NIK."""
        return ["nik"]


class NotPaidForm(PersonForm):
    """Aid that was promised and is not there."""

    kind = Kind.NOT_PAID


class PaidLessForm(PersonForm):
    """Aid of which something was missing."""

    kind = Kind.PAID_LESS


class DataForm(PersonForm):
    """An entry of the registry that is wrong."""

    kind = Kind.DATA_WRONG
    field = forms.ChoiceField(
        label=_("Which entry is wrong?"),
        choices=[("", _("Choose")), *((name, LABELS[Field(name)]) for name in MAY_ASK)],
        help_text=_(
            "NIK, family card number or phone change only after the family has shown"
            " its card at the village office."
        ),
        error_messages={"required": _("Choose which entry is wrong.")},
    )
    wanted = forms.CharField(
        label=_("What should it say?"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Type what the record should say.")},
    )

    def first(self) -> list[str]:
        """Ask whose entry, which one, and what it should say."""
        return ["nik", "field", "wanted"]

    def clean(self) -> dict[str, Any]:
        """Refuse a value that the entry cannot hold; codes are chosen by the officer."""
        given = super().clean() or {}
        name, wanted = given.get("field"), given.get("wanted")
        if wanted and name not in SEALED:
            try:
                no_card_number(wanted)
            except forms.ValidationError as problem:
                self.add_error("wanted", problem)
                return given
        if name and wanted and Field(name) not in PROSE:
            try:
                read_wanted(Field(name), wanted, today=today())
            except Misshapen as problem:
                self.add_error("wanted", value_problem(Field(name), problem))
        return given


class ConductForm(GrievanceForm):
    """How an officer behaved; nobody who works there reads it."""

    kind = Kind.CONDUCT
    office = forms.ChoiceField(
        label=_("Who was it?"),
        choices=[(office.value, words) for office, words in OFFICES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whose officer it was.")},
    )
    officer_name = forms.CharField(
        label=_("Name of the officer, if you know it"),
        required=False,
        max_length=100,
        validators=[no_card_number],
        help_text=_("As on the name tag. It is used to keep it from that officer."),
    )

    def first(self) -> list[str]:
        """Ask whose officer it was."""
        return ["office", "officer_name"]

    def more(self, given: dict[str, Any]) -> dict[str, Any]:
        """Return office and name."""
        name = " ".join(given["officer_name"].split())
        return {"office": Office(given["office"]), "officer_name": name}


class QuestionForm(GrievanceForm):
    """A question about a programme."""

    kind = Kind.QUESTION
    text = words_field(
        _("What would you like to know?"), required=_("Write your question.")
    )


class ListedForm(GrievanceForm):
    """An objection to somebody on a posted list."""

    kind = Kind.LISTED
    listing = forms.CharField(
        label=_("Number of the list"),
        max_length=40,
        validators=[no_card_number],
        help_text=_("At the top of the list at the village office."),
        error_messages={"required": _("Type the number at the top of the list.")},
    )
    entry = forms.IntegerField(
        label=_("Number on the list"),
        min_value=1,
        max_value=99_999,
        help_text=_("In front of the name."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        error_messages={
            "required": _("Type the number in front of the name."),
            "invalid": _("Type the number in front of the name, such as 12."),
        },
    )
    text = words_field(
        _("Why should this family not get aid?"),
        required=_("Write why this family should not get aid."),
        help_text=_("What you know, and from where. No names of neighbours."),
    )

    def first(self) -> list[str]:
        """Ask which entry of which list."""
        return ["listing", "entry"]


FORMS: dict[Kind, type[GrievanceForm]] = {
    form.kind: form
    for form in (
        DataForm,
        NotPaidForm,
        PaidLessForm,
        ConductForm,
        QuestionForm,
        ListedForm,
    )
}


def fresh_form(kind: Kind, given: dict[str, str]) -> GrievanceForm:
    """Return an empty form with an id of its own, with what a link filled in."""
    return FORMS[kind](initial={**given, "form_id": uuid.uuid4()})


class GrievanceCodeForm(CodeForm):
    """The code that was shown when the grievance was sent."""

    def unknown(self) -> None:
        """Say that a well-shaped code opens nothing."""
        self.add_error(
            "code",
            _(
                "We know no grievance with this code. Compare each letter with your note."
            ),
        )


class ReplyForm(forms.Form):
    """The answer to what the officer asked."""

    words = words_field(_("Your answer"), required=_("Write your answer."))


class AppealForm(forms.Form):
    """Why the decision is wrong."""

    words = words_field(
        _("Why is the decision wrong?"),
        required=_("Write why the decision is wrong."),
        help_text=_("Say what the officer did not see, or what has changed."),
    )
