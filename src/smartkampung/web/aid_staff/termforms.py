"""Forms by which Dinsos changes programmes, rules and budgets."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.rules.terms import NAMES, Terms
from smartkampung.web.aid_staff.forms import Choices, OnceForm
from smartkampung.web.aid_staff.words import COMPONENTS, EFFECTS, PERIODS, REACHES
from smartkampung.web.free_text import no_card_number

MOST = 10**12
TYPE_NUMBER = _("Write a whole number, such as 600000.")


def day_field(
    label: Any, *, required: bool = True, help_text: Any = ""
) -> forms.DateField:
    """Return the field of a day, chosen or typed."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        # Browsers show a date only when it is written like this.
        widget=forms.DateInput(
            attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"
        ),
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
        error_messages={
            "required": _("Write the day as day-month-year, for example 28-05-2020."),
            "invalid": _("Write the day as day-month-year, for example 28-05-2020."),
        },
    )


def _whole(label: Any, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=1,
        max_value=MOST,
        widget=forms.NumberInput(attrs={"class": "short"}),
        error_messages={"required": TYPE_NUMBER, "invalid": TYPE_NUMBER},
    )


class TermsForm(forms.Form):
    """What a programme promises from now on."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)
    name = forms.CharField(label=_("Name in Indonesian"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120)
    amount = _whole(_("Amount"), _("Whole rupiah, or whole packs, for each time."))
    period = forms.ChoiceField(
        label=_("How often"),
        choices=list(PERIODS.items()),
        widget=forms.RadioSelect(attrs={"class": "choices-row"}),
    )
    contents = forms.CharField(
        label=_("Contents in Indonesian"), max_length=200, required=False
    )
    contents_en = forms.CharField(
        label=_("Contents in English"), max_length=200, required=False
    )
    funding = forms.CharField(label=_("Paid from"), max_length=60)
    since = day_field(_("First day"))
    until = day_field(
        _("No longer from"),
        required=False,
        help_text=_("Empty while the programme has no end."),
    )
    legal_reference = forms.CharField(
        label=_("Legal basis"), max_length=200, required=False
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=200,
        required=False,
        help_text=_("Where this can be read: a decree, a page."),
    )
    takes_reports = forms.BooleanField(
        label=_("Takes reports of missing aid"), required=False
    )
    criteria_needed = forms.IntegerField(
        label=_("Poverty criteria a family should meet"),
        help_text=_("Advice to who decides; 0 for none."),
        min_value=0,
        max_value=14,
        widget=forms.NumberInput(attrs={"class": "tiny"}),
        error_messages={"required": TYPE_NUMBER, "invalid": TYPE_NUMBER},
    )

    harmless = forms.BooleanField(
        label=_("Being on its list tells nothing of pregnancy, disability or illness"),
        help_text=_("Without this mark no list of its recipients can ever be posted."),
        required=False,
    )

    def clean(self) -> None:
        """Name the field where the two days contradict each other."""
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until <= since:
            self.add_error("until", _("The last day must come after the first."))

    def terms(self) -> Terms:
        """Return what was typed."""
        given = {**self.cleaned_data, "sensitive": not self.cleaned_data["harmless"]}
        return Terms(**{name: given[name] for name in NAMES})


class RuleForm(forms.Form):
    """Which pair, what holds for it, from when and why."""

    first = forms.ChoiceField(label=_("Aid that a family receives"))
    second = forms.ChoiceField(label=_("Aid that would be added"))
    component = forms.ChoiceField(
        label=_("Only for the component"),
        required=False,
        help_text=_("Empty for every recipient."),
    )
    reach = forms.ChoiceField(
        label=_("Who must not have both"),
        choices=list(REACHES.items()),
        widget=forms.RadioSelect,
        help_text=_(
            "Aid for a whole family counts as aid for each person on its card."
        ),
        error_messages={"required": _("Choose who is meant.")},
    )
    effect = forms.ChoiceField(
        label=_("Rule"),
        choices=[(code, words) for code, (words, _state) in EFFECTS.items()],
        widget=forms.RadioSelect(attrs={"class": "choices-row"}),
        error_messages={"required": _("Choose what holds.")},
    )
    since = day_field(
        _("From"), help_text=_("Today or later. The rule before ends then.")
    )
    source = forms.CharField(
        label=_("Source in Indonesian"),
        max_length=200,
        help_text=_("The decree or rule behind it: officers see it at a red light."),
    )
    source_en = forms.CharField(
        label=_("Source in English"), max_length=200, required=False
    )

    def __init__(
        self,
        *args: Any,
        programmes: Choices,
        components: list[str],
        on: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "second"):
            cast(forms.ChoiceField, self.fields[name]).choices = list(programmes)
        cast(forms.ChoiceField, self.fields["component"]).choices = [
            ("", _("Every recipient")),
            *((name, COMPONENTS.get(name, name)) for name in components),
        ]
        self.fields["since"].initial = on


class OverrideForm(OnceForm):
    """Why a family should receive in spite of a rule."""

    reason = forms.CharField(
        label=_("Why should this family receive all the same?"),
        max_length=300,
        help_text=_(
            "For example: the other aid was lost with the house. It stands in the"
            " letter to the family."
        ),
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    also = forms.TypedMultipleChoiceField(
        label=_("Other aid that stands in the way, too"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What you tick is asked for and decided together."),
    )

    def __init__(
        self, *args: Any, others: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["also"]
        if isinstance(field, forms.TypedMultipleChoiceField):
            field.choices = list(others)
        if not others:
            del self.fields["also"]


class BudgetForm(OnceForm):
    """How much more, and why."""

    amount = _whole(_("How much to add"), _("Whole rupiah, or whole packs."))
    reason = forms.CharField(
        label=_("Why?"),
        max_length=300,
        help_text=_("For example: change of the regency budget, decree and page."),
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
