"""What anybody types to tell of a share that was taken, and what is answered."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.complaints.rules import Kind, Told
from smartkampung.aid.complaints.words import KINDS
from smartkampung.aid.queries.programmes import programme_names
from smartkampung.web.aid_staff.forms import OnceForm
from smartkampung.web.free_text import no_card_number
from smartkampung.web.places import village_choices
from smartkampung.web.tracking.forms import CodeForm

PHONE_DIGITS = 9


def no_phone_number(text: str) -> None:
    """Refuse a text with a phone number: it would tell who tells."""
    digits = "".join(letter if letter.isdigit() else " " for letter in text)
    if any(len(part) >= PHONE_DIGITS for part in digits.split()):
        raise ValidationError(
            _("Leave phone numbers out: nobody should learn who tells this.")
        )


class ComplaintForm(OnceForm):
    """Where, about what, and what happened; never who tells."""

    village = forms.ChoiceField(
        label=_("Village"), error_messages={"required": _("Choose the village.")}
    )
    programme = forms.ChoiceField(label=_("Programme, if you know it"), required=False)
    kind = forms.ChoiceField(
        label=_("What happened?"),
        choices=[(kind.value, words) for kind, words in KINDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what happened.")},
    )
    text = forms.CharField(
        label=_("Tell what happened"),
        max_length=1000,
        validators=[no_card_number, no_phone_number],
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "When, where, how much, and who took it. Leave out your own name and what"
            " only you can know."
        ),
        error_messages={
            "required": _("Tell in a few words what happened."),
            "max_length": _("At most 1,000 letters. You typed %(show_value)d."),
        },
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

    def told(self) -> Told:
        """Return what was told."""
        given = self.cleaned_data
        return Told(
            form_id=given["form_id"],
            region_code=given["village"],
            programme=given["programme"],
            kind=Kind(given["kind"]),
            text=given["text"],
        )


def fresh_form() -> ComplaintForm:
    """Return an empty form with an id of its own."""
    return ComplaintForm(initial={"form_id": uuid.uuid4()})


class ComplaintCodeForm(CodeForm):
    """The code that was shown when the complaint was sent."""

    def unknown(self) -> None:
        """Say that a well-shaped code opens nothing."""
        self.add_error(
            "code",
            _(
                "We know no complaint with this code. Compare each letter with your note."
            ),
        )


class ComplaintAnswerForm(forms.Form):
    """What was found out, in words for whoever told it."""

    answer = forms.CharField(
        label=_("Answer, readable with the code"),
        max_length=1000,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What you found out and what happens now. No names of families."),
        error_messages={
            "required": _("Write the answer."),
            "max_length": _("At most 1,000 letters. You typed %(show_value)d."),
        },
    )
