"""Forms of cases: one case, why it is corrected, and that there was none."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from smartkampung.kernel.clock import today
from smartkampung.reopening.cases.actions.recording import Told
from smartkampung.reopening.cases.queries.addresses import rt_code
from smartkampung.reopening.cases.words import OUTCOMES, Outcome
from smartkampung.residents.rules import Misshapen, read_nik
from smartkampung.residents.words import nik_problem
from smartkampung.web.free_text import has_a_letter, no_card_number

NUMBER = {"inputmode": "numeric", "class": "tiny", "maxlength": "3"}
NO_DAY = _("Choose the day.")


def _day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(
            attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"
        ),
        error_messages={"required": NO_DAY, "invalid": NO_DAY},
    )


def _number(label: Any) -> forms.RegexField:
    return forms.RegexField(
        r"^\d{1,3}$",
        label=label,
        required=False,
        widget=forms.TextInput(attrs=NUMBER),
        error_messages={"invalid": _("Type the number only, such as 7 or 007.")},
    )


def reason_field(label: Any) -> forms.CharField:
    """Return the field of why something changes."""
    return forms.CharField(
        label=label,
        max_length=300,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why; it is kept with the case.")},
    )


def wrong_days(told: Mapping[str, Any], *, today: date) -> Iterator[tuple[str, Any]]:
    """Yield each day of a case that cannot be, with what to do, also beside others."""
    on, ended = told.get("confirmed_on"), told.get("outcome_on")
    if on and on > today:
        yield "confirmed_on", _("The day of confirmation is today or before.")
    ill = told.get("outcome") == Outcome.ILL
    if "outcome" not in told or "outcome_on" not in told:
        return
    if ill and ended:
        yield "outcome_on", _("Leave this day empty while the person is ill.")
    elif not ill and not ended:
        yield "outcome_on", _("Say on which day the person recovered or died.")
    elif ended and (ended > today or (on and ended < on)):
        yield "outcome_on", _("This day lies after the confirmation, and not ahead.")


class CaseForm(forms.Form):
    """One confirmed case."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        validators=[no_card_number, has_a_letter],
        error_messages={"required": _("Type the name of the person.")},
    )
    nik = forms.CharField(
        label="NIK",
        required=False,
        max_length=40,
        help_text=_("If it is known. A resident is then found in the registry."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    village = forms.ChoiceField()
    rw = _number("RW")
    rt = _number("RT")
    address = forms.CharField(
        label=_("House"),
        required=False,
        max_length=120,
        validators=[no_card_number],
        help_text=_(
            "Street and house number, such as Mawar 5. Without a number it is the family"
            " card of the NIK that makes one house; without both, each case is a house."
        ),
    )
    confirmed_on = _day(_("Confirmed on"), help_text=_("The day of the result."))
    outcome = forms.ChoiceField(label=_("How is the person?"), choices=OUTCOMES)
    outcome_on = _day(
        _("Since when?"), required=False, help_text=_("Only if recovered or died.")
    )

    def __init__(self, *args: Any, villages: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose = [("", _("Choose"))] if len(villages) > 1 else []
        self.fields["village"] = forms.ChoiceField(
            label=_("Village"),
            choices=[*choose, *villages.items()],
            error_messages={"required": _("Choose the village.")},
        )

    def clean_nik(self) -> str:
        """Return the sixteen digits, or nothing."""
        typed = self.cleaned_data["nik"]
        if not typed.strip():
            return ""
        try:
            return read_nik(typed)
        except Misshapen as error:
            raise ValidationError(nik_problem(error)) from None

    def clean(self) -> dict[str, Any]:
        """Find the RT, and say at once what is wrong with days."""
        told: dict[str, Any] = super().clean() or {}
        for name, text in wrong_days(told, today=today()):
            self.add_error(name, text)
        if told.get("village") and "rt" in told and "rw" in told:
            place = rt_code(told["village"], rw=told["rw"], rt=told["rt"])
            if place is None:
                self.add_error(
                    "rt",
                    _("This village has no such RT, or several. Check RT and RW."),
                )
            told["place"] = place
        return told

    def told(self) -> Told:
        """Return the case."""
        given = self.cleaned_data
        names = ("name", "nik", "place", "address", "confirmed_on", "outcome")
        return Told(
            **{name: given[name] for name in names},
            outcome_on=given["outcome_on"],
            nik_unknown=given.get("nik_unknown", False),
        )


class CorrectForm(CaseForm):
    """A case as it is, and why the row that stood was wrong."""

    nik_unknown = forms.BooleanField(
        label=_("The NIK that stood is of somebody else; the right one is not known"),
        required=False,
    )
    reason = reason_field(_("What was wrong?"))


class WithdrawForm(forms.Form):
    """Why a case was none."""

    reason = reason_field(_("Why was it none?"))


class NoneForm(forms.Form):
    """Days and villages without another case."""

    villages = forms.MultipleChoiceField()
    since = _day(_("First day"))
    last = _day(_("Last day"))

    def __init__(self, *args: Any, villages: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["villages"] = forms.MultipleChoiceField(
            label=_("Villages"),
            widget=forms.CheckboxSelectMultiple,
            choices=list(villages.items()),
            error_messages={
                "required": _("Choose one village at least."),
                "invalid_choice": _("Choose villages in your care."),
            },
        )


class FileForm(forms.Form):
    """A file of cases."""

    file = forms.FileField(
        label=_("File (XLSX, ODS or CSV)"),
        help_text=_(
            "Columns: nama, tanggal_konfirmasi, and where known nik, desa, rw, rt,"
            " alamat, hasil, tanggal_hasil."
        ),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("This file is empty. Choose another."),
        },
    )
