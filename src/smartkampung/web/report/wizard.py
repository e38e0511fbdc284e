"""The screens of the report form, in order; answers travel sealed in the page."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from smartkampung.aid.rules.report import Reason, Told
from smartkampung.intake.draft import Draft
from smartkampung.web.report import forms
from smartkampung.web.report.forms import StepForm

FORM = "aid.report"
STEPS: dict[str, type[StepForm]] = {
    "who": forms.WhoForm,
    "card": forms.CardForm,
    "phone": forms.PhoneForm,
    "kecamatan": forms.KecamatanForm,
    "village": forms.VillageForm,
    "rt": forms.RtForm,
    "reason": forms.ReasonForm,
    "photo": forms.PhotoForm,
}
ORDER = tuple(STEPS)
PHOTO = "photo"
REVIEW = "review"
# Where an answer changes, the answers to these no longer fit.
UNSETTLES = {"kecamatan": ("village", "rt"), "village": ("rt",)}
LONGEST_ANSWER = 1100


@dataclass(frozen=True)
class Wizard:
    """The form as far as it is filled in."""

    draft: Draft

    @property
    def flat(self) -> dict[str, str]:
        """Return all answers of all screens, as typed."""
        return {
            name: text
            for answers in self.draft.answers.values()
            for name, text in answers.items()
        }

    def form(self, step: str, data: Any = None, files: Any = None) -> StepForm:
        """Return the form of a screen: with what is sent, or what was answered."""
        kept = self.draft.answers.get(step)
        return STEPS[step](data if data is not None else kept, files, earlier=self.flat)

    @cached_property
    def answered(self) -> dict[str, StepForm]:
        """Return the forms of all screens with what was answered, made once."""
        return {step: self.form(step) for step in ORDER}

    def next_step(self) -> str:
        """Return the first screen that lacks an answer, or the review."""
        return next((step for step in ORDER if step not in self.draft.answers), REVIEW)

    def first_wrong(self) -> str | None:
        """Return the first screen whose answers do not hold, if any."""
        return next((s for s in ORDER if not self.holds(s)), None)

    def holds(self, step: str) -> bool:
        """Say whether a screen was answered, and well."""
        return step in self.draft.answers and self.answered[step].is_valid()

    def fitting(self, step: str) -> str:
        """Return the screen asked for, or the one to be answered before it."""
        if step == REVIEW:
            return self.first_wrong() or REVIEW
        return min(step, self.next_step(), key=(*ORDER, REVIEW).index)

    def told(self) -> Told:
        """Return the report; call it only when nothing is wrong."""
        clean: dict[str, Any] = {}
        for form in self.answered.values():
            form.is_valid()
            clean |= form.cleaned_data
        known_rt = clean["rt"] != forms.UNKNOWN_RT
        photo = self.draft.answers[PHOTO].get("photo_id")
        return Told(
            form_id=self.draft.form_id,
            for_self=clean["for_self"] == "yes",
            nik=clean["nik"],
            kk=clean["kk"],
            born_on=clean["born_on"],
            phone=clean["phone"],
            region_code=clean["rt"] if known_rt else clean["village"],
            reason=Reason(clean["reason"]),
            story=clean["story"],
            photo_id=uuid.UUID(photo) if photo else None,
        )


def before(step: str) -> str | None:
    """Return the screen before one; the first has none."""
    if step == REVIEW:
        return ORDER[-1]
    at = ORDER.index(step)
    return ORDER[at - 1] if at else None


def typed(step: str, data: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed on a screen, as it came, for the next time it is shown."""
    names = STEPS[step].base_fields
    return {
        key: str(data[key])[:LONGEST_ANSWER]
        for key in data
        if key in names or key.rpartition("_")[0] in names
    }


def too_long(answers: Mapping[str, str]) -> bool:
    """Say whether an answer is longer than a draft keeps."""
    return any(len(text) >= LONGEST_ANSWER for text in answers.values())


def settle(draft: Draft, step: str, answers: dict[str, str]) -> dict[str, Any]:
    """Return all answers with a screen's new ones, without those they unsettle."""
    kept = dict(draft.answers)
    if kept.get(step) != answers:
        for later in UNSETTLES.get(step, ()):
            kept.pop(later, None)
    kept[step] = answers
    return kept
