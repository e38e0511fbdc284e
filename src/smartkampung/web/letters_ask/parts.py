"""The questions of a letter as parts of a form: one a screen, or all on one sheet."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from smartkampung.intake.actions import photos
from smartkampung.kernel.clock import today
from smartkampung.kernel.wording import long_day, rupiah, whole
from smartkampung.letters.catalogue.rules.answers import answer_faults
from smartkampung.letters.catalogue.rules.kinds import (
    Asked,
    AskedType,
    Kind,
    Requirement,
)
from smartkampung.letters.catalogue.words import answer_words
from smartkampung.letters.requests.queries.facts import Told
from smartkampung.letters.requests.queries.household import Fit
from smartkampung.residents.queries import Person
from smartkampung.web.free_text import no_card_number
from smartkampung.web.letters_ask.fields import (
    AmountField,
    MaybeDayField,
    PeopleBoxes,
    PhotoField,
    WordsField,
)
from smartkampung.web.report.forms import CHOOSE, PHOTO_WORDS, PROBLEM, StepForm

MOST_RADIOS = 5
LONGEST_PURPOSE = 200
LANGUAGES: dict[str, Promise] = {
    "id": _("Indonesian"),
    "en": _("English, for use abroad"),
}
MUST: dict[str, Any] = {
    "required": _("Choose one of the list."),
    "invalid_choice": _("Choose one of the list."),
}
Clean = Mapping[str, Any]


class Part(ABC):
    """One question: its screen, its fields, and what was answered in words."""

    @property
    @abstractmethod
    def step(self) -> str:
        """Return the name of its screen."""

    @property
    @abstractmethod
    def title(self) -> str | Promise:
        """Return what the screen is called."""

    @abstractmethod
    def fields(self) -> dict[str, forms.Field]:
        """Return the fields of the question."""

    @abstractmethod
    def said(self, clean: Clean) -> str | Promise:
        """Return the answer in words; it was found good."""

    @property
    @abstractmethod
    def term(self) -> str | Promise:
        """Return what the review calls the question."""

    def faults(self, clean: Clean, data: Any) -> dict[str, str]:
        """Return what is wrong with an answer beyond the fields themselves, by field."""
        return {}


class PartsForm(StepForm):
    """A form of some questions, or of one."""

    def __init__(
        self, data: Any = None, files: Any = None, *, parts: Sequence[Part]
    ) -> None:
        self.parts = parts
        super().__init__(data, files, earlier={})

    def prepare(self) -> None:
        """Put the fields of every question, in order."""
        for part in self.parts:
            self.fields.update(part.fields())

    def clean(self) -> dict[str, Any]:
        """Find the faults that a question finds by itself."""
        clean = super().clean() or {}
        for part in self.parts:
            for name, words in part.faults(clean, self.data).items():
                if name not in self.errors:
                    self.add_error(name, words)
        return clean


@dataclass
class WhoPart(Part):
    """Whom of the family the letter is about."""

    fits: Sequence[Fit]
    step = "who"
    term = title = _("Whom is the letter about?")

    def fields(self) -> dict[str, forms.Field]:
        """Offer whoever it may be about."""
        choices = [(str(fit.person.pk), named(fit)) for fit in self.fits]
        return {
            "who": forms.ChoiceField(
                label=_("The letter is about"),
                choices=choices,
                widget=forms.RadioSelect,
                error_messages=MUST,
            )
        }

    def said(self, clean: Clean) -> str | Promise:
        """Return the name."""
        return next(
            named(fit) for fit in self.fits if str(fit.person.pk) == clean["who"]
        )


def named(fit: Fit) -> str:
    """Return somebody's name, and whether it is whoever asks."""
    name = str(fit.person.name)
    return _now("%(name)s (the applicant)") % {"name": name} if fit.is_self else name


