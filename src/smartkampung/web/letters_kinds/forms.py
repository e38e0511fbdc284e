"""The form of a wording: what it is called, who may have it, and what it says."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.kernel.clock import today
from smartkampung.kernel.language import either
from smartkampung.letters.catalogue.rules.kinds import (
    AskedType,
    Feed,
    Group,
    Kind,
    Step,
    Subject,
    When,
)
from smartkampung.letters.catalogue.rules.reading import LONGEST_TITLE, LONGEST_VALID
from smartkampung.letters.catalogue.words import (
    FEEDS,
    GROUPS,
    STEPS,
    SUBJECTS,
    TYPES,
    WHENS,
)
from smartkampung.residents.siak import CODES, CodeList
from smartkampung.web.free_text import no_card_number

MARITAL = CODES[CodeList.MARITAL_STATUS]
OLDEST = 150
WHOLE = _("Write a whole number, or leave it empty.")


def _line(label: Any, *, most: int = 300, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        validators=[no_card_number],
        error_messages={"required": _("Write it in a few words.")},
    )


def _age(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=OLDEST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "tiny"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), WHOLE),
    )


def _many(label: Any, choices: Any, *, required: bool = True) -> Any:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=required,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )


def _body(label: Any, lang: str, *, required: bool) -> forms.CharField:
    attrs = {"rows": 18, "class": "letter", "lang": lang, "spellcheck": "true"}
    return forms.CharField(
        label=label,
        required=required,
        strip=True,
        max_length=20_000,
        widget=forms.Textarea(attrs=attrs),
        error_messages={"required": _("Write what the letter certifies.")},
    )


class WordingForm(forms.Form):
    """One version of a kind of letter for a place; begins with what holds there."""

    region = forms.ChoiceField(label=_("For which place"))
    holds_from = forms.DateField(
        label=_("Holds from"),
        widget=forms.DateInput(
            attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"
        ),
        help_text=_("Today or later, and only once somebody else has confirmed it."),
        error_messages=dict.fromkeys(
            ("required", "invalid"), _("Choose the day from which it holds.")
        ),
    )
    note = forms.CharField(
        label=_("Why"),
        max_length=200,
        validators=[no_card_number],
        help_text=_("Such as: village regulation 3/2026, or a spelling mistake."),
        error_messages={"required": _("Say in a few words why it changes.")},
    )
    body_id = _body(_("Text in Indonesian"), "id", required=True)
    body_en = _body(_("Text in English"), "en", required=False)
    title_id = _line(_("Title in Indonesian"), most=LONGEST_TITLE)
    title_en = _line(_("Title in English"), most=LONGEST_TITLE)
    about_id = _line(_("What it is for, in Indonesian"))
    about_en = _line(_("What it is for, in English"))
    series = forms.CharField(
        label=_("Letter code (kode surat)"),
        max_length=16,
        widget=forms.TextInput(attrs={"class": "tiny"}),
        error_messages={"required": _("Write the code, such as 401.")},
    )
    group = forms.ChoiceField(
        label=_("Under which heading"), choices=[(one, GROUPS[one]) for one in Group]
    )
    valid_days = forms.IntegerField(
        label=_("Days of validity"),
        min_value=0,
        max_value=LONGEST_VALID,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "tiny"}),
        help_text=_("0 means without end."),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            _("Days of validity: 0 (no end) to 3660."),
        ),
    )
    steps = _many(_("Steps"), [(one, STEPS[one]) for one in Step])
    subjects = _many(_("About whom"), [(one, SUBJECTS[one]) for one in Subject])
    least_age = _age(_("Lowest age"))
    most_age = _age(_("Highest age"))
    marital = _many(_("Marital status"), (), required=False)
    feeds = forms.ChoiceField(
        label=_("What the signed letter opens"),
        choices=[(one, FEEDS[one]) for one in Feed],
        required=False,
    )
    abroad = forms.BooleanField(label=_("It is used abroad, too"), required=False)
    offered = forms.BooleanField(
        label=_("Residents here may ask for it"), required=False
    )

    def __init__(
        self, sent: Any, *, kind: Kind, places: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(sent, initial=initial_of(kind))
        self.kind = kind
        _fields(self)["region"].choices = list(places)
        _fields(self)["marital"].choices = [
            (str(code), either(term.id, term.en)) for code, term in MARITAL.items()
        ]

    def clean_holds_from(self) -> date:
        """Refuse a day that is over."""
        day: date = self.cleaned_data["holds_from"]
        if day < today():
            raise forms.ValidationError(
                _("Choose today or a later day: letters of the past stay as they were.")
            )
        return day

    @property
    def settings(self) -> list[Any]:
        """Return the fields that are neither text nor about the version."""
        apart = {"region", "holds_from", "note", "body_id", "body_en"}
        return [self[name] for name in self.fields if name not in apart]


def _fields(form: forms.Form) -> dict[str, Any]:
    return form.fields


def initial_of(kind: Kind) -> dict[str, Any]:
    """Return what the form begins with."""
    return {
        "holds_from": today(),
        "body_id": kind.bodies.get("id", ""),
        "body_en": kind.bodies.get("en", ""),
        "title_id": kind.title.id,
        "title_en": kind.title.en,
        "about_id": kind.about.id,
        "about_en": kind.about.en,
        "series": kind.series,
        "group": kind.group.value,
        "valid_days": kind.valid_days,
        "steps": [one.value for one in kind.steps],
        "subjects": [one.value for one in kind.who.subjects],
        "least_age": kind.who.least_age,
        "most_age": kind.who.most_age,
        "marital": [str(code) for code in kind.who.marital],
        "feeds": kind.feeds.value,
        "abroad": kind.abroad,
        "offered": kind.offered,
    }


class PaperForm(forms.Form):
    """One paper to show; empty words take it out."""

    code = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    words_id = _line(_("Paper, in Indonesian"), most=200, required=False)
    words_en = _line(_("Paper, in English"), most=200, required=False)
    upload = forms.BooleanField(label=_("A photo is handed in"), required=False)
    required = forms.BooleanField(
        label=_("Always needed"), required=False, initial=True
    )


class QuestionForm(forms.Form):
    """One question; empty words take it out."""

    name = forms.CharField(
        label=_("Short name"),
        required=False,
        max_length=40,
        help_text=_("In the text it is {asked.name}."),
        widget=forms.TextInput(attrs={"class": "short", "autocapitalize": "none"}),
    )
    label_id = _line(_("Question, in Indonesian"), most=120, required=False)
    label_en = _line(_("Question, in English"), most=120, required=False)
    help_id = _line(_("Help, in Indonesian"), most=200, required=False)
    help_en = _line(_("Help, in English"), most=200, required=False)
    type = forms.ChoiceField(
        label=_("Kind of answer"), choices=[(one, TYPES[one]) for one in AskedType]
    )
    choices = forms.CharField(
        label=_("Answers to choose from"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_('One a line: "Indonesian | English".'),
    )
    when = forms.ChoiceField(
        label=_("If it is a date"),
        required=False,
        choices=[(one, WHENS[one]) for one in When],
    )
    after = forms.CharField(
        label=_("Not before the date of"),
        required=False,
        max_length=40,
        help_text=_("The short name of another question, such as from."),
        widget=forms.TextInput(attrs={"class": "short", "autocapitalize": "none"}),
    )
    required = forms.BooleanField(
        label=_("Always needed"), required=False, initial=True
    )


PaperRows = forms.formset_factory(PaperForm, extra=1, max_num=20, absolute_max=30)
QuestionRows = forms.formset_factory(QuestionForm, extra=1, max_num=30, absolute_max=40)
