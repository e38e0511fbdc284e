"""The screens of a registration, in an order that follows from the answers."""

import uuid
from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar

from smartkampung.recovery.affected.rules.registration import Kind, Told, Wish
from smartkampung.web.affected import forms
from smartkampung.web.affected.forms import StepForm
from smartkampung.web.report.forms import UNKNOWN_RT
from smartkampung.web.steps import Steps

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
PHOTO, SALES = "photo", "sales"


class Wizard(Steps):
    """A registration as far as it is filled in."""

    screens = STEPS
    unsettles: ClassVar = {"kecamatan": ("village", "rt"), "village": ("rt",)}
    longest = 320

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Return the screens that these answers lead through."""
        sells_less = self.flat.get("kind") == Kind.SALES_DOWN
        return tuple(step for step in ORDER if step != SALES or sells_less)

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
