"""What officers type about a request."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from smartkampung.letters.catalogue.rules.kinds import Asked, AskedType
from smartkampung.letters.requests.actions.asking import LONGEST_PURPOSE
from smartkampung.letters.requests.actions.ending import (
    LONGEST_REASON,
    SHORTEST_REASON,
)
from smartkampung.letters.requests.queries.facts import Told
from smartkampung.web.free_text import no_card_number
from smartkampung.web.letters_staff.present import reads

TOO_LONG = _("Please write less.")


def reason_field(label: Any, help_text: Any) -> forms.CharField:
    """Return the box for a reason that the family reads."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Write in a sentence what is missing or why not."),
            "min_length": _("Write in a sentence what is missing or why not."),
            "max_length": TOO_LONG,
        },
    )


class NoteForm(forms.Form):
    """A word for colleagues, where there is one."""

    note = forms.CharField(
        label=_("Note for colleagues"),
        required=False,
        max_length=LONGEST_REASON,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": TOO_LONG},
    )


class LookForm(forms.Form):
    """How the village office knows, where the RT does not answer."""

    reason = reason_field(
        _("How do you know that it is so?"),
        _(
            "Such as: visited the family, asked the RW by telephone. It stands in the way"
            " of the letter; the family and the RT read it."
        ),
    )


class ReturnForm(forms.Form):
    """What is missing."""

    what = reason_field(
        _("What is missing?"),
        _("The family reads it and hands it in; the fifteen minutes begin anew."),
    )


class RefuseForm(forms.Form):
    """Why not."""

    reason = reason_field(
        _("Why is the letter refused?"),
        _("The family reads it. Say what would help instead."),
    )


class CancelForm(forms.Form):
    """The family wants the letter no longer."""

    sure = forms.BooleanField(
        label=_("The family told me that it wants this letter no longer."),
        error_messages={"required": _("Ask the family first, then tick this.")},
    )


class ReplaceForm(forms.Form):
    """What is wrong with the letter."""

    reason = reason_field(
        _("What should the new letter say otherwise?"),
        _("It is written with what the registry says by then."),
    )


class RevokeForm(forms.Form):
    """Why it holds no longer."""

    reason = reason_field(
        _("Why does the letter hold no longer?"),
        _("The family is told. A stranger learns only that it is revoked."),
    )


class PassphraseForm(forms.Form):
    """The passphrase of one's own key; it is never sent back."""

    passphrase = forms.CharField(
        label=_("Passphrase of your key"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Type the passphrase of your key."),
            "max_length": _("A passphrase has at most 200 signs."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if settings.DEMO:
            self.fields["passphrase"].help_text = _(
                "In this demo the passphrase is: surat kampung demo"
            )


class AmendForm(forms.Form):
    """Answers as they should be; what the family chose of its own people stays."""

    purpose = forms.CharField(
        label=_("What it is for"),
        max_length=LONGEST_PURPOSE,
        validators=[no_card_number],
        error_messages={
            "required": _("Write what the letter is for."),
            "max_length": TOO_LONG,
        },
    )

    def __init__(
        self, *args: Any, asked: tuple[Asked, ...], told: Told, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"purpose": told.purpose, **told.asked}
        super().__init__(*args, **kwargs)
        self.told = told
        self.typed = [one for one in asked if one.type not in _PEOPLE]
        for one in self.typed:
            self.fields[one.name] = _field(one)

    def answers(self) -> dict[str, Any]:
        """Return all answers: those typed here, and the people as chosen before."""
        typed = {one.name: str(self.cleaned_data[one.name]) for one in self.typed}
        return {**self.told.asked, **typed}


def blame(form: forms.Form, faults: dict[str, str]) -> None:
    """Put what is wrong beside the boxes."""
    for name, words in faults.items():
        form.add_error(name if name in form.fields else None, words)


_PEOPLE = (AskedType.RESIDENT, AskedType.RESIDENTS)
_DIGITS = {"inputmode": "numeric", "class": "short", "autocomplete": "off"}


def _field(one: Asked) -> forms.Field:
    label, told = one.label.of(reads()), one.help.of(reads())
    if one.type is AskedType.CHOICE:
        choices = [(choice.code, choice.words.of(reads())) for choice in one.choices]
        return forms.ChoiceField(
            label=label,
            help_text=told,
            required=one.required,
            choices=choices if one.required else [("", "–"), *choices],
        )
    widgets: dict[AskedType, forms.Widget] = {
        AskedType.LONG: forms.Textarea(attrs={"rows": 3}),
        AskedType.DATE: forms.DateInput(attrs={"type": "date", "class": "short"}),
        AskedType.NUMBER: forms.TextInput(attrs=_DIGITS),
        AskedType.MONEY: forms.TextInput(attrs=_DIGITS),
    }
    # What cannot be is told by the catalogue, in the same words as to the family.
    return forms.CharField(
        label=label,
        help_text=told,
        required=False,
        widget=widgets.get(one.type, forms.TextInput()),
    )
