"""What is asked for one kind of letter of one family, in order."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from smartkampung.letters.catalogue.rules.kinds import (
    PEOPLE,
    Kind,
    Requirement,
    Subject,
)
from smartkampung.letters.catalogue.rules.wording import Wording
from smartkampung.letters.requests.actions.asking import Wish
from smartkampung.letters.requests.queries.facts import Told
from smartkampung.letters.requests.queries.household import Fit, Household, fits
from smartkampung.letters.requests.words import KINSHIP
from smartkampung.web.letters_ask.parts import (
    LanguagePart,
    PaperPart,
    Part,
    PurposePart,
    QuestionPart,
    WhoPart,
)

Photos = Mapping[str, tuple[uuid.UUID, ...]]


@dataclass(frozen=True)
class Sheet:
    """The questions of a letter.

    ``from_afar`` asks for photos of what an officer at the counter sees by himself;
    ``whole`` is a sheet with everything on one page, ``told`` what was answered before.
    """

    household: Household
    wording: Wording
    lang: str
    on: date
    from_afar: bool = True
    whole: bool = False
    told: Told | None = None

    @property
    def kind(self) -> Kind:
        """Return the kind of letter."""
        return self.wording.kind

    @property
    def title(self) -> str:
        """Return what the letter is called."""
        return self.kind.title.of(self.lang)

    @cached_property
    def fits(self) -> list[Fit]:
        """Return whom of the family it may be about, and whom not, and why."""
        return fits(self.household, self.kind.who, on=self.on)

    @cached_property
    def fitting(self) -> list[Fit]:
        """Return whom it may be about."""
        return [fit for fit in self.fits if not fit.reasons]

    @property
    def about(self) -> str:
        """Return whom it is about where nobody has to choose; else nothing."""
        only = self.fitting[0].person.name if len(self.fitting) == 1 else ""
        return str(only)

    @property
    def of_the_dead(self) -> bool:
        """Say whether it is about who died, who may have stood on another card."""
        return Subject.DECEASED in self.kind.who.subjects

    @property
    def themself(self) -> bool:
        """Say whether every other adult of the card asks for it by themself."""
        others = {Subject.FAMILY, Subject.DECEASED} & set(self.kind.who.subjects)
        return not others

    @cached_property
    def parts(self) -> list[Part]:
        """Return the questions in order; what is plain is not asked."""
        who = [WhoPart(self.fitting)] if len(self.fitting) > 1 else []
        return [*who, PurposePart(), *self.questions, *self.papers, *self._languages]

    @cached_property
    def questions(self) -> list[QuestionPart]:
        """Return what the registry does not know; of nobody, nobody is chosen."""
        people = self.household.living
        every = self.kind.asked
        left_out = {one.name for one in every if one.type in PEOPLE and not people}
        kept = self.told.asked if self.told else {}
        unsaid = {name for name in left_out if not kept.get(name)}
        return [
            QuestionPart(
                self.kind,
                # In the place of one left out, and not answered before, it has to be.
                replace(asked, required=asked.required or asked.unless in unsaid),
                self.lang,
                people,
                self.told,
            )
            for asked in every
            if asked.name not in left_out
        ]

    @cached_property
    def papers(self) -> list[PaperPart]:
        """Return what is wanted as a photo."""
        return [
            PaperPart(one, self.lang, one.required and self.from_afar, self.whole)
            for one in self.kind.requirements
            if one.upload
        ]

    @property
    def ready(self) -> list[Requirement]:
        """Return the papers that nobody has to photograph."""
        return [one for one in self.kind.requirements if not one.upload]

    @property
    def _languages(self) -> list[Part]:
        several = self.wording.kind.languages
        return [LanguagePart(several)] if len(several) > 1 else []

    def wish(self, form_id: uuid.UUID, clean: Mapping[str, Any], files: Photos) -> Wish:
        """Return what is asked for, of answers that were found good."""
        chosen = clean.get("who") or self.fitting[0].person.pk
        return Wish(
            form_id=form_id,
            kind=self.kind.code,
            subject_id=int(chosen),
            purpose=clean["purpose"],
            answers={part.asked.name: part.fact(clean) for part in self.questions},
            files=files,
            language=clean.get("tongue", "id"),
            rt_paper=clean.get("rt_paper", ""),
            kinship=clean.get(KINSHIP, "").strip(),
        )
