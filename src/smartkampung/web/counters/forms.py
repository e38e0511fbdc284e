"""The questions of a booking, one a screen: where, what for, when, who."""

from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from smartkampung.kernel.clock import now
from smartkampung.kernel.wording import long_day
from smartkampung.reopening.counters.queries import places
from smartkampung.reopening.counters.queries.places import Offer
from smartkampung.reopening.counters.rules.states import First
from smartkampung.reopening.counters.words import FIRST
from smartkampung.web.counters.present import name_of, span
from smartkampung.web.free_text import has_a_letter, no_card_number
from smartkampung.web.report.fields import phone_field
from smartkampung.web.report.forms import KecamatanForm, StepForm
from smartkampung.web.typed import row_id

NOBODY = "no"
Choices = list[tuple[str, Any]]


def choose(words: Promise) -> dict[str, Any]:
    """Say the same for nothing chosen and for what is not on the list."""
    return {"required": words, "invalid_choice": words}


class OfferedForm(StepForm):
    """A screen whose choices follow from the counter that was chosen."""

    name = ""

    def prepare(self) -> None:
        """Offer what there is now."""
        field = self.fields[self.name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = self.choices

    def choices(self) -> Choices:
        """Return what may be chosen."""
        raise NotImplementedError

    @property
    def counter_id(self) -> int:
        """Return the number of the counter that was chosen; 0 for none."""
        return row_id(self.earlier.get("office", "")) or 0

    @cached_property
    def offers(self) -> list[Offer]:
        """Return the times ahead with what is free for this person."""
        first = self.earlier.get("first", NOBODY) not in {"", NOBODY}
        return places.offers(self.counter_id, first=first, at=now())


class OfficeForm(OfferedForm):
    """Which counter."""

    name = "office"
    office = forms.ChoiceField(
        label=_("Office and counter"),
        widget=forms.RadioSelect,
        error_messages=choose(_("Choose the office from the list.")),
    )

    def choices(self) -> Choices:
        """Offer the counters of the kecamatan and its villages."""
        inside = self.earlier.get("kecamatan", "-")
        return [(str(row.pk), name_of(row)) for row in places.open_counters(inside)]


class ServiceForm(OfferedForm):
    """What for."""

    name = "service"
    service = forms.ChoiceField(
        label=_("Service"),
        widget=forms.RadioSelect,
        error_messages=choose(_("Choose what you need.")),
    )

    def choices(self) -> Choices:
        """Offer what the counter serves."""
        row = places.open_counter(self.counter_id)
        return [(one, one) for one in row.services] if row else []


class FirstForm(StepForm):
    """Whether they come first; they say so, and nobody asks for a proof."""

    first = forms.ChoiceField(
        label=_("For whom is the visit?"),
        choices=[
            (NOBODY, _("None of these")),
            *((one.value, words) for one, words in FIRST.items()),
        ],
        widget=forms.RadioSelect,
        help_text=_("Some places are kept for you. Nobody asks for a proof."),
        error_messages=choose(_("Choose what fits, or none of these.")),
    )


class DayForm(OfferedForm):
    """On which day."""

    name = "on"
    on = forms.ChoiceField(
        label=_("Day"),
        widget=forms.RadioSelect,
        error_messages=choose(_("This day is not free any more. Choose another.")),
    )

    def choices(self) -> Choices:
        """Offer the days on which something is free."""
        free: dict[date, int] = {}
        for one in self.offers:
            free[one.on] = free.get(one.on, 0) + one.free
        return [
            (on.isoformat(), f"{long_day(on)}: {places_free(count)}")
            for on, count in free.items()
            if count
        ]


class TimeField(forms.ChoiceField):
    """A time. Whether it has room is decided where it is booked, not here."""

    known: frozenset[str] = frozenset()

    def valid_value(self, value: Any) -> bool:
        """Take any time of the counter that is ahead."""
        return str(value) in self.known


class TimeForm(OfferedForm):
    """At which time."""

    name = "slot"
    slot = TimeField(
        label=_("Time"),
        widget=forms.RadioSelect,
        error_messages=choose(_("Choose a time from the list.")),
    )

    def prepare(self) -> None:
        """Offer the times of the day that have room."""
        super().prepare()
        field = self.fields["slot"]
        assert isinstance(field, TimeField)
        field.known = frozenset(str(one.slot_id) for one in self.offers)

    def choices(self) -> Choices:
        """Offer what is free on the chosen day."""
        on = self.earlier.get("on", "")
        return times([one for one in self.offers if one.on.isoformat() == on])

    def words(self, slot_id: str) -> str:
        """Return the day and time of a slot in words."""
        return next(
            (
                f"{long_day(one.on)}, {span(one.starts_at, one.ends_at)}"
                for one in self.offers
                if str(one.slot_id) == slot_id
            ),
            "",
        )


class WhoForm(StepForm):
    """Who comes, and where the code goes."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        validators=[no_card_number, has_a_letter],
        help_text=_("The counter calls your number, not your name."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": _("Type the name."),
            "max_length": _("At most %(limit_value)d letters."),
        },
    )
    phone = phone_field(
        label=_("Your mobile number"),
        help_text=_("We send the code here by SMS. One open booking a day."),
        error_messages={"required": _("Type your mobile number.")},
    )


def times(offers: list[Offer]) -> Choices:
    """Return the times that have room, each with how much."""
    return [
        (
            str(one.slot_id),
            f"{span(one.starts_at, one.ends_at)}: {places_free(one.free)}",
        )
        for one in offers
        if one.free
    ]


def places_free(count: int) -> str:
    """Return "3 places free"."""
    words = ngettext("%(count)d place free", "%(count)d places free", count)
    return words % {"count": count}


def first_of(typed: str) -> First | None:
    """Return why somebody comes first, if they do."""
    return First(typed) if typed in set(First) else None


__all__ = [
    "DayForm",
    "FirstForm",
    "KecamatanForm",
    "OfficeForm",
    "ServiceForm",
    "TimeForm",
    "WhoForm",
]
