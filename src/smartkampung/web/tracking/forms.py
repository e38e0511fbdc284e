"""What is typed on tracking pages."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from smartkampung.intake.rules import CODE_LENGTH, read_code


class CodeForm(forms.Form):
    """A tracking code, as read from a slip or an SMS."""

    code = forms.CharField(
        label=_("Tracking code"),
        max_length=60,
        help_text=_("12 letters and digits, such as K7QF-2M9X-TB4C."),
        widget=forms.TextInput(attrs={"class": "code", "autocomplete": "off"}),
        error_messages={
            "required": _("Type the code from the slip or the SMS."),
            "max_length": _("A tracking code has 12 letters and digits."),
        },
    )

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
                _("A tracking code has 12 letters and digits. You typed %(count)d."),
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
