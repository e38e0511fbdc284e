"""What a village and the Puskesmas write about a house."""

import re
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.isolation.houses.rules import MOST_BEDS, Check, HousePlan, RoomPlan
from smartkampung.isolation.houses.words import CHECKS, KINDS
from smartkampung.regions.codes import ancestor, level
from smartkampung.regions.queries import places, rts_of, villages_of
from smartkampung.web.aid_staff.forms import OnceForm, YesNoField
from smartkampung.web.aid_staff.termforms import day_field
from smartkampung.web.free_text import no_card_number

PHONE = re.compile(r"\+?[0-9][0-9 ().-]{5,18}")
POSITION = re.compile(r"\s*(-?\d{1,2}[.]\d+)\s*[,; ]\s*(\d{2,3}[.]\d+)\s*")
# Between Aceh and Papua, Talaud and Rote.
SOUTH, NORTH, WEST, EAST = -11.5, 6.5, 94.0, 142.0
HOW_MANY = _("Type a whole number, such as 4.")


class PositionField(forms.CharField):
    """Latitude and longitude in one box, as maps show them; empty when not known."""

    def clean(self, value: Any) -> Any:
        """Return (lat, lng), or None."""
        text = super().clean(value)
        if not text:
            return None
        found = POSITION.fullmatch(text)
        if found:
            lat, lng = float(found[1]), float(found[2])
            if SOUTH <= lat <= NORTH and WEST <= lng <= EAST:
                return lat, lng
        raise ValidationError(
            _("Write the position as maps show it, such as -8.2112, 114.3671.")
        )


