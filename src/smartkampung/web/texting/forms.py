"""What whoever called somebody back writes down."""

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.web.texting.words import CHOICES


class OutcomeForm(forms.Form):
    """What came of the call."""

    outcome = forms.ChoiceField(
        label=_("What came of it?"), choices=CHOICES, widget=forms.RadioSelect
    )


class PhoneForm(forms.Form):
    """A text, and the phone of the demo that sends it."""

    phone = forms.ChoiceField(label=_("Whose phone"))
    text = forms.CharField(
        label=_("Text"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "LAPOR"}),
    )

    def __init__(self, *args: object, phones: list[tuple[str, str]]) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # whatever a form takes
        field = self.fields["phone"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = phones
