"""The questions of a registration, one form a screen."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from smartkampung.kernel.clock import today
from smartkampung.recovery.affected.queries.sectors import branches
from smartkampung.recovery.affected.words import KINDS, WISHES
from smartkampung.web.free_text import has_a_letter, no_card_number
from smartkampung.web.money import RupiahField
from smartkampung.web.report.fields import (
    BirthDateField,
    DayField,
    nik_field,
    phone_field,
)
from smartkampung.web.report.forms import CHOOSE
from smartkampung.web.report.forms import KecamatanForm as KecamatanForm
from smartkampung.web.report.forms import PhotoForm as HousePhotoForm
from smartkampung.web.report.forms import RtForm as RtForm
from smartkampung.web.report.forms import StepForm as StepForm
from smartkampung.web.report.forms import VillageForm as VillageForm

MOST_INCOME = 1_000_000_000
MOST_DEPENDANTS = 20
YEARS_BACK = 3


class PastDayField(DayField):
    """A day of the last years, or today."""

    def judge(self, typed: date) -> None:
        """Refuse what is still to come, and what was long before."""
        now = today()
        if typed > now:
            raise ValidationError(
                _("That day is still to come. Check day, month and year."),
                code="future",
            )
        if typed.year < now.year - YEARS_BACK:
            raise ValidationError(
                _("That is more than %(years)d years ago. Check the year."),
                code="too_old",
                params={"years": YEARS_BACK},
            )


def sector_choices() -> list[tuple[str, Any]]:
    """Return the branches in two groups."""
    rows = branches()
    others = [(row.code, row.name) for row in rows if not row.tourism]
    return [
        CHOOSE,
        (str(_("Tourism")), [(row.code, row.name) for row in rows if row.tourism]),
        (str(_("Other branches")), others),
    ]


class KindForm(StepForm):
    """What happened."""

    kind = forms.ChoiceField(
        label=_("What happened to you?"),
        choices=list(KINDS.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what fits best."),
            "invalid_choice": _("Choose what fits best."),
        },
    )


class SectorForm(StepForm):
    """In which branch."""

    sector = forms.ChoiceField(
        label=_("Branch"),
        error_messages={
            "required": _("Choose the branch from the list."),
            "invalid_choice": _("Choose the branch from the list."),
        },
    )

    def prepare(self) -> None:
        """Offer every branch."""
        field = self.fields["sector"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = sector_choices()


class EmployerForm(StepForm):
    """Who can say that it is so."""

    employer = forms.CharField(
        label=_("Name of the employer or association"),
        required=False,
        max_length=120,
        validators=[has_a_letter, no_card_number],
        help_text=_("Such as a hotel, a boat owner, the guides' association."),
        error_messages={"max_length": _("At most 120 letters.")},
    )
    employer_phone = phone_field(
        label=_("Their phone number, if you know it"),
        required=False,
        help_text=_("The village asks them whether it is so. Nobody else does."),
    )


class WhenForm(StepForm):
    """Since when."""

    happened_on = PastDayField(
        label=_("Since which day?"),
        help_text=_("Not sure? Take the likeliest day."),
    )


class SalesForm(StepForm):
    """By how much."""

    sales_down_percent = forms.IntegerField(
        label=_("Of 100 rupiah that you sold before, how many are missing now?"),
        min_value=1,
        max_value=100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "tiny"}),
        help_text=_("A number from 1 to 100; 50 means that half is gone."),
        error_messages={
            "required": _("Type a number from 1 to 100."),
            "invalid": _("Type a number from 1 to 100."),
            "min_value": _("Type a number from 1 to 100."),
            "max_value": _("Type a number from 1 to 100."),
        },
    )


class IncomeForm(StepForm):
    """What came in before, and now."""

    income_before = RupiahField(
        label=_("Income a month before"),
        most=MOST_INCOME,
        help_text=_("In rupiah, about, such as 2.500.000."),
        error_messages={"required": _("Type about how much it was.")},
    )
    income_after = RupiahField(
        label=_("Income a month now"),
        most=MOST_INCOME,
        help_text=_("Type 0 if nothing comes in."),
        error_messages={"required": _("Type how much it is now, or 0.")},
    )


class BurdenForm(StepForm):
    """Whom this feeds, and what is owed."""

    dependants = forms.IntegerField(
        label=_("How many people live on this income besides you?"),
        min_value=0,
        max_value=MOST_DEPENDANTS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "tiny"}),
        error_messages={
            "required": _("Type a number, or 0."),
            "invalid": _("Type a number, or 0."),
            "min_value": _("Type a number, or 0."),
            "max_value": _("At most 20. Count only who lives on this income."),
        },
    )
    debts = RupiahField(
        label=_("Debts that are still to be paid"),
        required=False,
        help_text=_("All together, in rupiah. Leave empty if there are none."),
    )


class WishForm(StepForm):
    """What somebody can do, and what would help."""

    skills = forms.CharField(
        label=_("What can you do well?"),
        required=False,
        max_length=300,
        validators=[no_card_number],
        help_text=_("Such as diving, English, sewing, driving. Parted by commas."),
        error_messages={"max_length": _("At most 300 letters.")},
    )

    def prepare(self) -> None:
        """Offer each wish as a box to tick."""
        for wish, words in WISHES.items():
            self.fields[wish_name(wish)] = forms.BooleanField(
                label=str(words), required=False
            )


def wish_name(wish: str) -> str:
    """Return the name of the box of a wish."""
    return f"wish_{wish}"


class CardForm(StepForm):
    """Who it is."""

    nik = nik_field(label=_("NIK"), help_text=_("16 digits, on the KTP."))
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        validators=[has_a_letter, no_card_number],
        help_text=_("As on the KTP."),
        error_messages={
            "required": _("Type the name as on the KTP."),
            "max_length": _("At most 120 letters."),
        },
    )
    born_on = BirthDateField(
        label=_("Birth date"), help_text=_("As on the KTP, such as 17 8 1990.")
    )


class PhoneForm(StepForm):
    """Where the news goes."""

    phone = phone_field(
        label=_("Your mobile number"),
        required=False,
        help_text=_("We send the code and news here by SMS."),
    )


class PhotoForm(HousePhotoForm):
    """A proof, if there is one."""

    def prepare(self) -> None:
        """Ask for a proof and not for a house."""
        self.fields["photo"].label = str(
            _("Photo of a letter of dismissal, a closed shop, a members' card")
        )
