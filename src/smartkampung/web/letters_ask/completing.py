"""A letter on one sheet: what a family answers again, and what an officer asks for it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from smartkampung.accounts.actor import Actor
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.letters.catalogue.queries import wording_for
from smartkampung.letters.requests.actions.ending import complete as hand_in
from smartkampung.letters.requests.actions.refusals import PaperMissing, WrongAnswers
from smartkampung.letters.requests.queries.household import Household, LetterRequest
from smartkampung.letters.requests.queries.requests import File
from smartkampung.letters.requests.rules.steps import Did, State
from smartkampung.residents.subject import Subject
from smartkampung.web.aid_staff.photos import photos_of
from smartkampung.web.letters_ask.asked_again import AnswerPart, asked_photo
from smartkampung.web.letters_ask.parts import (
    PaperPart,
    Part,
    PartsForm,
    PurposePart,
)
from smartkampung.web.letters_ask.sheet import Photos, Sheet


class SheetForm(PartsForm):
    """All questions on one page; ``form_id`` is made when the page opens."""

    form_id = forms.UUIDField(widget=forms.HiddenInput)


@dataclass(frozen=True)
class Completion:
    """What is answered on one page."""

    sheet: Sheet
    form: SheetForm
    kept: Mapping[str, str] = field(default_factory=dict)

    def photos(self) -> Photos:
        """Keep the photos that came, by requirement; bad ones become errors."""
        papers = [part for part in self.form.parts if isinstance(part, PaperPart)]
        names = [part.name for part in papers]
        kept = photos_of(self.form, *names, region_code=self.sheet.household.village)
        by_name = {part.name: part.paper.code for part in papers}
        return {by_name[name]: (one,) for name, one in kept.items() if one}

    @property
    def purpose(self) -> str:
        """Return what the letter is for; the form was found good."""
        return str(self.form.cleaned_data["purpose"])

    @property
    def answer(self) -> str:
        """Return what the family writes to the office; the form was found good."""
        return str(self.form.cleaned_data.get("answer", ""))

    @property
    def answers(self) -> dict[str, str]:
        """Return the facts, with those not asked again; the form was found good."""
        clean = self.form.cleaned_data
        told = {part.asked.name: part.fact(clean) for part in self.sheet.questions}
        return {**self.kept, **told}

    def handed_in(
        self, row: LetterRequest, *, by: Actor | Subject, at: datetime
    ) -> tuple[LetterRequest | None, int]:
        """Hand it in; else put what is wrong beside its field, and say by which status."""
        files = self.photos()
        if self.form.errors:
            return None, 422
        try:
            done = hand_in(
                request=row,
                by=by,
                at=at,
                purpose=self.purpose,
                answers=self.answers,
                files=files,
                answer=self.answer,
            )
        except Refused as refusal:
            self.refused(refusal)
            return None, 409
        return done, 200

    def refused(self, refusal: Refused) -> None:
        """Put a refusal beside the fields that it is about."""
        by_field: dict[str | None, str] = {None: str(refusal.message)}
        if isinstance(refusal, WrongAnswers):
            by_field = {_field(name): words for name, words in refusal.fields.items()}
        elif isinstance(refusal, PaperMissing):
            words = str(refusal.message)
            by_field = {f"paper_{code}": words for code in refusal.missing}
        for name, words in by_field.items():
            self.form.add_error(name if name in self.form.fields else None, words)


def _field(name: str) -> str:
    return name if name == "purpose" else f"q_{name}"


def completion_of(
    file: File, household: Household, data: Any, files: Any, *, at: datetime
) -> Completion | None:
    """Return what is asked again of a letter that came back; None if it is not written."""
    row = file.request
    wording = wording_for(row.kind, row.village_code, day(at))
    if wording is None:
        return None
    lang = (get_language() or "id")[:2]
    sheet = Sheet(
        household, wording, lang, day(at), from_afar=False, whole=True, told=file.told
    )
    # What the office asked for in its own words may be no question of the kind.
    wanted: list[Part] = [AnswerPart(), asked_photo(lang)]
    parts = [*wanted, PurposePart(), *sheet.questions, *sheet.papers]
    form = SheetForm(data, files, parts=parts)
    form.initial = {"form_id": uuid.uuid4(), **_before(sheet, file)}
    told = file.told.asked
    return Completion(sheet, form, {name: str(one) for name, one in told.items()})


def _before(sheet: Sheet, file: File) -> Mapping[str, Any]:
    asked = file.told.asked
    return {"purpose": file.told.purpose} | {
        part.name: part.typed(str(asked.get(part.asked.name, "")))
        for part in sheet.questions
    }


def note_of(file: File) -> str:
    """Return what the office wrote last to the family: what is missing, or why not."""
    told = {State.RETURNED: Did.RETURNED, State.REFUSED: Did.REFUSED}
    did = told.get(State(file.request.state))
    notes = [step.note for step in file.history if step.did == did and step.note]
    return str(notes[-1].open()) if notes else ""


def has_it_again(row: Any) -> str:
    """Say who goes on with what was handed in."""
    if row.state == State.CONFIRM:
        return _("Handed in. The head of the RT has it again.")
    return _("Handed in. The village office has it again.")
