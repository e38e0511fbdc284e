"""Forms of the office: a counter with its hours, a closed day, somebody at the desk."""

import re
import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from smartkampung.kernel.clock import now
from smartkampung.kernel.wording import short_day
from smartkampung.reopening.counters.actions.offices import Hours
from smartkampung.reopening.counters.queries.places import Offer, offers
from smartkampung.reopening.counters.rules.states import First
from smartkampung.reopening.counters.words import FIRST, WEEKDAYS
from smartkampung.web.counters.forms import NOBODY, choose, first_of, places_free
from smartkampung.web.counters.present import span
from smartkampung.web.free_text import no_card_number
from smartkampung.web.report.fields import phone_field

_TIME = re.compile(r"([01]?\d|2[0-3])[.:]([0-5]\d)|24[.:]00")
MOST_SERVICES = 12


class MinuteField(forms.CharField):
    """A time of day as typed, 08.00 or 08:00; minutes of the day as read."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"class": "short", "inputmode": "decimal"})
        super().__init__(max_length=5, required=False, widget=widget, **options)

    def clean(self, value: Any) -> Any:
        """Return minutes of the day, or None where nothing was typed."""
        text = str(value or "").strip()
        if not text:
            return None
        if not _TIME.fullmatch(text):
            raise ValidationError(_("Type a time such as 08.00."), code="time")
        hours, minutes = re.split("[.:]", text)
        return int(hours) * 60 + int(minutes)


def clock_of(minutes: int) -> str:
    """Return minutes of a day as people type them."""
    return f"{minutes // 60:02}.{minutes % 60:02}"


def _count(label: Any, least: int, most: int, help_text: Any = "") -> Any:
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, help_text=help_text
    )


class CounterForm(forms.Form):
    """What a counter is called, what it serves, and when it opens."""

    name = forms.CharField(label=_("Name of the counter"), max_length=80)
    services = forms.CharField(
        label=_("What is served"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line, at most 12, as people would say it."),
    )
    is_open = forms.BooleanField(
        label=_("People may book here"), required=False, initial=True
    )
    minutes = _count(_("Minutes of one time"), 5, 240)
    people = _count(
        _("People at one time, when all may come"),
        1,
        200,
        _("The phase lowers it by itself."),
    )
    share = _count(
        _("Kept for those who come first (%)"),
        0,
        100,
        _("60 or older, pregnant, or with a disability."),
    )
    released = _count(_("Kept until so many hours before"), 0, 72)
    break_from = MinuteField(label=_("Break from"))
    break_until = MinuteField(label=_("Break until"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for number, words in enumerate(WEEKDAYS):
            self.fields[f"opens_{number}"] = MinuteField(
                label=_("%(day)s, from") % {"day": words}
            )
            self.fields[f"closes_{number}"] = MinuteField(
                label=_("%(day)s, until") % {"day": words}
            )

    def clean_services(self) -> list[str]:
        """Return the services, one a line."""
        typed = self.cleaned_data["services"].splitlines()
        found = list(dict.fromkeys(line.strip() for line in typed if line.strip()))
        if not 1 <= len(found) <= MOST_SERVICES or max(map(len, found)) > 60:
            raise ValidationError(
                _("Write 1 to 12 services, each on a line of at most 60 letters.")
            )
        return found

    def clean(self) -> dict[str, Any]:
        """Hold each day's hours together."""
        clean = super().clean() or self.cleaned_data
        for number in range(len(WEEKDAYS)):
            opens, closes = clean.get(f"opens_{number}"), clean.get(f"closes_{number}")
            if (opens is None) != (closes is None) or (
                opens is not None and closes is not None and closes <= opens
            ):
                self.add_error(
                    f"closes_{number}",
                    _(
                        "Type from and until, the later one second; or leave both empty."
                    ),
                )
        return clean

    def hours(self) -> list[Hours]:
        """Return the hours as read: each day, cut by the break."""
        found = []
        for number in range(len(WEEKDAYS)):
            opens = self.cleaned_data[f"opens_{number}"]
            closes = self.cleaned_data[f"closes_{number}"]
            if opens is not None:
                found += [
                    Hours(number, start, end, *self._shape())
                    for start, end in self._parts(opens, closes)
                ]
        return found

    def _shape(self) -> tuple[int, int, int, int]:
        names = ("minutes", "people", "share", "released")
        minutes, people, share, released = (self.cleaned_data[name] for name in names)
        return minutes, people, share, released

    def _parts(self, opens: int, closes: int) -> list[tuple[int, int]]:
        since, until = (
            self.cleaned_data["break_from"],
            self.cleaned_data["break_until"],
        )
        if since is None or until is None or not opens < since < until < closes:
            return [(opens, closes)]
        return [(opens, since), (until, closes)]


