"""A form of one question a screen, as far as it is filled in; answers travel sealed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from smartkampung.intake.draft import Draft
from smartkampung.web.report.forms import StepForm

REVIEW = "review"


@dataclass(frozen=True)
class Steps:
    """The screens of one form, in an order that may follow from the answers.

    ``screens`` are its forms in order; where an answer to one changes, the answers to
    those it ``unsettles`` no longer fit. No answer is kept longer than ``longest``.
    """

    draft: Draft
    screens: ClassVar[Mapping[str, type[StepForm]]]
    unsettles: ClassVar[Mapping[str, tuple[str, ...]]]
    longest: ClassVar[int]

    @cached_property
    def flat(self) -> dict[str, str]:
        """Return all answers of all screens, as typed."""
        return {
            name: text
            for answers in self.draft.answers.values()
            for name, text in answers.items()
        }

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Return the screens that these answers lead through."""
        return tuple(self.screens)

    def earlier(self, step: str) -> dict[str, str]:
        """Return the answers that a screen may look back at."""
        return self.flat

    def form(self, step: str, data: Any = None, files: Any = None) -> StepForm:
        """Return the form of a screen: with what is sent, or what was answered."""
        kept = self.draft.answers.get(step)
        sent = data if data is not None else kept
        return self.screens[step](sent, files, earlier=self.earlier(step))

    @cached_property
    def answered(self) -> dict[str, StepForm]:
        """Return the forms of all screens with what was answered, made once."""
        return {step: self.form(step) for step in self.order}

    def next_step(self) -> str:
        """Return the first screen that lacks an answer, or the review."""
        lacking = (step for step in self.order if step not in self.draft.answers)
        return next(lacking, REVIEW)

    def first_wrong(self) -> str | None:
        """Return the first screen whose answers do not hold, if any."""
        return next((step for step in self.order if not self.holds(step)), None)

    def holds(self, step: str) -> bool:
        """Say whether a screen was answered, and well."""
        return step in self.draft.answers and self.answered[step].is_valid()

    def fitting(self, step: str) -> str:
        """Return the screen asked for, or the one to be answered before it."""
        if step == REVIEW:
            return self.first_wrong() or REVIEW
        if step not in self.order:
            return self.next_step()
        return min(step, self.next_step(), key=(*self.order, REVIEW).index)

    def before(self, step: str) -> str | None:
        """Return the screen before one; the first has none."""
        at = (*self.order, REVIEW).index(step)
        return self.order[at - 1] if at else None

    def typed(self, step: str, data: Mapping[str, str]) -> dict[str, str]:
        """Return what was typed on a screen, as it came, to be shown again."""
        names = self.form(step, data).fields
        return {
            key: str(data[key])[: self.longest]
            for key in data
            if key in names or key.rpartition("_")[0] in names
        }

    def settled(self, step: str, answers: dict[str, str], *, at: datetime) -> Draft:
        """Return the draft with a screen's answers, without those they unsettle."""
        kept = dict(self.draft.answers)
        if kept.get(step) != answers:
            for later in self.unsettles.get(step, ()):
                kept.pop(later, None)
        kept[step] = answers
        return self.draft.with_answers(kept, at=at)
