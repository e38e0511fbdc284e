"""What somebody who was helped may say."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.frontline.recognition.rules.thanks import (
    MOST_LETTERS,
    WITHOUT_WORDS,
    Sentence,
    Service,
)
from smartkampung.web.free_text import no_card_number
from smartkampung.web.recognition.words import SENTENCES


class ThanksForm(forms.Form):
    """One of the sentences, or own words without names."""

    sentence = forms.ChoiceField(
        label=_("What would you like to say?"),
        choices=[(one.value, words) for one, words in SENTENCES.items()],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Your own words, if you chose them"),
        help_text=_(
            "Without names of people, at most 200 letters. Names that slip in are struck out."
        ),
        required=False,
        max_length=MOST_LETTERS,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, service: Service) -> None:
        super().__init__(*args)
        if service in WITHOUT_WORDS:
            field: Any = self.fields["sentence"]
            field.choices = [one for one in field.choices if one[0] != Sentence.OWN]
            del self.fields["words"]

    @property
    def chosen(self) -> Sentence:
        """Return the sentence that was chosen."""
        return Sentence(self.cleaned_data["sentence"])
