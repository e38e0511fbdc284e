"""Forms of signals: a day of two numbers, an official colour, why one is taken back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.reopening.guidance.rules.kinds import Colour
from smartkampung.reopening.signals.rules.files import ColourRow
from smartkampung.reopening.signals.rules.kinds import (
    COLUMNS,
    LONGEST_PLACE,
    Kind,
    Numbers,
    doubts,
    faults,
)
from smartkampung.reopening.signals.words import COLOURS, DOUBTS, FAULTS, NUMBERS
from smartkampung.web.free_text import no_card_number

PLACES: Mapping[Kind, Any] = {
    Kind.BEDS: _("Which hospital?"),
    Kind.TESTS: _("Which laboratory?"),
}
PLACE_HELP: Mapping[Kind, Any] = {
    Kind.TESTS: _("Leave it empty when the numbers are of all laboratories together."),
}
NEW_PLACE = _("Yes, this place is new: it never told before")
CORRECTS = _("Only where a report of this day stands already. Both are kept.")


def day_field(label: Any) -> forms.DateField:
    """Return the field of a day that is not to come."""
    return forms.DateField(
        label=label,
        error_messages={
            "required": _("Choose the day."),
            "invalid": _("Write the day as 2020-05-28."),
        },
        widget=forms.DateInput(
            attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"
        ),
    )


def reason_field(help_text: Any, *, required: bool) -> forms.CharField:
    """Return the field of why something changes."""
    return forms.CharField(
        label=_("Why does it change?"),
        help_text=help_text,
        max_length=300,
        required=required,
        validators=[no_card_number],
        error_messages={"required": _("Say why it changes; it is kept with it.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReportForm(forms.Form):
    """The two numbers of a kind, of one place and day."""

    on = day_field(_("Which day?"))
    place = forms.CharField(
        max_length=LONGEST_PLACE,
        required=False,
        validators=[no_card_number],
        widget=forms.TextInput(attrs={"list": "places"}),
    )
    source = forms.CharField(
        label=_("Where is it from?"),
        help_text=_("For example: daily report of the hospital, number and date."),
        max_length=200,
        validators=[no_card_number],
        error_messages={"required": _("Write where the numbers are from.")},
    )
    reason = reason_field(CORRECTS, required=False)
    new_place = forms.BooleanField(label=NEW_PLACE, required=False)
    sure = forms.BooleanField(label=_("Yes, these numbers are right"), required=False)

    def __init__(self, *args: Any, kind: Kind, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self._today = kind, today
        self.doubtful = False
        for name in COLUMNS[kind]:
            self.fields[name] = _count_field(name)
        if kind in PLACES:
            self.fields["place"].label = PLACES[kind]
            self.fields["place"].help_text = PLACE_HELP.get(kind, "")
        else:
            del self.fields["place"]
        first = ["on", "place", "new_place", *COLUMNS[kind]]
        self.order_fields([*first, "source", "reason", "sure"])

    @property
    def numbers(self) -> Numbers:
        """Return the two numbers that were typed."""
        first, second = (self.cleaned_data[name] for name in COLUMNS[self.kind])
        return Numbers(first, second)

    def clean(self) -> dict[str, Any]:
        """Name every fault at its field, and ask once about what is rarely right."""
        told: dict[str, Any] = super().clean() or {}
        first, second = COLUMNS[self.kind]
        if told.get(first) is None or told.get(second) is None:
            return told
        numbers = self.numbers  # an error takes its field out of what was read
        future = bool(told.get("on") and told["on"] > self._today)
        place = told.get("place", "")
        for fault in faults(self.kind, numbers, place=place, future=future):
            where = {"future": "on", "no_place": "place"}.get(fault, second)
            self.add_error(where, str(FAULTS[fault]))
        for doubt in doubts(self.kind, numbers):
            self.doubtful = True
            if not told.get("sure") and not self.errors:
                self.add_error("sure", str(DOUBTS[doubt]))
        return told


def _count_field(name: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=str(NUMBERS[name]),
        min_value=0,
        max_value=1_000_000,
        error_messages={
            "required": _("Write a whole number; 0 where there was none."),
            "invalid": _("Write a whole number; 0 where there was none."),
            "min_value": str(FAULTS["negative"]),
            "max_value": str(FAULTS["too_many"]),
        },
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )


class FileForm(forms.Form):
    """A file of daily reports."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A workbook (.xlsx) or a .csv with the columns below."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.csv"}),
        error_messages={
            "required": _("Choose the file with the reports."),
            "empty": _("This file is empty. Choose the file again."),
        },
    )


class TakeForm(forms.Form):
    """Why reports change that stand there already."""

    reason = reason_field(
        _("Only where a report of one of these days stands already. Both are kept."),
        required=False,
    )
    new_places = forms.BooleanField(label=NEW_PLACE, required=False)


class BackForm(forms.Form):
    """Why a report is taken back."""

    reason = reason_field(_("For example: it belongs to another day."), required=True)


class ColourForm(forms.Form):
    """The colour that officials gave the regency, with its source."""

    on = day_field(_("Which day?"))
    colour = forms.ChoiceField(
        label=_("Which colour?"),
        choices=[(one.value, COLOURS[one]) for one in Colour],
        error_messages={
            "required": _("Choose the colour."),
            "invalid_choice": _("Choose the colour."),
        },
        widget=forms.RadioSelect,
    )
    source_url = forms.URLField(
        label=_("Where does it stand?"),
        help_text=_("The address of the page, for example https://covid19.go.id/."),
        max_length=400,
        assume_scheme="https",
        error_messages={
            "required": _("Give the address of the source, beginning with https://."),
            "invalid": _("Give the address of the source, beginning with https://."),
        },
    )
    note = forms.CharField(
        label=_("Note"), max_length=300, required=False, validators=[no_card_number]
    )
    reason = reason_field(
        _("Only where a colour of this day stands already. Both are kept."),
        required=False,
    )

    def told(self, region: str, name: str) -> ColourRow:
        """Return the colour that was typed."""
        given = self.cleaned_data
        colour = Colour(given["colour"])
        url, note = given["source_url"], given["note"]
        return ColourRow(region, name, given["on"], colour, url, note)
