"""One form a screen. Each knows the answers of the screens before it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Self

from django import forms
from django.core.cache import caches
from django.forms.utils import ErrorDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.public_words import REASONS
from smartkampung.intake.actions import photos
from smartkampung.regions.queries import kecamatan_of, regency, rts_of, villages_of
from smartkampung.web.free_text import no_card_number
from smartkampung.web.report.fields import (
    BirthDateField,
    kk_field,
    nik_field,
    phone_field,
)

CHOOSE = ("", _("Choose"))
UNKNOWN_RT = "unknown"
LONGEST_CODE = 30
CODE_SIGNS = set("0123456789.-")
REMEMBERED_SECONDS = 300
Choices = list[tuple[str, Any]]
Answers = Mapping[str, str]


def _must_choose(words: Promise) -> dict[str, Any]:
    """Say the same for nothing chosen and for what is not on the list."""
    return {"required": words, "invalid_choice": words}


class StepForm(forms.Form):
    """A screen of the form; ``earlier`` holds what was answered before."""

    def __init__(
        self, data: Any = None, files: Any = None, *, earlier: Answers
    ) -> None:
        super().__init__(data, files)
        self.earlier = earlier
        self.prepare()

    def prepare(self) -> None:
        """Fit choices to the answers given before."""

    def unjudged(self) -> Self:
        """Return the form to show what was typed so far, without finding faults yet."""
        self._errors = ErrorDict()
        return self


class WhoForm(StepForm):
    """For whom."""

    for_self = forms.ChoiceField(
        label=_("Report for"),
        choices=[
            ("yes", _("For myself or my family")),
            ("no", _("For somebody else, such as a neighbour without internet")),
        ],
        widget=forms.RadioSelect,
        error_messages=_must_choose(_("Choose one of the two.")),
    )


class CardForm(StepForm):
    """The numbers by which the registry knows the person."""

    nik = nik_field(label=_("NIK"), help_text=_("16 digits, on the KTP."))
    kk = kk_field(
        label=_("Family card number (No. KK)"),
        help_text=_("16 digits, at the top of the family card."),
    )
    born_on = BirthDateField(
        label=_("Birth date"), help_text=_("As on the KTP, such as 17 8 1990.")
    )


class PhoneForm(StepForm):
    """Where the news goes."""

    phone = phone_field(
        label=_("Your mobile number"),
        required=False,
        help_text=_("We send the tracking code and news here by SMS."),
    )


class KecamatanForm(StepForm):
    """Where, from far."""

    kecamatan = forms.ChoiceField(
        label=_("Kecamatan"),
        error_messages=_must_choose(_("Choose the kecamatan from the list.")),
    )

    def prepare(self) -> None:
        """Offer the kecamatan of this regency."""
        _offer(self, "kecamatan", _remembered("kecamatan", "", _kecamatan))


class VillageForm(StepForm):
    """Where, nearer."""

    village = forms.ChoiceField(
        label=_("Desa or kelurahan"),
        error_messages=_must_choose(_("Choose the desa or kelurahan from the list.")),
    )

    def prepare(self) -> None:
        """Offer the villages of the chosen kecamatan."""
        code = self.earlier.get("kecamatan", "-")[:LONGEST_CODE]
        _offer(self, "village", _remembered("village", code, _villages))


class RtForm(StepForm):
    """Where, at the door."""

    rt = forms.ChoiceField(
        label=_("RT and RW"),
        error_messages=_must_choose(_("Choose the RT, or that you do not know it.")),
    )

    def prepare(self) -> None:
        """Offer the RTs of the chosen village, and "I do not know"."""
        code = self.earlier.get("village", "-")[:LONGEST_CODE]
        choices = _remembered("rt", code, _rts)
        _offer(self, "rt", [*choices, (UNKNOWN_RT, _("I do not know the RT"))])


class ReasonForm(StepForm):
    """Why, in the reporter's words."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[(reason.value, words) for reason, words in REASONS.items()],
        widget=forms.RadioSelect,
        error_messages=_must_choose(_("Choose the reason that fits best.")),
    )
    story = forms.CharField(
        label=_("Anything the village should know"),
        required=False,
        max_length=1000,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Where the house is, when somebody is at home. No NIK here."),
        error_messages={
            "max_length": _("At most 1,000 letters. You typed %(show_value)d.")
        },
    )


PHOTO_WORDS: dict[str, Any] = {
    "empty": _("That file is empty. Choose another photo, or skip this."),
    "invalid": _("Choose the photo again, or skip this."),
    "missing": _("Choose the photo again, or skip this."),
}
PROBLEM = "problem"


class PhotoForm(StepForm):
    """A photo, if there is one; and what was wrong with the one sent last."""

    photo = forms.FileField(
        label=_("Photo of the house"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=_("JPEG, PNG or WebP, at most 10 MB. You may skip this."),
        error_messages=PHOTO_WORDS,
    )

    def clean(self) -> dict[str, Any]:
        """Say again what was wrong with a photo: it was not kept, its fault was."""
        problem = self.data.get(PROBLEM)
        if problem:
            known = {**PHOTO_WORDS, **photos.WORDS}
            self.add_error("photo", known.get(problem, PHOTO_WORDS["invalid"]))
        return super().clean() or {}


def rt_name(code: str) -> str:
    """Return how people say an RT: ``RT 007 / RW 002``."""
    *_path, rw, rt = code.split(".")
    return f"RT {rt} / RW {rw}"


def _offer(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [CHOOSE, *choices]


def _remembered(kind: str, code: str, read: Callable[[str], Choices]) -> Choices:
    """Return a list of places; each process remembers it for some minutes."""
    key = f"report-places:{kind}:{code}"
    if not set(code) <= CODE_SIGNS:
        return []
    known: Choices | None = caches["local"].get(key)
    if known is None:
        known = read(code)
        if known:
            caches["local"].set(key, known, REMEMBERED_SECONDS)
    return known


def _kecamatan(code: str) -> Choices:
    here = regency()
    return _by_name(kecamatan_of(here.code)) if here else []


def _villages(code: str) -> Choices:
    return _by_name(villages_of(code))


def _by_name(parts: Iterable[Any]) -> Choices:
    """Return places as people look for them: by the alphabet."""
    return sorted(((part.code, part.name) for part in parts), key=lambda one: one[1])


def _rts(code: str) -> Choices:
    return [(part.code, rt_name(part.code)) for part in rts_of(code)]
