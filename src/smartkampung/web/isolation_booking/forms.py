"""The questions of the journey, one a screen: when, from where, how, where to."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.isolation.booking.words import ENTRY_POINTS, FROM_ABROAD, NEEDS
from smartkampung.isolation.queries.origins import ABROAD, provinces, regencies_of
from smartkampung.isolation.rules.intake import (
    BOOKABLE_AHEAD,
    MOST_GUESTS,
    DateProblem,
    date_problem,
)
from smartkampung.isolation.rules.states import Need
from smartkampung.kernel.clock import today
from smartkampung.web.report.fields import DayField, phone_field
from smartkampung.web.report.forms import (
    CHOOSE,
    KecamatanForm,
    RtForm,
    StepForm,
    VillageForm,
)

DAYS: dict[DateProblem, Promise] = {
    DateProblem.PAST: _("This day is over. Type the day on which you will arrive."),
    DateProblem.TOO_FAR: _("You can book at most %(days)d days ahead."),
}
YES_NO = [("yes", _("Yes")), ("no", _("No"))]


def choose(words: Promise) -> dict[str, Any]:
    """Say the same for nothing chosen and for what is not on the list."""
    return {"required": words, "invalid_choice": words}


class ArrivalField(DayField):
    """A day on which people may still arrive."""

    not_digits = _(
        "Type day, month and year of your arrival in digits, each in its box."
    )

    def judge(self, typed: date) -> None:
        """Refuse a day for which nobody can book."""
        problem = date_problem(typed, today=today())
        if problem is not None:
            raise ValidationError(
                str(DAYS[problem]), code=problem, params={"days": BOOKABLE_AHEAD.days}
            )


class WhenForm(StepForm):
    """The day of arrival."""

    arrives_on = ArrivalField(
        label=_("Day of arrival"),
        help_text=_("Not sure? Take the likeliest day. You can change it later."),
    )


class ProvinceForm(StepForm):
    """From where, from far."""

    province = forms.ChoiceField(
        label=_("Province"), error_messages=choose(_("Choose from the list."))
    )

    def prepare(self) -> None:
        """Offer all provinces, and abroad."""
        field = self.fields["province"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [CHOOSE, *provinces(), (ABROAD, FROM_ABROAD)]


class OriginForm(StepForm):
    """From where, nearer."""

    origin = forms.ChoiceField(
        label=_("Regency or city"), error_messages=choose(_("Choose from the list."))
    )

    def prepare(self) -> None:
        """Offer the regencies and cities of the chosen province."""
        field = self.fields["origin"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [CHOOSE, *regencies_of(self.earlier.get("province", "-"))]


class EntryForm(StepForm):
    """Where people come in."""

    entry_point = forms.ChoiceField(
        label=_("Way in"),
        choices=[(one.value, words) for one, words in ENTRY_POINTS.items()],
        widget=forms.RadioSelect,
        error_messages=choose(_("Choose how you come in.")),
    )


class PeopleForm(StepForm):
    """How many come together."""

    people = forms.TypedChoiceField(
        label=_("Number of people"),
        choices=[(str(count), str(count)) for count in range(1, MOST_GUESTS + 1)],
        coerce=int,
        help_text=_("Count yourself and every child. A family shares a room."),
        error_messages=choose(_("Choose how many people come.")),
    )


class NeedsForm(StepForm):
    """What the place must have."""

    def prepare(self) -> None:
        """Offer each need as a box to tick."""
        for need, words in NEEDS.items():
            self.fields[need_name(need)] = forms.BooleanField(
                label=str(words), required=False
            )


def need_name(need: Need) -> str:
    """Return the name of the box of a need."""
    return f"need_{need.value}"


class PhoneForm(StepForm):
    """Where the code goes."""

    phone = phone_field(
        label=_("Your mobile number"),
        required=False,
        help_text=_("We send the code of the booking and news here by SMS."),
    )


__all__ = [
    "ArrivalField",
    "EntryForm",
    "KecamatanForm",
    "NeedsForm",
    "OriginForm",
    "PeopleForm",
    "PhoneForm",
    "ProvinceForm",
    "RtForm",
    "VillageForm",
    "WhenForm",
]
