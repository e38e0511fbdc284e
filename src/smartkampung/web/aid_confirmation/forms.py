"""What families and officers type about a hand-over."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.confirmation.rules import Answer
from smartkampung.aid.confirmation.words import ANSWERS
from smartkampung.web.free_text import no_card_number
from smartkampung.web.tracking.forms import CodeForm


class SlipCodeForm(CodeForm):
    """The code of a slip or an SMS, typed by hand."""

    def unknown(self) -> None:
        """Say that a well-shaped code opens nothing."""
        self.add_error(
            "code",
            _(
                "We know no hand-over with this code. Compare each letter with the"
                " message, or ask at the kecamatan office."
            ),
        )


class AnswerForm(forms.Form):
    """What the family says, with a few words if it likes."""

    words = forms.CharField(
        label=_("A few words, if you like"),
        required=False,
        max_length=300,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example how much was missing, or what was asked of you."),
        error_messages={
            "max_length": _("At most 300 letters. You typed %(show_value)d.")
        },
    )

    def __init__(self, *data: Any, offered: Iterable[Answer], **options: Any) -> None:
        super().__init__(*data, **options)
        self.fields["answer"] = forms.ChoiceField(
            label=_("Is this right?"),
            widget=forms.RadioSelect,
            choices=[(answer.value, ANSWERS[answer]) for answer in offered],
            error_messages={"required": _("Choose one answer.")},
        )
        self.order_fields(["answer", "words"])


class FindingForm(forms.Form):
    """What was found out about a gap."""

    finding = forms.CharField(
        label=_("What did you find out?"),
        max_length=500,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Whom you asked, what is missing, and what happens now."),
        error_messages={
            "required": _("Write what you found out."),
            "max_length": _("At most 500 letters. You typed %(show_value)d."),
        },
    )
