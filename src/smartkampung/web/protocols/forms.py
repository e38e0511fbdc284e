"""What is typed about places: checklists, complaints, descriptions, decisions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.reopening.guidance.rules.kinds import Setting
from smartkampung.reopening.places.queries.protocols import item_name
from smartkampung.reopening.places.rules.protocol import Checklist
from smartkampung.reopening.places.rules.telling import PlacePlan
from smartkampung.reopening.places.words import KINDS
from smartkampung.web.aid_staff.forms import OnceForm, YesNoField
from smartkampung.web.free_text import has_a_letter, no_card_number
from smartkampung.web.isolation_houses.forms import PositionField, place_choices
from smartkampung.web.report.fields import phone_field

MOST_PEOPLE = 100_000
ITEM = "item_"
HOW_MANY = _("Type a whole number, such as 40.")


def words(label: Any, most: int, *, rows: int = 3, **options: Any) -> forms.CharField:
    """Return a box for free text."""
    return forms.CharField(
        label=label,
        max_length=most,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": rows}),
        **options,
    )


def people_field(label: Any, *, least: int = 1, **options: Any) -> forms.IntegerField:
    """Return a box for a number of people."""
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=MOST_PEOPLE,
        widget=forms.NumberInput(attrs={"class": "tiny", "inputmode": "numeric"}),
        error_messages={
            "required": HOW_MANY,
            "invalid": HOW_MANY,
            "min_value": _("At least %(limit_value)d."),
            "max_value": _("At most %(limit_value)d."),
        },
        **options,
    )


def name_field() -> forms.CharField:
    """Return the box for the name of a place."""
    return forms.CharField(
        label=_("Name of the place"),
        max_length=80,
        validators=[has_a_letter, no_card_number],
        help_text=_("As on its sign. Everybody can read it."),
        error_messages={"required": _("Type the name of the place.")},
    )


def address_field() -> forms.CharField:
    """Return the box for an address."""
    return forms.CharField(
        label=_("Address"),
        max_length=200,
        validators=[no_card_number],
        help_text=_("Street and number, or how to find it."),
        error_messages={"required": _("Type where it is.")},
    )


def person_field(label: Any) -> forms.CharField:
    """Return the box for the name of a person."""
    return forms.CharField(
        label=label,
        max_length=80,
        validators=[has_a_letter, no_card_number],
        error_messages={"required": _("Type the name.")},
    )


class ChecklistForm(OnceForm):
    """One question for each item of a checklist."""

    def __init__(self, *data: Any, checklist: Checklist, **options: Any) -> None:
        super().__init__(*data, **options)
        self.codes = [item.code for item in checklist.items]
        for item in checklist.items:
            self.fields[f"{ITEM}{item.code}"] = YesNoField(
                label=item_name(item),
                help_text=_("Without exception") if item.must else "",
            )

    def kept(self) -> list[str]:
        """Return the codes of what is kept."""
        return [code for code in self.codes if self.cleaned_data[f"{ITEM}{code}"]]


class VisitForm(ChecklistForm):
    """What an inspector found, with photos."""

    def __init__(self, *data: Any, **options: Any) -> None:
        super().__init__(*data, **options)
        self.fields["note"] = words(
            _("Note for the owner"),
            400,
            required=False,
            help_text=_("What to mend. The owner reads it."),
        )
        self.fields["photo"] = forms.FileField(
            label=_("Photo"),
            required=False,
            widget=forms.FileInput(
                attrs={"accept": "image/*", "capture": "environment"}
            ),
            help_text=_("No faces. JPEG, PNG or WebP, at most 10 MB."),
        )


class ComplaintForm(OnceForm):
    """What is not kept, in the words of a visitor."""

    text = words(
        _("What was not kept?"),
        600,
        rows=4,
        help_text=_("What, when, and where in the place. No names."),
        error_messages={
            "required": _("Write what was not kept."),
            "max_length": _(
                "At most %(limit_value)d letters. You typed %(show_value)d."
            ),
        },
    )
    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=_("If you have one. No faces. At most 10 MB."),
    )


class PlaceForm(OnceForm):
    """A place as its village enters it."""

    region_code = forms.ChoiceField(
        label=_("Where is it?"),
        error_messages={"required": _("Choose the RT, or the village.")},
    )
    kind = forms.ChoiceField(
        label=_("Kind of place"),
        choices=list(KINDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is.")},
    )
    name = name_field()
    address = address_field()
    capacity = people_field(
        _("How many people does it usually hold?"),
        help_text=_("On a full day before the pandemic, staff included."),
    )
    contact_name = person_field(_("Person in charge"))
    contact_phone = phone_field(
        label=_("Mobile number of the person in charge"), required=False
    )
    position = PositionField(
        label=_("Position on a map"),
        required=False,
        max_length=60,
        help_text=_("Copy it from a map, such as -8.2112, 114.3671."),
    )
    run_by = forms.CharField(
        label=_("Account of the officer who runs it, if one does"),
        required=False,
        max_length=150,
        help_text=_("Nobody inspects what they run."),
    )

    def __init__(self, *data: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*data, **options)
        field = self.fields["region_code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = place_choices(actor.regions_where(Permission.PLACE_REGISTER))

    def plan(self) -> PlacePlan:
        """Return what was written."""
        told = dict(self.cleaned_data)
        lat, lng = told.pop("position") or (None, None)
        told["kind"] = Setting(told["kind"])
        return PlacePlan(**told, lat=lat, lng=lng)


CONCERNED = _("Who it concerns reads it.")
WHEN_NO = _("Needed when you say no. Who it concerns reads it.")
EVERYBODY = _("Everybody can read this. No names.")


class ReasonForm(forms.Form):
    """Why, in words that others read."""

    reason = words(
        _("Why?"),
        300,
        help_text=CONCERNED,
        error_messages={"required": _("Write why.")},
    )


class AskedField(forms.CharField):
    """A box that the action asks for where it is needed: it is not called optional."""

    asked = True


class OpenReasonForm(ReasonForm):
    """Why, in words that stand on public pages."""

    def __init__(self, *data: Any, **options: Any) -> None:
        super().__init__(*data, **options)
        self.fields["reason"].help_text = EVERYBODY


def choice_form(
    choices: Sequence[tuple[str, Any]],
    *,
    required: bool,
    read_by: Any = CONCERNED,
) -> type[forms.Form]:
    """Return a form of one choice and its reason."""

    class ChoiceForm(forms.Form):
        answer = forms.ChoiceField(
            label=_("Decision"),
            choices=choices,
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose one.")},
        )
        reason = AskedField(
            label=_("Why?"),
            max_length=300,
            validators=[no_card_number],
            widget=forms.Textarea(attrs={"rows": 3}),
            required=required,
            help_text=read_by,
            error_messages={"required": _("Write why.")},
        )

    return ChoiceForm
