"""Forms of cards: shape only."""

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.cards.rules import End
from smartkampung.aid.cards.words import ENDS
from smartkampung.intake.rules import read_code


class CardCodeForm(forms.Form):
    """The code on a card, as somebody types it."""

    code = forms.CharField(
        label=_("Code on the card"),
        max_length=30,
        help_text=_("For example K7QF-2M9X-TB4C; dashes and capitals do not matter."),
        widget=forms.TextInput(attrs={"class": "code", "autocomplete": "off"}),
        error_messages={"required": _("Type the code that stands on the card.")},
    )

    def clean_code(self) -> str:
        """Return the code as it is printed."""
        code = read_code(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(
                _("A card has three groups of four letters and digits. Look again.")
            )
        return code


class EndForm(forms.Form):
    """Why a card is replaced or taken back."""

    end = forms.ChoiceField(
        label=_("What happened to the card?"),
        choices=[(end.value, words) for end, words in ENDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what happened to the card.")},
    )

    def clean_end(self) -> End:
        """Return the reason."""
        return End(self.cleaned_data["end"])
