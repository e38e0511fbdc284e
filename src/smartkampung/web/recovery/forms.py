"""Forms of recovery programmes: shape only, decisions are the domain's."""

import re
import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.recovery.programmes.rules.states import Milestone, Stage
from smartkampung.recovery.programmes.words import MILESTONES, STAGES
from smartkampung.web.aid_staff.forms import OnceForm, YesNoField
from smartkampung.web.aid_staff.termforms import TYPE_NUMBER, day_field
from smartkampung.web.free_text import no_card_number

MOST_RUPIAH = 10**12
MOST_INCOME = 10**9
MOST_MONTHS = 60


DOTTED = re.compile(r"(?i)^(?:rp\.? ?)?(\d{1,3}(?:\.\d{3})+)$")


class WholeField(forms.IntegerField):
    """A whole number; dots between thousands, as people write money, are no error."""

    def to_python(self, value: Any) -> int | None:
        """Return the number, the dots left out."""
        dotted = DOTTED.match(str(value or "").strip())
        return super().to_python(dotted[1].replace(".", "") if dotted else value)


def number_field(
    label: Any,
    *,
    least: int = 1,
    most: int = MOST_RUPIAH,
    required: bool = True,
    help_text: Any = "",
) -> forms.IntegerField:
    """Return the field of a whole number, with words for each way to get it wrong."""
    return WholeField(
        label=label,
        required=required,
        min_value=least,
        max_value=most,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        error_messages={
            "required": TYPE_NUMBER,
            "invalid": TYPE_NUMBER,
            "min_value": _("Type %(limit_value)d or more."),
            "max_value": _("Type %(limit_value)d or less."),
        },
    )


def text_field(
    label: Any, *, most: int, required: bool = True, rows: int = 0, help_text: Any = ""
) -> forms.CharField:
    """Return the field of some words; numbers of people have no place in it."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=label,
        required=required,
        max_length=most,
        widget=widget,
        help_text=help_text,
        validators=[no_card_number],
        error_messages={"required": _("Write this in a few words.")},
    )


class ReasonForm(forms.Form):
    """Why, in a few words."""

    reason = text_field(
        _("Why"), most=300, rows=3, help_text=_("No names, no numbers of people.")
    )


class RefuseForm(forms.Form):
    """Why somebody does not want the place; it may stay empty."""

    reason = text_field(
        _("Why not? You need not say it."),
        most=300,
        required=False,
        help_text=_("It helps us to make better offers."),
    )


class DeskAnswerForm(forms.Form):
    """What somebody answered at the village desk."""

    accepts = YesNoField(label=_("Does this person take the place?"))
    reason = text_field(_("If not: why"), most=300, required=False)


class MilestoneForm(forms.Form):
    """What somebody reached, and when."""

    what = forms.ChoiceField(
        label=_("What was reached?"),
        choices=[(one.value, MILESTONES[one]) for one in Milestone],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what was reached.")},
    )
    on = day_field(_("On which day?"))


class OutcomeForm(forms.Form):
    """What somebody earns now."""

    stage = forms.ChoiceField(label=_("Asked"))
    income = number_field(
        _("Income of a month, in rupiah"),
        least=0,
        most=MOST_INCOME,
        help_text=_("All that this person earned in the last month. 0 if nothing."),
    )
    on = day_field(_("On which day was it asked?"))
    note = text_field(_("Note"), most=300, required=False)

    def __init__(self, *data: Any, stages: Iterable[Stage], **options: Any) -> None:
        super().__init__(*data, **options)
        field = self.fields["stage"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(stage.value, STAGES[stage]) for stage in stages]


class SheetForm(OnceForm):
    """The day of a sheet; who was there is read beside it."""

    on = day_field(_("Day"))


class RepayForm(OnceForm):
    """Money that came back."""

    amount = number_field(_("How many rupiah came back?"))
    on = day_field(_("On which day?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        once_id(kwargs)
        super().__init__(*args, **kwargs)


class OnceOnlyForm(OnceForm):
    """Nothing but the id of a form: pressing twice is one act."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        once_id(kwargs)
        super().__init__(*args, **kwargs)


class PaidForm(OnceOnlyForm):
    """What proves that money reached somebody."""

    receipt = text_field(
        _("Number of the receipt, or a note"),
        most=100,
        help_text=_("What was signed, and where it is kept."),
    )


class RescheduleForm(OnceOnlyForm):
    """A new agreement about what is left of a loan."""

    months = number_field(_("How many monthly instalments?"), most=MOST_MONTHS)
    first_on = day_field(_("When is the first one due?"))
    reason = text_field(_("Why"), most=300, rows=2)


def once_id(kwargs: dict[str, Any]) -> None:
    """Give a form an id when it is opened."""
    kwargs["initial"] = {"form_id": uuid.uuid4(), **(kwargs.get("initial") or {})}
