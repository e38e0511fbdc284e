"""The screens of a registration, in an order that follows from the answers."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from smartkampung.intake.draft import Draft
from smartkampung.recovery.affected.rules.registration import Kind, Told, Wish
from smartkampung.web.affected import forms
from smartkampung.web.affected.forms import StepForm
from smartkampung.web.report.forms import UNKNOWN_RT

FORM = "affected.registration"
STEPS: dict[str, type[StepForm]] = {
    "kind": forms.KindForm,
    "sector": forms.SectorForm,
    "sales": forms.SalesForm,
    "employer": forms.EmployerForm,
    "when": forms.WhenForm,
    "income": forms.IncomeForm,
    "burden": forms.BurdenForm,
    "wishes": forms.WishForm,
    "card": forms.CardForm,
    "kecamatan": forms.KecamatanForm,
    "village": forms.VillageForm,
    "rt": forms.RtForm,
    "phone": forms.PhoneForm,
    "photo": forms.PhotoForm,
}
ORDER = tuple(STEPS)
PHOTO, REVIEW, SALES = "photo", "review", "sales"
# Where an answer changes, the answers to these no longer fit.
UNSETTLES = {"kecamatan": ("village", "rt"), "village": ("rt",)}
LONGEST_ANSWER = 320


@dataclass(frozen=True)
class Wizard:
    """A registration as far as it is filled in."""

    draft: Draft

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
        sells_less = self.flat.get("kind") == Kind.SALES_DOWN
        return tuple(step for step in ORDER if step != SALES or sells_less)

    def form(self, step: str, data: Any = None, files: Any = None) -> StepForm:
        """Return the form of a screen: with what is sent, or what was answered."""
        kept = self.draft.answers.get(step)
        return STEPS[step](data if data is not None else kept, files, earlier=self.flat)

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

    def told(self) -> Told:
        """Return the registration; call it only when nothing is wrong."""
        clean: dict[str, Any] = {}
        for form in self.answered.values():
            form.is_valid()
            clean |= form.cleaned_data
        photo = self.draft.answers[PHOTO].get("photo_id")
        return told_of(
            clean,
            form_id=self.draft.form_id,
            place=clean["village"] if clean["rt"] == UNKNOWN_RT else clean["rt"],
            photo_id=uuid.UUID(photo) if photo else None,
        )


def told_of(
    clean: Mapping[str, Any],
    *,
    form_id: uuid.UUID,
    place: str,
    photo_id: uuid.UUID | None,
) -> Told:
    """Return what was told, from answers that were read."""
    kind = Kind(clean["kind"])
    wishes = tuple(wish for wish in Wish if clean[forms.wish_name(wish)])
    share = clean.get("sales_down_percent") if kind == Kind.SALES_DOWN else None
    return Told(
        form_id=form_id,
        nik=clean["nik"],
        name=clean["name"],
        born_on=clean["born_on"],
        phone=clean["phone"],
        region_code=place,
        kind=kind,
        sector=clean["sector"],
        employer=clean["employer"],
        employer_phone=clean["employer_phone"],
        happened_on=clean["happened_on"],
        income_before=clean["income_before"],
        income_after=clean["income_after"],
        sales_down_percent=share,
        dependants=clean["dependants"],
        debts=clean["debts"],
        skills=clean["skills"],
        wishes=wishes,
        photo_id=photo_id,
    )


def typed(form: StepForm, data: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed on a screen, as it came, for the next time it is shown."""
    names = form.fields
    return {
        key: str(data[key])[:LONGEST_ANSWER]
        for key in data
        if key in names or key.rpartition("_")[0] in names
    }


def settle(draft: Draft, step: str, answers: dict[str, str]) -> dict[str, Any]:
    """Return all answers with a screen's new ones, without those they unsettle."""
    kept = dict(draft.answers)
    if kept.get(step) != answers:
        for later in UNSETTLES.get(step, ()):
            kept.pop(later, None)
    kept[step] = answers
    return kept
