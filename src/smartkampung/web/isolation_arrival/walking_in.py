"""What is asked of people who come without a booking, or with one more than booked."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.isolation.actions.wish import Guest, Wish
from smartkampung.isolation.booking.words import (
    ENTRY_POINTS,
    FROM_ABROAD,
    NEEDS,
    OBSTACLES,
    SETTINGS,
)
from smartkampung.isolation.queries.origins import ABROAD, provinces, regencies_of
from smartkampung.isolation.rules.assessment import Home, obstacles
from smartkampung.isolation.rules.intake import MOST_GUESTS
from smartkampung.isolation.rules.states import Need, Setting
from smartkampung.web.aid_staff.forms import OnceForm
from smartkampung.web.free_text import no_card_number
from smartkampung.web.isolation_booking.forms import choose
from smartkampung.web.isolation_booking.guests import NIK, NONE, GuestForm
from smartkampung.web.places import village_choices
from smartkampung.web.report.fields import phone_field

HOME_FACTS = ("own_room", "own_bathroom", "nobody_frail")
CHOOSE = ("", _("Choose"))


class CountForm(forms.Form):
    """How many come together."""

    people = forms.ChoiceField(
        label=_("How many people are they?"),
        choices=[(str(count), str(count)) for count in range(1, MOST_GUESTS + 1)],
        help_text=_("A family shares a room. Count every child."),
    )


class PersonForm(GuestForm):
    """One person with the document that they show."""

    def __init__(self, data: Any = None, *, number: int | None = None) -> None:
        super().__init__(data, earlier={})
        if number is not None:
            self.prefix = f"person{number}"

    def guest(self) -> Guest:
        """Return the person whom the form names."""
        clean = self.cleaned_data
        kind, number = clean["document_kind"], clean["number"]
        return Guest(
            name=clean["name"],
            sex=clean["sex"],
            born_on=clean["born_on"],
            nik=number if kind == NIK else "",
            document_kind="" if kind in (NIK, NONE) else kind,
            document="" if kind == NIK else number,
        )


def persons(data: Any, count: int) -> list[PersonForm]:
    """Return a form for each of so many people."""
    return [PersonForm(data, number=number) for number in range(1, count + 1)]


class WalkInForm(OnceForm):
    """Where people without a booking come from and go to."""

    village = forms.ChoiceField(
        label=_("Village where they are going"),
        error_messages=choose(_("Choose the village from the list.")),
    )
    setting = forms.ChoiceField(
        label=_("Where do they isolate?"),
        choices=[(one.value, SETTINGS[one]) for one in (Setting.HOUSE, Setting.HOME)],
        initial=Setting.HOUSE.value,
        widget=forms.RadioSelect(attrs={"class": "choices-row"}),
        error_messages=choose(_("Choose one of the two.")),
    )
    home = forms.MultipleChoiceField(
        label=_("Only for home: tick what is true"),
        choices=[
            ("own_room", _("They have a room of their own")),
            ("own_bathroom", _("They have a bathroom of their own")),
            ("nobody_frail", _("Nobody there falls seriously ill easily")),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    address = forms.CharField(
        label=_("Only for home: the address"),
        max_length=200,
        required=False,
        validators=[no_card_number],
    )
    origin = forms.ChoiceField(
        label=_("Where do they come from?"),
        error_messages=choose(_("Choose from the list.")),
    )
    entry_point = forms.ChoiceField(
        label=_("Way in"), choices=[(one.value, w) for one, w in ENTRY_POINTS.items()]
    )
    needs = forms.MultipleChoiceField(
        label=_("What they need"),
        choices=[(need.value, words) for need, words in NEEDS.items()],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-row"}),
        required=False,
    )
    phone = phone_field(
        label=_("Their mobile number"),
        required=False,
        help_text=_("The code of the booking and news go there by SMS."),
    )

    def __init__(self, *data: Any, **options: Any) -> None:
        super().__init__(*data, **options)
        for name, choices in (
            ("village", [CHOOSE, *village_choices()]),
            ("origin", [CHOOSE, *_origins()]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Let only homes be chosen that are fit for it; each obstacle is said."""
        clean: dict[str, Any] = super().clean() or self.cleaned_data
        if clean.get("setting") != Setting.HOME:
            return clean
        for obstacle in obstacles(Home(**self.assessment())):
            self.add_error("home", str(OBSTACLES[obstacle]))
        if not clean.get("address"):
            self.add_error("address", _("Write the address of the home."))
        return clean

    def assessment(self) -> dict[str, bool]:
        """Return what was ticked about the home."""
        ticked = self.cleaned_data.get("home") or []
        return {fact: fact in ticked for fact in HOME_FACTS}


def _origins() -> list[Any]:
    groups: list[Any] = [
        (name, regencies_of(code)) for code, name in provinces() if regencies_of(code)
    ]
    return [*groups, (ABROAD, FROM_ABROAD)]


def wish_of(form: WalkInForm, guests: Sequence[PersonForm], *, on: date) -> Wish:
    """Return what they ask for: a place from today on."""
    clean: Mapping[str, Any] = form.cleaned_data
    home = clean["setting"] == Setting.HOME
    return Wish(
        village=clean["village"],
        arrives_on=on,
        origin_code=clean["origin"],
        entry_point=clean["entry_point"],
        guests=tuple(guest.guest() for guest in guests),
        setting=Setting(clean["setting"]),
        address=clean["address"] if home else "",
        phone=clean["phone"],
        needs=frozenset(Need(need) for need in clean["needs"]),
        assessment=form.assessment() if home else {},
        walked_in=True,
    )


class GoneForm(forms.Form):
    """Who of a party is not coming."""

    people = forms.MultipleChoiceField(
        label=_("Who is not coming?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages=choose(_("Tick who is not coming.")),
    )

    def __init__(self, *data: Any, people: Sequence[Any]) -> None:
        super().__init__(*data)
        field = self.fields["people"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(stay.pk), stay.name) for stay in people]