class PurposePart(Part):
    """What the letter is for; it stands on the paper."""

    step = "purpose"
    title = _("What is the letter for?")
    term = _("What for")

    def fields(self) -> dict[str, forms.Field]:
        """Ask for some words."""
        return {
            "purpose": forms.CharField(
                label=_("The letter is for"),
                max_length=LONGEST_PURPOSE,
                validators=[no_card_number],
                help_text=_(
                    "It stands on the letter so, such as: school fees of my daughter."
                ),
                error_messages={
                    "required": _("Write what the letter is for."),
                    "max_length": _("At most 200 letters. You typed %(show_value)d."),
                },
            )
        }

    def said(self, clean: Clean) -> str | Promise:
        """Return the words."""
        return str(clean["purpose"])


@dataclass
class QuestionPart(Part):
    """What the registry does not know and the letter says."""

    kind: Kind
    asked: Asked
    lang: str
    people: Sequence[Person]
    told: Told | None = None
    title = _("The registry does not know this yet")

    @property
    def step(self) -> str:
        """Return the name of its screen."""
        return f"ask-{self.asked.name}"

    @property
    def name(self) -> str:
        """Return the name of its field."""
        return f"q_{self.asked.name}"

    @property
    def term(self) -> str | Promise:
        """Return the question."""
        return self.asked.label.of(self.lang)

    def fields(self) -> dict[str, forms.Field]:
        """Ask in the way that the answer needs."""
        options: dict[str, Any] = {
            "label": self.asked.label.of(self.lang),
            "help_text": self.asked.help.of(self.lang),
            "required": self.asked.required,
        }
        return {self.name: self._field(options)}

    def _field(self, options: dict[str, Any]) -> forms.Field:
        match self.asked.type:
            case AskedType.DATE:
                return MaybeDayField(**options)
            case AskedType.NUMBER | AskedType.MONEY:
                return self._wanted(AmountField, options)
            case AskedType.CHOICE | AskedType.RESIDENT:
                return self._choice(options)
            case AskedType.RESIDENTS:
                return forms.MultipleChoiceField(
                    choices=self._people(),
                    widget=PeopleBoxes,
                    **options,
                    error_messages=MUST,
                )
            case _:
                return self._wanted(WordsField, options | {"widget": self._box()})

    def _wanted(self, field: type[WordsField], options: dict[str, Any]) -> forms.Field:
        """Return a field that the catalogue finds empty, in its own words."""
        made = field(**options | {"required": False})
        made.asked = self.asked.required
        return made

    def _box(self) -> forms.Widget:
        if self.asked.type is AskedType.LONG:
            return forms.Textarea(attrs={"rows": 4})
        return forms.TextInput()

    def _choice(self, options: dict[str, Any]) -> forms.Field:
        choices = self._people() or [
            (one.code, one.words.of(self.lang)) for one in self.asked.choices
        ]
        if not self.asked.required:
            choices = [("", _now("Nobody, or not known")), *choices]
        few = len(choices) <= MOST_RADIOS
        return forms.ChoiceField(
            choices=choices if few else [CHOOSE, *choices],
            widget=forms.RadioSelect if few else forms.Select,
            error_messages=MUST,
            **options,
        )

    def _people(self) -> list[tuple[str, Any]]:
        if self.asked.type is AskedType.CHOICE:
            return []
        return [(str(one.pk), one.name) for one in self.people]

    def fact(self, clean: Clean) -> str:
        """Return the answer as the catalogue takes it."""
        value = clean.get(self.name)
        if not value:
            return ""
        if self.asked.type is AskedType.DATE:
            return str(value.isoformat())
        return ",".join(value) if isinstance(value, list) else str(value)

    def faults(self, clean: Clean, data: Any) -> dict[str, str]:
        """Find what could not stand on the letter."""
        if self.name not in clean:
            return {}
        # Which of two questions was answered is seen at the end, where both are known.
        known = {self.asked.unless: "?", self.asked.name: self.fact(clean)}
        before = self.told.asked if self.told else None
        found = answer_faults(self.kind, known, on=today(), before=before)
        fault = found.get(self.asked.name)
        return {self.name: answer_words(fault)} if fault else {}

    def said(self, clean: Clean) -> str | Promise:
        """Return the answer as people read it."""
        fact = self.fact(clean)
        if not fact:
            return _("None")
        if self.asked.type is AskedType.DATE:
            return long_day(clean[self.name])
        words = _SAID.get(self.asked.type)
        return words(self, fact) if words else fact

    def chosen(self, fact: str) -> str:
        """Return the words of a choice."""
        words = {one.code: one.words for one in self.asked.choices}
        return words[fact].of(self.lang)

    def names(self, fact: str) -> str:
        """Return who of the family was chosen."""
        chosen = set(fact.split(","))
        return ", ".join(one.name for one in self.people if str(one.pk) in chosen)

    def typed(self, fact: str) -> Any:
        """Return a fact that was told before as the field shows it."""
        if self.asked.type is AskedType.RESIDENTS:
            return [one for one in fact.split(",") if one]
        if self.asked.type is AskedType.DATE and fact:
            return date.fromisoformat(fact)
        return fact