class HouseForm(forms.Form):
    """Where a house is, what it has, and whom to call."""

    place = forms.ChoiceField(
        label=_("Where is it?"),
        error_messages={"required": _("Choose the RT, or the village.")},
    )
    kind = forms.ChoiceField(
        label=_("What is the building?"),
        choices=[(kind.value, words) for kind, words in KINDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the building is.")},
    )
    name = forms.CharField(
        label=_("Name of the house"),
        max_length=80,
        validators=[no_card_number],
        help_text=_("Everybody sees it. Not the name of a family."),
        error_messages={"required": _("Write the name of the house.")},
    )
    address = forms.CharField(
        label=_("Address"), max_length=200, required=False, validators=[no_card_number]
    )
    position = PositionField(
        label=_("Position on a map"),
        required=False,
        max_length=60,
        help_text=_("Copy it from a map, such as -8.2112, 114.3671."),
    )
    contact_name = forms.CharField(
        label=_("Person in charge"),
        max_length=80,
        validators=[no_card_number],
        help_text=_("Everybody sees the name and the number."),
        error_messages={"required": _("Write who is in charge of the house.")},
    )
    contact_phone = forms.CharField(
        label=_("Phone of the person in charge"),
        max_length=20,
        widget=forms.TextInput(attrs={"type": "tel", "class": "short"}),
        error_messages={"required": _("Write the phone number.")},
    )
    fed_by = forms.ChoiceField(label=_("Which village kitchen brings the meals?"))
    women_only = forms.BooleanField(label=_("For women only"), required=False)
    wheelchair = forms.BooleanField(label=_("Wheelchair can enter"), required=False)
    kitchen = forms.BooleanField(label=_("Kitchen"), required=False)

    def __init__(self, *data: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*data, **options)
        own = actor.regions_where(Permission.HOUSE_MANAGE)
        for name, choices in (
            ("place", place_choices(own)),
            ("fed_by", kitchen_choices(own)),
        ):
            cast(forms.ChoiceField, self.fields[name]).choices = choices

    def clean_contact_phone(self) -> str:
        """Ask for a number that can be called."""
        phone: str = self.cleaned_data["contact_phone"].strip()
        if not PHONE.fullmatch(phone):
            raise ValidationError(_("Write the phone number, such as 0333 411234."))
        return phone

    def plan(self) -> HousePlan:
        """Return what was written."""
        told = dict(self.cleaned_data)
        lat, lng = told.pop("position") or (None, None)
        return HousePlan(**told, lat=lat, lng=lng)


def place_choices(own: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the villages of an officer, each followed by its RTs."""
    villages = [row.code for row in villages_of(*own)]
    codes = [
        code
        for village in villages
        for code in (village, *(row.code for row in rts_of(village)))
    ]
    named = places(codes)
    return [
        (
            code,
            f"RT {named[code].rt} / RW {named[code].rw}, {named[code].village}"
            if level(code) == "rt"
            else named[code].village,
        )
        for code in codes
    ]


def kitchen_choices(own: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the villages that could cook: one's own first, then their neighbours."""
    mine = [(row.code, row.name) for row in villages_of(*own)]
    around = {ancestor(code, "kecamatan") for code, _name in mine}
    near = [(row.code, row.name) for row in villages_of(*sorted(around))]
    return mine + [choice for choice in near if choice not in mine]


def _count(label: Any, least: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=MOST_BEDS,
        widget=forms.NumberInput(attrs={"class": "tiny"}),
        error_messages={"required": HOW_MANY, "invalid": HOW_MANY},
    )


class RoomForm(forms.Form):
    """A room and its beds."""

    name = forms.CharField(
        label=_("Name of the room"),
        max_length=40,
        error_messages={"required": _("Write the name of the room.")},
    )
    beds = _count(_("Beds"), 0)
    cots = _count(_("Cots for babies"), 0)
    own_bathroom = forms.BooleanField(label=_("Bathroom of one's own"), required=False)
    women_only = forms.BooleanField(label=_("For women only"), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for at least one bed."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("beds") == 0 and told.get("cots") == 0:
            self.add_error("beds", _("A room has at least one bed."))
        return told

    def plan(self) -> RoomPlan:
        """Return what was written."""
        return RoomPlan(**self.cleaned_data)


class BedsForm(forms.Form):
    """More beds in a room."""

    count = _count(_("How many more"), 1)
    cot = forms.BooleanField(label=_("Cots for babies"), required=False)


class DaysForm(forms.Form):
    """From one day to another; the last is one of them."""

    since = day_field(_("First day"))
    last = day_field(
        _("Last day"),
        required=False,
        help_text=_("Empty: until you close the house."),
    )

    def days(self) -> tuple[date, date | None]:
        """Return the half-open days."""
        last = self.cleaned_data["last"]
        return self.cleaned_data["since"], last and last + timedelta(days=1)


class BlockForm(DaysForm):
    """Which beds nobody gets, when and why."""

    field_order = ("beds", "work", "since", "last")
    beds = forms.MultipleChoiceField(
        label=_("Which beds?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one bed.")},
    )
    work = forms.CharField(
        label=_("Why"),
        max_length=80,
        validators=[no_card_number],
        help_text=_("Such as: the roof leaks. No names."),
        error_messages={"required": _("Write why.")},
    )

    def __init__(self, *data: Any, beds: Any, **options: Any) -> None:
        super().__init__(*data, **options)
        cast(forms.MultipleChoiceField, self.fields["beds"]).choices = beds
        self.fields["last"].help_text = _("Empty: the bed is gone for good.")


class CloseForm(forms.Form):
    """From which day a house takes nobody."""

    on = day_field(_("Closed from"))


class InspectionForm(OnceForm):
    """The checklist: one question each."""

    note = forms.CharField(
        label=_("Note for the village"),
        max_length=400,
        required=False,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What is to be mended, and how. No names."),
    )

    def __init__(self, *data: Any, **options: Any) -> None:
        super().__init__(*data, **options)
        questions = {
            check.value: YesNoField(label=words) for check, words in CHECKS.items()
        }
        self.fields = {**questions, **self.fields}

    def faults(self) -> list[Check]:
        """Return what was answered with no."""
        return [one for one in Check if not self.cleaned_data[one.value]]


class PhotoForm(forms.Form):
    """A photo of the house."""

    photo = forms.FileField(
        label=_("Photo"),
        help_text=_("Without people in it: everybody sees it."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
        error_messages={"required": _("Choose a photo.")},
    )
