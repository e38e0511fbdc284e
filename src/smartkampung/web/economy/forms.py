"""Forms of figures: typed as people write them, read by the same rules as a file."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from smartkampung.recovery.economy.bulk import Given
from smartkampung.recovery.economy.checking import possible
from smartkampung.recovery.economy.rules.kinds import (
    LONGEST_ITEM,
    MEASURES,
    PARENTS,
    Kind,
    Measure,
    depth,
)
from smartkampung.recovery.economy.rules.reading import Unread, amount, month
from smartkampung.recovery.economy.words import FAULTS, type_name
from smartkampung.recovery.economy.words import MEASURES as NAMES
from smartkampung.web.free_text import no_card_number

CORRECTS = _("Only where a figure stands there already. Both are kept.")
CHOOSE: tuple[str, Any] = ("", _("Choose"))


def reason_field(*, help_text: Any, required: bool) -> forms.CharField:
    """Return the field of why a figure changes."""
    return forms.CharField(
        label=_("Why does it change?"),
        help_text=help_text,
        max_length=300,
        required=required,
        error_messages={"required": _("Say why it changes; it is kept with it.")},
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class FigureForm(forms.Form):
    """The figures of one item in one month."""

    item = forms.CharField(max_length=LONGEST_ITEM)
    month = forms.CharField(
        label=_("Which month?"),
        help_text=_("For example Mei 2020 or 2020-05."),
        max_length=30,
        error_messages={"required": _("Write the month, for example Mei 2020.")},
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    source = forms.CharField(
        label=_("Where is it from?"),
        help_text=_("For example: monthly report of Bapenda, number and date."),
        max_length=200,
        validators=[no_card_number],
        error_messages={"required": _("Write where the figures are from.")},
    )
    reason = reason_field(help_text=CORRECTS, required=False)

    def __init__(
        self,
        *args: Any,
        kind: Kind,
        today: date,
        items: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self._today = kind, today
        self.fields["item"] = _item_field(kind, items)
        for measure in MEASURES[kind]:
            self.fields[measure.value] = _amount_field(measure)
        order = ["item", "month", *(one.value for one in MEASURES[kind])]
        self.order_fields([*order, "source", "reason"])

    def clean_month(self) -> date:
        """Return the first day of the month that was typed."""
        try:
            return month(self.cleaned_data["month"], today=self._today)
        except Unread as unread:
            raise ValidationError(str(FAULTS[unread.fault])) from None

    def clean(self) -> dict[str, Any]:
        """Read the amounts; one at least is needed."""
        told: dict[str, Any] = super().clean() or {}
        found: dict[Measure, Decimal] = {}
        for measure in MEASURES[self.kind]:
            try:
                value = possible(measure, amount(told.get(measure.value)))
            except Unread as unread:
                self.add_error(measure.value, str(FAULTS[unread.fault]))
                continue
            if value is not None:
                found[measure] = value
        if not found and not self.errors:
            self.add_error(
                MEASURES[self.kind][1].value, _("Fill in one of the two at least.")
            )
        return told | {"values": found}

    def given(self) -> list[Given]:
        """Return the figures that were typed."""
        told = self.cleaned_data
        return [
            Given(measure, told["item"], told["month"], value)
            for measure, value in told["values"].items()
        ]


def _item_field(kind: Kind, items: Mapping[str, str]) -> forms.Field:
    if kind is Kind.VISITS:
        return forms.CharField(
            label=_("Which site?"),
            max_length=LONGEST_ITEM,
            validators=[no_card_number],
            error_messages={"required": _("Write the name of the site.")},
            widget=forms.TextInput(attrs={"list": "sites"}),
        )
    label = _("Which type of revenue?") if kind is Kind.REVENUE else _("Which sector?")
    return forms.ChoiceField(
        label=label,
        choices=[CHOOSE, *items.items()],
        error_messages={
            "required": _("Choose what the figures are about."),
            "invalid_choice": _("Choose what the figures are about."),
        },
    )


def _amount_field(measure: Measure) -> forms.CharField:
    return forms.CharField(
        label=str(NAMES[measure]),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "decimal"}),
    )


def types() -> dict[str, str]:
    """Return every type of revenue, set in as in the tree."""
    return {code: "\u2003" * depth(code) + type_name(code) for code in PARENTS}


class FileForm(forms.Form):
    """A file of figures, and what it is about."""

    kind = forms.ChoiceField(
        label=_("What is in the file?"),
        choices=[
            (
                Kind.REVENUE.value,
                _(
                    "Revenue: columns bulan, jenis (or kode rekening), target, realisasi"
                ),
            ),
            (
                Kind.VISITS.value,
                _("Visits: columns bulan, lokasi, domestik, mancanegara"),
            ),
            (
                Kind.BUSINESSES.value,
                _("Businesses: columns bulan, sektor, buka, tutup"),
            ),
        ],
        initial=Kind.REVENUE.value,
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("A workbook (.xlsx) or a .csv, as the budget system gives it out."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.csv"}),
        error_messages={
            "required": _("Choose the file of the budget system."),
            "empty": _("This file is empty. Fetch it again."),
        },
    )


class TakeForm(forms.Form):
    """Why figures change that stand there already."""

    reason = reason_field(help_text=CORRECTS, required=False)


class BackForm(forms.Form):
    """Why a figure is taken back."""

    reason = reason_field(
        help_text=_("For example: it belongs to another month."), required=True
    )
