"""What the head of a village decides: numbers, hours, steps, closed days, deputies."""

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from smartkampung.kernel.clock import today
from smartkampung.letters.catalogue.rules.wording import Wording
from smartkampung.letters.requests.queries.villages import Rule
from smartkampung.letters.requests.rules.hours import Span
from smartkampung.letters.requests.rules.mandates import OFFICES, Manner
from smartkampung.letters.requests.rules.numbering import (
    LONGEST,
    ONE_SERIES,
    faults_of,
)
from smartkampung.letters.requests.rules.steps import ORDER, Step
from smartkampung.letters.requests.words import MANNERS, NUMBER_FAULTS, STEPS
from smartkampung.web.free_text import no_card_number
from smartkampung.web.letters_staff.present import reads

DAYS = range(7)
SPAN = re.compile(r"(\d{1,2})[.:](\d{2})\s*[-–]\s*(\d{1,2})[.:](\d{2})")
HOURS_WRONG = _("Write spans such as 08.00-12.00, 13.00-15.30; nothing means closed.")


class HoursField(forms.CharField):
    """The open spans of one day, as people write them."""

    def clean(self, value: Any) -> list[Span]:
        """Return pairs of minutes since midnight."""
        text = super().clean(value).strip()
        return [_span(part) for part in re.split(r"[,;]", text) if part.strip()]


def _span(part: str) -> Span:
    found = SPAN.fullmatch(part.strip())
    if found is None:
        raise ValidationError(HOURS_WRONG)
    hours = [int(number) for number in found.groups()]
    since, until = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
    minutes_right = max(hours[1], hours[3]) < 60
    if not minutes_right or not 0 <= since < until <= 24 * 60:
        raise ValidationError(HOURS_WRONG)
    return since, until


def span_words(span: Span) -> str:
    """Return a span as people write it."""
    since, until = (f"{at // 60:02}.{at % 60:02}" for at in span)
    return f"{since}-{until}"


def _open_steps(one: Wording) -> list[Step]:
    """Return the steps that a village may add to a letter."""
    return [step for step in ORDER if step.value not in one.kind.steps]


def _more_steps(rule: Rule, one: Wording) -> forms.MultipleChoiceField:
    more = rule.steps.get(one.kind.code, ())
    return forms.MultipleChoiceField(
        label=one.kind.title.of(reads()),
        help_text=" · ".join(str(STEPS[step]) for step in one.kind.steps),
        required=False,
        choices=[(step, STEPS[step]) for step in _open_steps(one)],
        widget=forms.CheckboxSelectMultiple,
        initial=[step for step in _open_steps(one) if step in more],
    )


class RuleForm(forms.Form):
    """How a village numbers its letters, when it is open, which steps they take."""

    pattern = forms.CharField(
        label=_("Pattern of the number"),
        max_length=LONGEST,
        help_text=_(
            "Parts in braces: {class} the kode surat, {number:3} the number in three"
            " digits, {office} the code of the office, {kind} the short name of the letter,"
            " {roman} or {month} the month, {year}. {class}/{number:3}/{office}/{roman}/{year}"
            " makes 401/012/2003/XI/2026."
        ),
        error_messages={
            "required": _("Write how the number is put together."),
            "max_length": _("The pattern may have 60 signs."),
        },
    )
    office = forms.CharField(
        label=_("Code of the office in the number"), required=False, max_length=30
    )
    by_kind = forms.BooleanField(
        label=_("Each kind of letter counts by itself"), required=False
    )

    def __init__(self, *args: Any, rule: Rule, kinds: list[Wording], **kw: Any) -> None:
        kw["initial"] = {
            "pattern": rule.pattern,
            "office": rule.office,
            "by_kind": rule.by_kind,
        }
        super().__init__(*args, **kw)
        self.kinds = [one for one in kinds if _open_steps(one)]
        for day in DAYS:
            spans = ", ".join(map(span_words, rule.hours.days.get(day, ())))
            self.fields[f"day{day}"] = HoursField(
                label=WEEKDAYS[day], required=False, max_length=80, initial=spans
            )
        for one in self.kinds:
            self.fields[f"steps_{one.kind.code}"] = _more_steps(rule, one)

    @property
    def first(self) -> list[Any]:
        """Return the boxes of numbers."""
        return [self[name] for name in ("pattern", "office", "by_kind")]

    @property
    def days(self) -> list[Any]:
        """Return the boxes of hours."""
        return [self[f"day{day}"] for day in DAYS]

    @property
    def ways(self) -> list[Any]:
        """Return the boxes of steps."""
        return [self[f"steps_{one.kind.code}"] for one in self.kinds]

    def clean(self) -> None:
        """Say beside the pattern what is wrong with it."""
        pattern = self.cleaned_data.get("pattern")
        if pattern:
            for fault in faults_of(pattern, by_kind=self.cleaned_data["by_kind"]):
                self.add_error("pattern", str(NUMBER_FAULTS[fault]))

    def told(self) -> dict[str, Any]:
        """Return the rule as it is set; steps only where the village adds some."""
        clean = self.cleaned_data
        steps = {
            one.kind.code: added
            for one in self.kinds
            if (added := clean[f"steps_{one.kind.code}"])
        }
        return {
            "pattern": clean["pattern"],
            "office": clean["office"],
            "by_kind": clean["by_kind"],
            "steps": steps,
            "hours": {day: clean[f"day{day}"] for day in DAYS},
        }


