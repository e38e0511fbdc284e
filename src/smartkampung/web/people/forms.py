"""What officers type to find people, open numbers and decide about NIKs."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.kernel.clock import today
from smartkampung.residents.queries import Wanted
from smartkampung.residents.rules import Misshapen, read_birth, read_nik
from smartkampung.residents.words import NIK_MISSING, birth_problem, nik_problem

Choices = list[tuple[str, Any]]


def _read(
    reader: Callable[[str], Any], words: Callable[[Misshapen], str], text: str
) -> Any:
    try:
        return reader(text)
    except Misshapen as error:
        raise forms.ValidationError(words(error), code=error.problem) from error


class NikForm(forms.Form):
    """One NIK, however it is grouped."""

    nik = forms.CharField(
        label=_("NIK"),
        max_length=40,
        error_messages={"required": NIK_MISSING},
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "off",
                "class": "code",
            }
        ),
    )

    def clean_nik(self) -> str:
        """Return the 16 digits."""
        return str(_read(read_nik, nik_problem, self.cleaned_data["nik"]))


class SearchForm(forms.Form):
    """Name, birth and place; a name or a full birth date is enough."""

    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=120,
        help_text=_(
            "Titles and spelling do not matter; one typing mistake is forgiven."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    birth = forms.CharField(
        label=_("Date or year of birth"),
        required=False,
        max_length=20,
        help_text=_("12-04-1985, or only 1985."),
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
    )
    region = forms.ChoiceField(label=_("Where"), required=False)

    def __init__(self, *args: Any, regions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["region"]).choices = _anywhere_or(regions)

    def clean_birth(self) -> Any:
        """Return a date, a year or nothing."""
        return _read(
            lambda text: read_birth(text, today=today()),
            birth_problem,
            self.cleaned_data["birth"],
        )

    def clean(self) -> None:
        """Ask for a name or a full birth date when neither was given."""
        if not self.errors and not self.wanted().is_enough:
            self.add_error("name", _("Type a name, or a full date of birth."))

    def wanted(self) -> Wanted:
        """Return what is known of the person looked for."""
        data = self.cleaned_data
        birth = data.get("birth")
        year = birth if isinstance(birth, int) else None
        return Wanted(
            name=data.get("name", ""),
            born_on=birth if year is None else None,
            born_year=year,
            region=data.get("region", ""),
        )


class AreaForm(forms.Form):
    """One place within the officer's area, or all of it; stands in the address."""

    area = forms.ChoiceField(label=_("Where"), required=False)

    def __init__(self, *args: Any, areas: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["area"]).choices = _anywhere_or(areas)

    @property
    def chosen(self) -> str:
        """Return the code of the place; "" for the whole area, or for any other."""
        return str(self.cleaned_data["area"]) if self.is_valid() else ""


def _anywhere_or(places: Choices) -> Choices:
    return [("", _("Everywhere in my area")), *places]


class RevealForm(forms.Form):
    """Which number to open, and why."""

    number = forms.ChoiceField(
        label=_("Which number?"),
        widget=forms.RadioSelect(attrs={"class": "choices-row"}),
    )
    reason = forms.CharField(
        label=_("What for?"),
        max_length=200,
        help_text=_(
            "The resident can read this. For example: reading the NIK aloud to the bank"
            " with the resident present."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, numbers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["number"]).choices = numbers


class ContestForm(forms.Form):
    """Whose the NIK is, and how that is known."""

    outcome = forms.ChoiceField(label=_("Whose is the NIK?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("How do you know?"),
        max_length=300,
        help_text=_(
            "For example: both came with their KTP; the card of one was copied."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, outcomes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["outcome"]).choices = outcomes


class StatementForm(forms.Form):
    """Who asks for a statement, and why; written in the access log."""

    seen_ktp = forms.BooleanField(
        label=_(
            "I have seen the KTP of this person, or of an adult on the family card"
        ),
        error_messages={
            "required": _("Ask for the KTP first. Without it nothing is printed.")
        },
    )
    reason = forms.CharField(
        label=_("Why is it printed?"),
        max_length=200,
        help_text=_("The resident reads this under who looked. No numbers here."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Write why it is printed, such as: asked for by the wife."),
            "max_length": _("At most 200 letters. You typed %(show_value)d."),
        },
    )