def initial_of(counter: Any, openings: Sequence[Any]) -> dict[str, Any]:
    """Return what the form of a counter shows at first."""
    told: dict[str, Any] = {
        "name": counter.name if counter else "",
        "services": "\n".join(counter.services) if counter else "",
        "is_open": counter.is_open if counter else True,
        **{"minutes": 30, "people": 8, "share": 20, "released": 2},
    }
    if openings:
        one = openings[0]
        told |= {
            "minutes": one.minutes,
            "people": one.people,
            "share": one.share,
            "released": one.released,
        }
    for one in openings:
        opens, closes = f"opens_{one.weekday}", f"closes_{one.weekday}"
        if opens in told:
            told |= {
                "break_from": told[closes],
                "break_until": clock_of(one.opens),
                closes: clock_of(one.closes),
            }
            continue
        told |= {opens: clock_of(one.opens), closes: clock_of(one.closes)}
    return told


class PlaceForm(forms.Form):
    """At which office a new counter stands."""

    region = forms.ChoiceField(
        label=_("Office"), error_messages=choose(_("Choose the office from the list."))
    )

    def __init__(self, *args: Any, offices: list[tuple[str, str]], **options: Any):
        super().__init__(*args, **options)
        field = self.fields["region"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = offices


class ClosedForm(forms.Form):
    """A day on which the counter stays closed."""

    on = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": _("Choose the day."),
            "invalid": _("Choose the day."),
        },
    )
    reason = forms.CharField(label=_("Reason"), max_length=120)


class DeskForm(forms.Form):
    """Somebody at the desk, or at the door."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    service = forms.ChoiceField(
        label=_("Service"), error_messages=choose(_("Choose what you need."))
    )
    first = forms.ChoiceField(
        label=_("Comes first"),
        required=False,
        choices=[
            (NOBODY, _("None of these")),
            *((one.value, words) for one, words in FIRST.items()),
        ],
    )
    name = forms.CharField(
        label=_("Name"), max_length=80, required=False, validators=[no_card_number]
    )

    def __init__(self, data: Any = None, *, counter: Any) -> None:
        super().__init__(data, initial={"key": uuid.uuid4()})
        self.counter = counter
        field = self.fields["service"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one, one) for one in counter.services]

    @property
    def comes_first(self) -> First | None:
        """Return why they come first, if they do."""
        return first_of(self.cleaned_data["first"])


class BookForm(DeskForm):
    """Somebody at the desk who books for a later time."""

    slot = forms.ChoiceField(
        label=_("Time"), error_messages=choose(_("Choose a time from the list."))
    )
    phone = phone_field(label=_("Mobile number, if there is one"), required=False)

    def __init__(self, data: Any = None, *, counter: Any) -> None:
        super().__init__(data, counter=counter)
        field = self.fields["slot"]
        assert isinstance(field, forms.ChoiceField)
        # With the kept places: whether they may be taken is decided by the booking.
        field.choices = slots(offers(counter.pk, first=True, at=now()))


def slots(found: Sequence[Offer]) -> list[tuple[str, str]]:
    """Return times of many days that have room."""
    return [
        (
            str(one.slot_id),
            f"{short_day(one.on)}, {span(one.starts_at, one.ends_at)}:"
            f" {places_free(one.free)}",
        )
        for one in found
        if one.free
    ]


def read_day(typed: str, today: date) -> date:
    """Return the day that an address names, or today."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return today
