"""What is typed on tracking pages."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from smartkampung.intake.rules import CODE_LENGTH, ONE_TIME_DIGITS, read_code
from smartkampung.web.free_text import no_card_number

SAMPLE_CODE = "K7QF-2M9X-TB4C"


def _code_help() -> str:
    # A code that breaks over two lines looks like two codes.
    code = format_html('<span class="nowrap">{}</span>', SAMPLE_CODE)
    return format_html(gettext("12 letters and digits, such as {code}."), code=code)


class CodeForm(forms.Form):
    """A tracking code, as read from a slip or an SMS."""

    code = forms.CharField(
        label=_("Tracking code"),
        max_length=60,
        help_text=lazy(_code_help, str)(),
        widget=forms.TextInput(attrs={"class": "code", "autocomplete": "off"}),
        error_messages={
            "required": _("Type the code from the slip or the SMS."),
            "max_length": _("A code has 12 letters and digits."),
        },
    )

    # What the paper in the hand of whoever types calls it.
    code_label: Any = None
    code_missing: Any = None

    def __init__(self, *data: Any, **options: Any) -> None:
        super().__init__(*data, **options)
        field = self.fields["code"]
        if self.code_label is not None:
            field.label = self.code_label
        if self.code_missing is not None:
            field.error_messages["required"] = self.code_missing

    def clean_code(self) -> str:
        """Return the code as printed, or say how many letters are missing."""
        typed = self.cleaned_data["code"]
        code = read_code(typed)
        if code is None:
            letters = sum(letter.isalnum() for letter in typed)
            if letters == CODE_LENGTH:
                raise ValidationError(
                    _("A letter of this code is never used. Compare it with the slip.")
                )
            raise ValidationError(
                _("A code has 12 letters and digits. You typed %(count)d."),
                params={"count": letters},
            )
        return code

    def unknown(self) -> Any:
        """Say that a well-shaped code opens nothing."""
        self.add_error(
            "code",
            _(
                "We know no report with this code. Compare each letter with the slip, "
                "or ask at the village office."
            ),
        )


class PhoneCodeForm(forms.Form):
    """The six digits that came by SMS."""

    digits = forms.CharField(
        label=_("Code from the SMS"),
        max_length=20,
        help_text=_("Six digits."),
        widget=forms.TextInput(
            attrs={
                "class": "code short",
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
            }
        ),
        error_messages={"required": _("Type the six digits from the SMS.")},
    )

    def clean_digits(self) -> str:
        """Return six digits; spaces between them do not matter."""
        digits = "".join(self.cleaned_data["digits"].split())
        if not (
            digits.isascii() and digits.isdigit() and len(digits) == ONE_TIME_DIGITS
        ):
            raise ValidationError(_("The code has six digits and nothing else."))
        return digits

    def wrong(self) -> None:
        """Say that the code opens nothing, whatever the reason."""
        self.add_error(
            "digits",
            _(
                "This code is wrong or no longer valid. After five wrong tries, ask "
                "for a new one."
            ),
        )


class ObjectionForm(forms.Form):
    """Why the decision is wrong, in the family's words."""

    text = forms.CharField(
        label=_("Why is the decision wrong?"),
        max_length=1000,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Say what the officer did not see, or what has changed."),
        error_messages={
            "required": _("Write why the decision is wrong."),
            "max_length": _("At most 1,000 letters. You typed %(show_value)d."),
        },
    )
