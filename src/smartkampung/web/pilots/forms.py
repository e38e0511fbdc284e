"""Forms of pilots."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.kernel.clock import today
from smartkampung.reopening.pilots.actions.preparing import (
    DAY_AHEAD,
    READY_AND_MISSING,
)
from smartkampung.reopening.pilots.rules.choosing import (
    MOST,
    WEIGHTS,
    Criterion,
    Question,
)
from smartkampung.reopening.pilots.rules.states import Decision
from smartkampung.reopening.pilots.words import CRITERIA, DECISIONS, QUESTIONS
from smartkampung.web.aid_staff.forms import OnceForm, YesNoField
from smartkampung.web.aid_staff.photos import kept_field
from smartkampung.web.free_text import no_card_number

PHOTOS = ("photo", "photo_2", "photo_3")
VISIT_PHOTOS = ("photo", "photo_2")


def reason_field(label: Any, *, required: bool = True) -> forms.CharField:
    """Return a field for a reason that everybody will read."""
    return forms.CharField(
        label=label,
        help_text=_("Everybody can read this. No names."),
        max_length=300,
        required=required,
        validators=[no_card_number],
        error_messages={"required": _("Say why: everybody will read the reason.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _photo(label: Any) -> forms.FileField:
    return forms.FileField(
        label=label,
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(
            format="%Y-%m-%d", attrs={"type": "date", "class": "short"}
        ),
        validators=[_not_ahead],
        error_messages={
            "required": _("Choose the day."),
            "invalid": _("Choose a day, such as 17-06-2020."),
        },
    )


def _not_ahead(on: date) -> None:
    """Refuse a day to come beside whatever else is wrong, not after it."""
    if on > today():
        raise forms.ValidationError(DAY_AHEAD)


class EvidenceForm(OnceForm):
    """What was done, when, for how many, with up to three photos."""

    text = forms.CharField(
        label=_("What was done?"),
        help_text=_(
            "For example: who explained what, and where. No names of residents."
        ),
        max_length=600,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what was done.")},
    )
    on = _day(_("On which day?"))
    people = forms.IntegerField(
        label=_("How many people took part?"),
        min_value=1,
        max_value=100_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        error_messages={
            "required": _("Write how many people took part."),
            "invalid": _("Write a whole number, such as 40."),
            "min_value": _("At least one person took part."),
        },
    )
    photo = _photo(_("Photo"))
    photo_kept = kept_field()
    photo_2 = _photo(_("Second photo"))
    photo_2_kept = kept_field()
    photo_3 = _photo(_("Third photo"))
    photo_3_kept = kept_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"form_id": uuid.uuid4()})
        super().__init__(*args, **kwargs)


class VisitForm(OnceForm):
    """When, whether the village passed, else what is missing, with up to two photos."""

    on = _day(_("On which day?"))
    passed = YesNoField(label=_("Is the village ready?"))
    missing = forms.CharField(
        label=_("What is missing?"),
        help_text=_("Only if it is not ready. The village reads this and mends it."),
        max_length=600,
        required=False,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    photo = _photo(_("Photo"))
    photo_kept = kept_field()
    photo_2 = _photo(_("Second photo"))
    photo_2_kept = kept_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"form_id": uuid.uuid4(), "on": today()})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Ask what is missing where the village is not ready, and only there."""
        data = super().clean() or {}
        if data.get("passed") is False and not data.get("missing"):
            self.add_error("missing", _("Say what is missing."))
        if data.get("passed") and data.get("missing"):
            self.add_error("missing", READY_AND_MISSING)
        return data


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = reason_field(_("Why?"))


class DecisionForm(forms.Form):
    """What is decided about a proposal, and why."""

    decision = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[(one.value, DECISIONS[one]) for one in Decision],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you decide.")},
    )
    reason = reason_field(_("Why?"))


class SignForm(forms.Form):
    """For which office one signs, and what one has read."""

    role = forms.CharField(widget=forms.HiddenInput)
    to = forms.CharField(widget=forms.HiddenInput)
    digest = forms.CharField(widget=forms.HiddenInput)


class AnswersForm(forms.Form):
    """What a village says about itself."""

    market = YesNoField(
        label=_("Is there a market that people of other villages visit?")
    )
    tourism = YesNoField(label=_("Is there a tourism site?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = {one.value: YesNoField(label=QUESTIONS[one]) for one in Question}
        self.fields = {**asked, **self.fields}

    def yes(self) -> list[Question]:
        """Return the questions answered with yes."""
        return [one for one in Question if self.cleaned_data[one.value]]


class RoundForm(forms.Form):
    """In which kecamatan, and what weighs how much."""

    kecamatan = forms.ChoiceField(
        label=_("Kecamatan"), error_messages={"required": _("Choose the kecamatan.")}
    )

    def __init__(self, *args: Any, kecamatan: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kecamatan"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Choose")), *kecamatan]
        for one in Criterion:
            self.fields[one.value] = _weight(one)

    def weights(self) -> dict[Criterion, int]:
        """Return the weights by criterion."""
        return {one: self.cleaned_data[one.value] for one in Criterion}


def _weight(one: Criterion) -> forms.IntegerField:
    wrong = _("Each weight is a whole number from 0 to 100, and not all are 0.")
    return forms.IntegerField(
        label=str(CRITERIA[one]),
        initial=WEIGHTS[one],
        min_value=0,
        max_value=MOST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), wrong
        ),
    )


class CandidateForm(forms.Form):
    """Why a village is taken out of order, or left."""

    take = forms.ChoiceField(
        choices=[("yes", "yes"), ("no", "no")],
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Open this page again.")
        ),
    )
    reason = reason_field(_("Why?"), required=False)


class CloseForm(forms.Form):
    """Why there are fewer than two, where there are."""

    few_because = reason_field(
        _("Why fewer than two villages? (only then)"), required=False
    )
