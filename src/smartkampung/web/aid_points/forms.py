"""The form of a hand-over point."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.points.rules import MOST_PEOPLE, Plan
from smartkampung.web.aid_staff.termforms import day_field
from smartkampung.web.free_text import no_card_number


def _hour(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(
            attrs={"type": "time", "class": "short"}, format="%H:%M"
        ),
        input_formats=["%H:%M", "%H.%M"],
        error_messages={
            "required": _("Write the time, such as 08.00."),
            "invalid": _("Write the time, such as 08.00."),
        },
    )


class PointForm(forms.Form):
    """Where, when, for how many, and for which RTs."""

    place = forms.CharField(
        label=_("Place"), max_length=120, validators=[no_card_number]
    )
    on = day_field(_("Day"))
    starts = _hour(_("From"))
    ends = _hour(_("Until"))
    capacity = forms.IntegerField(
        label=_("Room for how many recipients"),
        min_value=1,
        max_value=MOST_PEOPLE,
        widget=forms.NumberInput(attrs={"class": "short"}),
        error_messages={
            "required": _("Type how many."),
            "invalid": _("Type a whole number, such as 120."),
        },
    )
    areas = forms.MultipleChoiceField(
        label=_("Which RTs come here?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one RT.")},
    )

    def __init__(self, *args: Any, areas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["areas"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = list(areas)

    def plan(self) -> Plan:
        """Return what was planned."""
        return Plan(**{**self.cleaned_data, "areas": tuple(self.cleaned_data["areas"])})