_SAID: dict[AskedType, Callable[[QuestionPart, str], str]] = {
    AskedType.MONEY: lambda _part, fact: rupiah(int(fact)),
    AskedType.NUMBER: lambda _part, fact: whole(int(fact)),
    AskedType.CHOICE: QuestionPart.chosen,
    AskedType.RESIDENT: QuestionPart.names,
    AskedType.RESIDENTS: QuestionPart.names,
}


@dataclass
class PaperPart(Part):
    """A photo of a paper that the office wants to see."""

    paper: Requirement
    lang: str
    needed: bool
    on_sheet: bool = False
    title = _("A photo, please")

    @property
    def step(self) -> str:
        """Return the name of its screen."""
        return f"paper-{self.paper.code}"

    @property
    def name(self) -> str:
        """Return the name of its field."""
        return f"paper_{self.paper.code}"

    @property
    def term(self) -> str | Promise:
        """Return what the photo shows."""
        return self.paper.words.of(self.lang)

    def fields(self) -> dict[str, forms.Field]:
        """Ask for the file; a sheet carries the photo that was kept already."""
        photo = PhotoField(
            label=self.paper.words.of(self.lang),
            required=False,
            widget=forms.FileInput(attrs={"accept": "image/*"}),
            help_text=_("JPEG, PNG or WebP, at most 10 MB."),
            error_messages=PHOTO_WORDS,
        )
        photo.asked = self.needed
        kept = forms.CharField(required=False, widget=forms.HiddenInput)
        return {self.name: photo} | (
            {f"{self.name}_kept": kept} if self.on_sheet else {}
        )

    def faults(self, clean: Clean, data: Any) -> dict[str, str]:
        """Say again what was wrong with a photo, or that there is none yet."""
        problem = data.get(PROBLEM)
        if problem:
            known = {**PHOTO_WORDS, **photos.WORDS}
            return {self.name: str(known.get(problem, PHOTO_WORDS["invalid"]))}
        kept = data.get(f"{self.name}_kept")
        if self.needed and not kept and not clean.get(self.name):
            return {self.name: _now("Take a photo of it and choose it here.")}
        return {}

    def said(self, clean: Clean) -> str | Promise:
        """Return whether there is one; who holds the photo knows better."""
        return _("1 photo") if clean.get(f"{self.name}_kept") else _("None")


@dataclass
class LanguagePart(Part):
    """In which language the letter is written."""

    languages: Sequence[str]
    step = "language"
    title = _("In which language?")
    term = _("Language of the letter")

    def fields(self) -> dict[str, forms.Field]:
        """Offer the languages of the letter."""
        return {
            "tongue": forms.ChoiceField(
                label=_("The letter is written in"),
                choices=[(lang, LANGUAGES[lang]) for lang in self.languages],
                widget=forms.RadioSelect,
                error_messages=MUST,
            )
        }

    def said(self, clean: Clean) -> str | Promise:
        """Return the language."""
        return LANGUAGES[clean["tongue"]]
