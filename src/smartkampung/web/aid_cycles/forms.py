"""Forms of cycles: shape only, decisions are the domain's."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.cycles.rules.proposals import STOPPING, SUSPENDING, UNFIT
from smartkampung.aid.cycles.words import REASONS
from smartkampung.web.aid_staff.forms import OnceForm
from smartkampung.web.aid_staff.photos import kept_field
from smartkampung.web.aid_staff.termforms import TYPE_NUMBER, day_field
from smartkampung.web.free_text import no_card_number

MOST_PLACES = 100_000
MOST_RUPIAH = 10**12


def _number(label: Any, help_text: Any = "", *, most: int, least: int = 1) -> Any:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=least,
        max_value=most,
        widget=forms.NumberInput(attrs={"class": "short"}),
        error_messages={"required": TYPE_NUMBER, "invalid": TYPE_NUMBER},
    )


class CycleForm(forms.Form):
    """A new cycle of a programme."""

    programme = forms.ChoiceField(label=_("Programme"))
    name = forms.CharField(
        label=_("Name of the cycle"),
        help_text=_("For example: April to June 2026."),
        max_length=120,
    )
    since = day_field(_("First day"))
    until = day_field(_("Ends before"))
    propose_until = day_field(_("Village meetings until"))
    quota = _number(
        _("Places for each village"),
        _("You can change it for a single village later."),
        most=MOST_PLACES,
    )

    def __init__(self, *args: Any, programmes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["programme"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [("", _("Choose")), *programmes]


class TrancheForm(forms.Form):
    """The next tranche of a cycle."""

    on = day_field(_("First day of the period it is for"))
    due_on = day_field(_("In the hands of the people by"))


class MeetingForm(OnceForm):
    """The minutes of a village meeting."""

    number = forms.CharField(label=_("Number of the minutes"), max_length=60)
    held_on = day_field(_("Day of the meeting"))
    attendance = _number(_("How many people were there"), most=MOST_PLACES)
    photo = forms.FileField(
        label=_("Photo of the minutes"),
        help_text=_("The signed first page, readable."),
        required=False,
        widget=forms.ClearableFileInput(
            attrs={"accept": "image/*", "capture": "environment"}
        ),
    )
    photo_kept = kept_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"form_id": uuid.uuid4()})
        super().__init__(*args, **kwargs)


class QuotaForm(forms.Form):
    """How many places a village has, and the fund behind its cap."""

    quota = _number(_("Places of this village"), most=MOST_PLACES, least=0)
    fund = forms.IntegerField(
        label=_("Dana Desa of the year, in rupiah"),
        required=False,
        min_value=0,
        max_value=MOST_RUPIAH,
        error_messages={"invalid": TYPE_NUMBER},
    )


def _note(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=500,
        required=False,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class VerifyForm(forms.Form):
    """Why some families were found not in need."""

    why = forms.ChoiceField(
        label=_("If some are not in need: why?"),
        required=False,
        choices=[("", _("Choose")), *((why.value, REASONS[why]) for why in UNFIT)],
    )
    text = _note(_("Note"))


class ReturnForm(forms.Form):
    """Why a list goes back to the village."""

    why = forms.CharField(
        label=_("What should the village mend?"),
        max_length=300,
        required=False,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class StopForm(forms.Form):
    """Why a recipient is stopped."""

    why = forms.ChoiceField(
        label=_("Why?"), choices=[(why.value, REASONS[why]) for why in STOPPING]
    )
    text = _note(_("Note"))


class SuspendForm(forms.Form):
    """Why a recipient is suspended."""

    why = forms.ChoiceField(
        label=_("Why?"), choices=[(why.value, REASONS[why]) for why in SUSPENDING]
    )
    text = _note(_("Note"))


class ResumeForm(forms.Form):
    """What was found out about a suspended recipient."""

    text = _note(_("What was found out?"))
