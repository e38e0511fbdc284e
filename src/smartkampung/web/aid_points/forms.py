"""The form of a hand-over point."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.points.rules import MOST_PEOPLE, Plan
from smartkampung.web.aid_goods.forms import quantity_field
from smartkampung.web.aid_staff.forms import OnceForm
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


class CarryForm(OnceForm):
    """Goods that are taken from a warehouse to a point."""

    region = forms.ChoiceField(label=_("From the warehouse of"))
    quantity = quantity_field(_("How many are taken there"), least=1)

    def __init__(self, *args: Any, warehouses: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["region"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(warehouses)


class CloseForm(forms.Form):
    """What came back of the goods of a point, counted."""

    back = quantity_field(_("How many came back"), least=0)
    reason = forms.CharField(
        label=_("Why fewer, if fewer"),
        required=False,
        max_length=300,
        validators=[no_card_number],
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
