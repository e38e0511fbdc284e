"""What is typed, or handed in, to prove a letter."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from smartkampung.intake.rules import MISREAD
from smartkampung.letters.signing.rules.payload import LONGEST_TEXT
from smartkampung.letters.signing.rules.reports import LARGEST_PDF
from smartkampung.web.free_text import no_card_number

CODE_SIGNS = 60
HOLDER_SIGNS = 6


def squeezed(typed: str) -> str:
    """Return a code without spaces and dashes, in capitals, look-alikes as meant."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    return signs.translate(MISREAD)


class ProofForm(forms.Form):
    """The code of a letter, or the text of its square."""

    code = forms.CharField(
        label=_("Code on the letter, or the text of its square"),
        max_length=LONGEST_TEXT,
        help_text=_("The code stands beside the square."),
        validators=[no_card_number],
        widget=forms.TextInput(attrs={"class": "code", "autocomplete": "off"}),
        error_messages={"required": _("Type the code that stands on the letter.")},
    )


class HolderForm(forms.Form):
    """The code that stands on the paper only."""

    holder_code = forms.CharField(
        label=_("Holder's code"),
        max_length=20,
        help_text=_("Six signs on the paper. Only who has it in hand can type them."),
        widget=forms.TextInput(attrs={"class": "code", "autocomplete": "off"}),
        error_messages={"required": _("Type the six signs that stand on the paper.")},
    )

    def clean_holder_code(self) -> str:
        """Take small letters, spaces and dashes as they come."""
        typed = squeezed(str(self.cleaned_data["holder_code"]))
        if len(typed) != HOLDER_SIGNS:
            raise ValidationError(
                _("The holder's code has %(right)s signs; %(typed)s were typed.")
                % {"right": HOLDER_SIGNS, "typed": len(typed)}
            )
        return typed


class FileForm(forms.Form):
    """A signed PDF."""

    file = forms.FileField(
        label=_("The letter as a PDF"),
        help_text=_("At most 5 MB. It is checked and not kept."),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={
            "required": _("Choose the PDF of the letter."),
            "empty": _("This file is empty. Choose the PDF of the letter."),
        },
    )

    def clean_file(self) -> Any:
        """Refuse what is larger than any letter."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_PDF:
            raise ValidationError(_("The file is larger than 5 MB: no letter is."))
        return file