class BeginForm(forms.Form):
    """Where the paper book ended; of which letter, where each counts by itself."""

    series = forms.ChoiceField(
        label=_("Numbers of which letter"),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose a letter.")
        ),
    )
    first = forms.IntegerField(
        label=_("First number of this year"),
        min_value=1,
        max_value=99_999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "tiny"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            _("Write a number from 1 to 99999."),
        ),
    )

    def __init__(self, *args: Any, by_kind: bool, kinds: list[Wording]) -> None:
        super().__init__(*args)
        field = self.fields["series"]
        assert isinstance(field, forms.ChoiceField)
        if by_kind:
            field.choices = [(k.kind.code, k.kind.title.of(reads())) for k in kinds]
        else:
            del self.fields["series"]

    def clean(self) -> dict[str, Any]:
        """Return one series for all kinds where no other was asked for."""
        return {"series": ONE_SERIES, **self.cleaned_data}


def day_field(label: Any, help_text: Any = "") -> forms.DateField:
    """Return the box for a day."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(
            attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"
        ),
        error_messages=dict.fromkeys(("required", "invalid"), _("Choose a day.")),
    )


class ClosedDayForm(forms.Form):
    """A day on which the office is closed."""

    on = day_field(_("Day"))
    name = forms.CharField(
        label=_("Why the office is closed"),
        max_length=80,
        validators=[no_card_number],
        error_messages={"required": _("Write why, such as: village festival.")},
    )

    def clean_on(self) -> date:
        """Refuse a day that is over."""
        on: date = self.cleaned_data["on"]
        if on < today():
            raise ValidationError(_("That day is over. Check day, month and year."))
        return on


class MandateForm(forms.Form):
    """Who signs in place of the head, how, and for how long."""

    deputy = forms.ChoiceField(
        label=_("Deputy"),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose an officer of the village.")
        ),
    )
    manner = forms.ChoiceField(
        label=_("How the deputy signs"),
        choices=[(one.value, MANNERS[one]) for one in Manner],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the deputy signs.")},
    )
    title = forms.ChoiceField(
        label=_("Office of the deputy"),
        required=False,
        choices=[("", "–"), *((one, one) for one in OFFICES)],
        help_text=_("Needed for a.n.; it stands on the letter."),
        error_messages={
            "invalid_choice": _(
                "Choose the office of the deputy; it stands on the letter."
            )
        },
    )
    since = day_field(_("From"))
    last = day_field(_("Until and with"))
    kinds = forms.MultipleChoiceField(
        label=_("Only these letters"),
        required=False,
        help_text=_("None chosen means all letters."),
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label=_("Reason or letter of order"),
        max_length=200,
        validators=[no_card_number],
        error_messages={"required": _("Write why, or the number of the order.")},
    )

    def __init__(
        self, *args: Any, deputies: list[Any], kinds: list[Wording], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        people, letters = self.fields["deputy"], self.fields["kinds"]
        assert isinstance(people, forms.ChoiceField)
        assert isinstance(letters, forms.MultipleChoiceField)
        people.choices = [(str(one.staff_id), one.full_name) for one in deputies]
        letters.choices = [(k.kind.code, k.kind.title.of(reads())) for k in kinds]

    def clean(self) -> None:
        """Ask for what the letter has to say, and for days in their order."""
        clean = self.cleaned_data
        if clean.get("manner") == Manner.ON_BEHALF and not clean.get("title", ""):
            self.add_error(
                "title", _("Choose the office of the deputy; it stands on the letter.")
            )
        if clean.get("since") and clean.get("last") and clean["last"] < clean["since"]:
            self.add_error("last", _("The last day lies before the first."))

    def told(self) -> dict[str, Any]:
        """Return the mandate as the action takes it: half-open, with a staff number."""
        clean = dict(self.cleaned_data)
        return {
            "staff_id": int(clean.pop("deputy")),
            "manner": Manner(clean.pop("manner")),
            "until": clean.pop("last") + timedelta(days=1),
            **clean,
        }
