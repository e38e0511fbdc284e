"""What officers and people in isolation type about how somebody is."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from smartkampung.isolation.monitoring.actions.checks import Seen
from smartkampung.isolation.monitoring.actions.ends import Decided
from smartkampung.isolation.monitoring.rules.checks import Outcome
from smartkampung.isolation.monitoring.rules.ends import Known, Verdict
from smartkampung.isolation.monitoring.rules.health import (
    POSSIBLE_SPO2,
    POSSIBLE_TEMPERATURE,
    Symptom,
    Told,
)
from smartkampung.isolation.monitoring.words import SYMPTOMS, VERDICTS
from smartkampung.isolation.protocol.queries import class_name
from smartkampung.web.aid_staff.forms import OnceForm
from smartkampung.web.free_text import no_card_number
from smartkampung.web.tracking.forms import CodeForm

WELL, UNWELL = "well", "unwell"
TRIES = {
    Outcome.SEEN: _("Seen"),
    Outcome.CALLED: _("Spoken to by phone, not seen"),
    Outcome.ABSENT: _("Not there"),
    Outcome.REFUSED: _("Refused to be seen"),
    Outcome.NOT_ATTEMPTED: _("We could not go"),
}


TELLING = (Outcome.SEEN, Outcome.CALLED)
TEMPERATURE = _(
    "Type the temperature in degrees, such as 36.7. It lies between 30 and 45."
)


def temperature_of(typed: str) -> Decimal | None:
    """Return a temperature as people type it, with comma or point."""
    if not typed.strip():
        return None
    low, high = POSSIBLE_TEMPERATURE
    try:
        value = Decimal(typed.strip().replace(",", ".")).quantize(Decimal("0.1"))
    except InvalidOperation:
        value = Decimal(0)
    if not low <= value <= high:
        raise ValidationError(TEMPERATURE)
    return value


class HowForm(OnceForm):
    """How somebody is: well or not, and what was measured, if it was."""

    state = forms.ChoiceField(
        label=_("How are they?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[(WELL, _("Well")), (UNWELL, _("Not well"))],
    )
    temperature = forms.CharField(
        label=_("Temperature"),
        required=False,
        max_length=6,
        error_messages={"max_length": TEMPERATURE},
        help_text=_("In degrees, such as 36.7. Leave it empty if it was not taken."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    spo2 = forms.IntegerField(
        label=_("Oxygen (SpO2)"),
        required=False,
        min_value=POSSIBLE_SPO2[0],
        max_value=POSSIBLE_SPO2[1],
        help_text=_("In percent, from the clip on the finger, such as 97."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Type the oxygen as a number, such as 97."),
            "min_value": _("The oxygen lies between 50 and 100 percent."),
            "max_value": _("The oxygen lies between 50 and 100 percent."),
        },
    )
    symptoms = forms.MultipleChoiceField(
        label=_("What do they suffer from?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(one.value, words) for one, words in SYMPTOMS.items()],
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=300,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only health workers read this."),
        error_messages={
            "max_length": _("At most 300 letters. You typed %(show_value)d.")
        },
    )

    def clean_temperature(self) -> Decimal | None:
        """Read the temperature."""
        return temperature_of(self.cleaned_data["temperature"])

    def told(self) -> Told:
        """Return how somebody is."""
        given = self.cleaned_data
        return Told(
            unwell=given["state"] == UNWELL,
            temperature=given["temperature"],
            spo2=given["spo2"],
            symptoms=tuple(Symptom(one) for one in given["symptoms"]),
            note=given["note"],
        )


class CheckForm(HowForm):
    """What came of a try to see somebody."""

    outcome = forms.ChoiceField(
        label=_("What came of it?"),
        widget=forms.RadioSelect,
        choices=[(one.value, words) for one, words in TRIES.items()],
        error_messages={"required": _("Choose what came of it.")},
    )
    field_order = ["outcome", "state", "temperature", "spo2", "symptoms", "note"]

    def in_person(self) -> None:
        """Ask for an examination: nobody is let go by phone."""
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)
        words = {**TRIES, Outcome.SEEN: _("Examined, face to face")}
        field.choices = [
            (one.value, said) for one, said in words.items() if one != Outcome.CALLED
        ]

    def clean(self) -> dict[str, Any]:
        """Ask how somebody was who was seen."""
        given = super().clean() or self.cleaned_data
        seen = given.get("outcome") in TELLING
        if seen and not given.get("state"):
            self.add_error("state", _("Choose whether they are well."))
        return given

    def seen(self) -> Seen:
        """Return what came of it; how somebody was only where they were seen."""
        given = self.cleaned_data
        outcome = Outcome(given["outcome"])
        return Seen(
            form_id=given["form_id"],
            outcome=outcome,
            told=self.told() if outcome in TELLING else None,
        )


class SelfForm(HowForm):
    """What somebody says of themselves; "I am well" is one tap."""

    field_order = ["temperature", "spo2", "symptoms", "note"]

    def __init__(self, *data: Any, **options: Any) -> None:
        super().__init__(*data, **options)
        self.fields["state"].widget = forms.HiddenInput()
        self.fields["symptoms"].label = _("What do you suffer from?")

    def seen(self) -> Seen:
        """Return what was reported."""
        return Seen(
            form_id=self.cleaned_data["form_id"],
            outcome=Outcome.REPORTED,
            told=self.told(),
        )


class SettleForm(forms.Form):
    """What came of an alert."""

    note = forms.CharField(
        label=_("What came of it?"),
        max_length=300,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Write what came of it."),
            "max_length": _("At most 300 letters. You typed %(show_value)d."),
        },
    )


def _day(label: Any, hint: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        help_text=hint,
        widget=forms.DateInput(
            format="%Y-%m-%d", attrs={"type": "date", "class": "short"}
        ),
        error_messages={"invalid": _("Choose a day, such as 17-06-2020.")},
    )


class DecideForm(forms.Form):
    """What is decided about somebody, and why."""

    verdict = forms.ChoiceField(
        label=_("What do you decide?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you decide.")},
    )
    until = _day(
        _("May leave on"),
        _("Only when they are kept longer, or come back from hospital."),
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=300,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Your name stands beside it. Only health workers read this."),
        error_messages={
            "required": _("Write why you decide this."),
            "max_length": _("At most 300 letters. You typed %(show_value)d."),
        },
    )

    def __init__(self, *data: Any, offered: Sequence[Verdict], **options: Any) -> None:
        super().__init__(*data, **options)
        field = self.fields["verdict"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.value, VERDICTS[one]) for one in offered]

    def decided(self) -> Decided:
        """Return what was decided."""
        given = self.cleaned_data
        return Decided(Verdict(given["verdict"]), given["reason"], given["until"])


class ClassForm(forms.Form):
    """The case class of somebody, and the days that its rule counts from."""

    code = forms.ChoiceField(
        label=_("Case class"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a class.")},
    )
    onset_on = _day(_("First day with symptoms"), _("Empty if there were none."))
    symptom_free_since = _day(
        _("First day without symptoms again"), _("Empty while they still have some.")
    )
    specimen_on = _day(_("Day on which the specimen was taken"))

    def __init__(self, *data: Any, offered: Sequence[str], **options: Any) -> None:
        super().__init__(*data, **options)
        field = self.fields["code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, class_name(code)) for code in offered]

    def known(self, *, arrived_on: date) -> Known:
        """Return what is known now."""
        given = self.cleaned_data
        return Known(
            code=given["code"],
            arrived_on=arrived_on,
            onset_on=given["onset_on"],
            specimen_on=given["specimen_on"],
            symptom_free_since=given["symptom_free_since"],
        )


class PartyCodeForm(CodeForm):
    """The code of a reservation, typed by hand."""

    code_label = _("Code of the booking")
    code_missing = _("Type the code from the pass or the SMS.")

    def unknown(self) -> None:
        """Say that a well-shaped code opens nothing."""
        self.add_error(
            "code",
            _(
                "We know nobody in isolation with this code. Compare each letter with"
                " your slip, or call the Puskesmas."
            ),
        )
