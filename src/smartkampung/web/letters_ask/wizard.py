"""A letter as far as it was asked for: its screens follow from kind and family."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from smartkampung.letters.requests.actions.asking import Wish
from smartkampung.web.letters_ask.parts import PaperPart, Part, PartsForm
from smartkampung.web.letters_ask.sheet import Photos, Sheet
from smartkampung.web.report.forms import StepForm
from smartkampung.web.steps import Steps

FORM = "letters.ask"
# What a draft knows before the first question: which kind, and for whose family.
START = "start"


@dataclass(frozen=True)
class Asking(Steps):
    """The answers of a family, one question a screen."""

    sheet: Sheet
    screens: ClassVar[Mapping[str, type[StepForm]]] = {}
    unsettles: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    longest: ClassVar[int] = 1100

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Return the screens of this letter."""
        return tuple(part.step for part in self.sheet.parts)

    def part(self, step: str) -> Part:
        """Return the question of a screen."""
        return next(part for part in self.sheet.parts if part.step == step)

    def form(self, step: str, data: Any = None, files: Any = None) -> PartsForm:
        """Return the form of a screen: with what is sent, or what was answered."""
        sent = data if data is not None else self.draft.answers.get(step)
        return PartsForm(sent, files, parts=[self.part(step)])

    def typed(self, step: str, data: Mapping[str, str]) -> dict[str, str]:
        """Return what was typed; several ticked boxes are one text."""
        several = getattr(data, "getlist", None)
        joined = {
            key: ",".join(several(key)) if several else str(data[key]) for key in data
        }
        return super().typed(step, joined)

    @property
    def clean(self) -> dict[str, Any]:
        """Return the answers as read; call it when nothing is wrong."""
        read: dict[str, Any] = {}
        for step, form in self.answered.items():
            form.is_valid()
            read |= form.cleaned_data
            part = self.part(step)
            if isinstance(part, PaperPart):
                read[f"{part.name}_kept"] = self.photo(part)
        return read

    def photo(self, part: PaperPart) -> str:
        """Return the photo that was kept of a paper, or nothing."""
        return str(self.draft.answers.get(part.step, {}).get(f"{part.name}_kept", ""))

    def wish(self) -> Wish:
        """Return the letter that is asked for; call it when nothing is wrong."""
        kept = {part.paper.code: self.photo(part) for part in self.sheet.papers}
        files: Photos = {code: (uuid.UUID(one),) for code, one in kept.items() if one}
        return self.sheet.wish(self.draft.form_id, self.clean, files)
