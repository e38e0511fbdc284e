"""What officers say about two records, and why."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """A reason that can be read later."""

    reason = forms.CharField(
        label=_("How do you know?"),
        max_length=300,
        help_text=_("For example: both cards were shown; the mother confirmed it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PairForm(ReasonForm):
    """One person or two, and which record stands."""

    outcome = forms.ChoiceField(label=_("One person or two?"), widget=forms.RadioSelect)
    field_order = ("outcome", "reason")

    def __init__(
        self, *args: Any, outcomes: list[tuple[str, Any]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["outcome"]).choices = outcomes
