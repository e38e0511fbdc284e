"""The screens of the report form, in order; answers travel sealed in the page."""

import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from smartkampung.aid.rules.report import Reason, Told
from smartkampung.web.report import forms
from smartkampung.web.report.forms import StepForm
from smartkampung.web.steps import Steps

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


class Wizard(Steps):
    """The form as far as it is filled in."""

    screens = STEPS
    unsettles: ClassVar = {"kecamatan": ("village", "rt"), "village": ("rt",)}
    longest = 1100

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


def too_long(answers: Mapping[str, str]) -> bool:
    """Say whether an answer is longer than a draft keeps."""
    return any(len(text) >= Wizard.longest for text in answers.values())
