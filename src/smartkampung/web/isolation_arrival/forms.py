"""What is typed at a checkpoint and at the door of a house."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from smartkampung.intake.rules import read_code
from smartkampung.isolation.arrival.actions.check_in import Told
from smartkampung.isolation.arrival.rules.screening import RapidTest, Screened
from smartkampung.isolation.arrival.words import TESTS
from smartkampung.isolation.booking.words import ENTRY_POINTS
from smartkampung.isolation.monitoring.rules.health import (
    POSSIBLE_SPO2,
    POSSIBLE_TEMPERATURE,
    Symptom,
)
from smartkampung.isolation.monitoring.rules.health import Told as Health
from smartkampung.isolation.monitoring.words import SYMPTOMS
from smartkampung.web.aid_staff.forms import OnceForm
from smartkampung.web.free_text import no_card_number
from smartkampung.web.report.fields import phone_field
from smartkampung.web.tracking.forms import CodeForm


class PassForm(CodeForm):
    """The code of a booking; a hand scanner types it and presses Enter."""

    code = forms.CharField(
        label=_("Code of the booking"),
        max_length=200,
        help_text=_("Scan the pass, or type the 12 letters and digits."),
        widget=forms.TextInput(
            attrs={"class": "code", "autocomplete": "off", "autofocus": True}
        ),
        error_messages={
            "required": _("Scan the pass, or type the code from it."),
            "max_length": _("A code has 12 letters and digits."),
        },
    )

    def clean_code(self) -> str:
        """Return the code as printed; of a scanned address, the code in its path."""
        typed = self.cleaned_data["code"].partition("?")[0].partition("#")[0]
        parts = [part for part in typed.split("/") if part.strip()] or [typed]
        codes = [part for part in parts if read_code(part)]
        self.cleaned_data["code"] = (codes or parts)[-1]
        return super().clean_code()

    def unknown(self) -> None:
        """Say that a well-shaped code opens nothing."""
        self.add_error(
            "code",
            _(
                "We know no booking with this code. Compare each letter with the pass,"
                " or take them in without a booking."
            ),
        )


class Decimals(forms.DecimalField):
    """A number with a comma or a dot, whatever the language of the page.

    ``asked``: the form itself asks for it where it is needed, so that the page does not
    call it optional.
    """

    def __init__(self, *, asked: bool = False, **options: Any) -> None:
        self.asked = asked
        super().__init__(**options)

    def clean(self, value: Any) -> Any:
        """Read a comma as a dot."""
        return super().clean(str(value or "").replace(",", ".").strip())


def _decimal(**options: Any) -> Decimals:
    least, most = POSSIBLE_TEMPERATURE
    words = _("A temperature is between 30 and 45, such as 36,6.")
    return Decimals(
        min_value=least,
        max_value=most,
        max_digits=3,
        decimal_places=1,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
        error_messages=dict.fromkeys(
            (
                "invalid",
                "min_value",
                "max_value",
                "max_digits",
                "max_decimal_places",
                "max_whole_digits",
            ),
            words,
        )
        | {"required": _("Measure the temperature.")},
        **options,
    )


def _saturation(**options: Any) -> forms.IntegerField:
    least, most = POSSIBLE_SPO2
    words = _("Oxygen is between 50 and 100, such as 97.")
    return forms.IntegerField(
        min_value=least,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), words),
        **options,
    )


class PeopleForm(forms.Form):
    """A form with the same questions for each person of a party.

    ``questions`` makes the fields of one person; their names end with the person's id.
    """

    def __init__(self, *data: Any, people: Sequence[Any], **options: Any) -> None:
        super().__init__(*data, **options)
        self.people = people
        for stay in people:
            for name, field in self.questions(stay).items():
                self.fields[f"{name}_{stay.pk}"] = field

    def questions(self, stay: Any) -> dict[str, forms.Field]:
        """Return the questions about one person."""
        raise NotImplementedError

    @property
    def groups(self) -> list[tuple[Any, list[BoundField]]]:
        """Return each person with the fields about them."""
        return [
            (stay, [self[f"{name}_{stay.pk}"] for name in self.questions(stay)])
            for stay in self.people
        ]

    @property
    def common(self) -> list[BoundField]:
        """Return the fields that are about all of them."""
        own = {field.name for _stay, fields in self.groups for field in fields}
        return [field for field in self.visible_fields() if field.name not in own]

    def answered(self, stay: Any) -> dict[str, Any]:
        """Return the answers about one person, by question."""
        clean = self.cleaned_data
        return {name: clean.get(f"{name}_{stay.pk}") for name in self.questions(stay)}

    def here(self) -> list[Any]:
        """Return the people who are ticked as being here."""
        return [stay for stay in self.people if self.answered(stay).get("here")]


class ScreenForm(PeopleForm, OnceForm):
    """How each of a party is."""

    place = forms.ChoiceField(
        label=_("Checkpoint"), choices=[(p.value, w) for p, w in ENTRY_POINTS.items()]
    )
    field_order = ("form_id", "place")

    def questions(self, stay: Any) -> dict[str, forms.Field]:
        """Ask who is here, and how they are."""
        return {
            "here": forms.BooleanField(
                label=_("Is here, and showed a document"), required=False, initial=True
            ),
            "temperature": _decimal(
                label=_("Temperature (°C)"),
                help_text=_("For everybody who is here."),
                asked=True,
                required=False,
            ),
            "spo2": _saturation(label=_("Oxygen, SpO2 (%)"), required=False),
            "symptoms": forms.MultipleChoiceField(
                label=_("Does the person have any of these?"),
                choices=[(s.value, words) for s, words in SYMPTOMS.items()],
                widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-row"}),
                required=False,
            ),
            "test": forms.ChoiceField(
                label=_("Rapid test"),
                choices=[(t.value, words) for t, words in TESTS.items()],
                widget=forms.RadioSelect(attrs={"class": "choices-row"}),
                initial=RapidTest.NOT_DONE.value,
                required=False,
            ),
        }

    def clean(self) -> dict[str, Any]:
        """Ask for the temperature of everybody who is here."""
        clean: dict[str, Any] = super().clean() or self.cleaned_data
        for stay in self.here():
            name = f"temperature_{stay.pk}"
            if clean.get(name) is None and name not in self.errors:
                self.add_error(
                    name,
                    _("Measure the temperature of %(name)s.") % {"name": stay.name},
                )
        return clean

    def screened(self) -> Mapping[int, Screened]:
        """Return how those who are here are, by stay."""
        return {stay.pk: _screened(self.answered(stay)) for stay in self.here()}


def _screened(answers: Mapping[str, Any]) -> Screened:
    told = Health(
        temperature=answers["temperature"],
        spo2=answers["spo2"],
        symptoms=tuple(Symptom(value) for value in answers["symptoms"]),
    )
    return Screened(told, RapidTest(answers["test"] or RapidTest.NOT_DONE))


def fresh_screening(people: Sequence[Any], place: str) -> ScreenForm:
    """Return an empty form for a party, with an id of its own."""
    return ScreenForm(people=people, initial={"form_id": uuid.uuid4(), "place": place})


class CheckInForm(PeopleForm):
    """Who comes in, in which bed, and what they say."""

    contact_name = forms.CharField(
        label=_("Whom to call in an emergency"),
        max_length=120,
        validators=[no_card_number],
        help_text=_("Name, and who it is: such as Komang, sister."),
        error_messages={"required": _("Write whom to call in an emergency.")},
    )
    contact_phone = phone_field(label=_("Their phone"), required=False)
    belongings = forms.CharField(
        label=_("Belongings that are kept by the house"),
        required=False,
        max_length=300,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    consent = forms.BooleanField(
        label=_(
            "They were told the rules of these fourteen days and who sees what about"
            " them, and they agree."
        ),
        error_messages={"required": _("Nobody is let in without agreeing.")},
    )
    consent_by = forms.CharField(
        label=_("Who agreed"),
        max_length=120,
        validators=[no_card_number],
        help_text=_("For a child, the grown-up who is with it."),
        error_messages={"required": _("Write who agreed.")},
    )

    def __init__(
        self, *data: Any, beds: Mapping[int, Iterable[Any]], **options: Any
    ) -> None:
        self.beds = beds
        super().__init__(*data, **options)

    def questions(self, stay: Any) -> dict[str, forms.Field]:
        """Ask who is here, and which bed they get."""
        asked: dict[str, forms.Field] = {
            "here": forms.BooleanField(label=_("Is here"), required=False, initial=True)
        }
        offered = [(str(one.bed_id), _bed_words(one)) for one in self.beds[stay.pk]]
        if offered:
            asked["bed"] = forms.ChoiceField(
                label=_("Bed"),
                choices=offered,
                required=False,
                error_messages={
                    "invalid_choice": _(
                        "That bed was taken a moment ago. Choose another."
                    )
                },
            )
        return asked

    def chosen(self) -> dict[int, int | None]:
        """Return the bed of each person who is here; None where there is none."""
        found = {stay.pk: self.answered(stay).get("bed") for stay in self.here()}
        return {pk: int(bed) if bed else None for pk, bed in found.items()}

    def told(self) -> Told:
        """Return what the party says at the door."""
        names = ("contact_name", "contact_phone", "consent_by", "belongings")
        return Told(**{name: self.cleaned_data[name] for name in names})


def _bed_words(choice: Any) -> str:
    words = _("%(room)s, bed %(bed)s") % {"room": choice.room, "bed": choice.bed}
    return f"{words} ({_('as booked')})" if choice.kept else str(words)


class HouseForm(forms.Form):
    """Another house for the party."""

    house = forms.ChoiceField(
        label=_("Which house?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a house."),
            "invalid_choice": _("That house filled up a moment ago. Choose another."),
        },
    )

    def __init__(self, *data: Any, houses: Iterable[tuple[int, str]], **options: Any):
        super().__init__(*data, **options)
        field = self.fields["house"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(pk), words) for pk, words in houses]
