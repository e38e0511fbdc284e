"""What each screen of a letter asks, and says beside its question."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from smartkampung.intake.actions.photos import keep_photo
from smartkampung.intake.draft import BrokenDraft, Draft, new_draft
from smartkampung.kernel.clock import day, now
from smartkampung.kernel.errors import Refused
from smartkampung.letters.catalogue.queries import wording_for
from smartkampung.letters.requests.actions.refusals import TooManyLetters
from smartkampung.letters.requests.queries.household import Household
from smartkampung.web.carried import Carrier
from smartkampung.web.letters_ask.parts import PaperPart, WhoPart
from smartkampung.web.letters_ask.sheet import Sheet
from smartkampung.web.letters_ask.wizard import FORM, START, Asking
from smartkampung.web.limits import who_asks
from smartkampung.web.moves import Moves
from smartkampung.web.report.forms import PROBLEM, StepForm
from smartkampung.web.steps import REVIEW

REVIEWED = _("Is everything right?")
AGAIN = _(
    "This form was open too long, so for your safety we closed it. Please begin again."
)
CHOOSE = "letters_ask:choose"
CARRIER = Carrier(form=FORM, start="letters_ask:form", cookie="letter")


def sheet_of(kind: str, household: Household, at: datetime) -> Sheet | None:
    """Return the questions of a letter; None where the village does not write it."""
    wording = wording_for(kind, household.village, day(at))
    lang = (get_language() or "id")[:2]
    return Sheet(household, wording, lang, day(at)) if wording else None


class Letter(Moves):
    """The moves of one family's letter; a draft of another family is none of theirs."""

    wizard = Asking
    carrier = CARRIER
    urls = pages = "letters_ask"

    def __init__(self, household: Household) -> None:
        self.household = household

    def begin(self, request: HttpRequest, sheet: Sheet, at: datetime) -> HttpResponse:
        """Lead to the first question of a kind of letter."""
        start = {"kind": sheet.kind.code, "person": str(self.household.applicant.pk)}
        draft = new_draft(at).with_answers({START: start}, at=at)
        return self.lead(request, draft, self.filled(draft).order[0])

    def filled(self, draft: Draft) -> Asking:
        """Return the form; raise BrokenDraft for what is not this family's."""
        start: Mapping[str, str] = draft.answers.get(START, {})
        if start.get("person") != str(self.household.applicant.pk):
            raise BrokenDraft
        sheet = sheet_of(start.get("kind", ""), self.household, now())
        if sheet is None or not sheet.fitting:
            raise BrokenDraft
        return Asking(draft, sheet)

    def opened(self, request: HttpRequest, at: datetime) -> Draft:
        """Return the draft that a page sent back, if it is this family's."""
        draft = super().opened(request, at)
        self.filled(draft)
        return draft

    def fetch(
        self, request: HttpRequest, form_id: uuid.UUID, step: str
    ) -> HttpResponse:
        """Show a screen as its form stands, or lead to where one begins."""
        at = now()
        code = self.carrier.code_of_sent(request, form_id, at)
        if code:
            return render(request, "letters_ask/sent.html", {"code": code})
        draft = self.carrier.draft_of(request, form_id, at)
        try:
            wizard = self.filled(draft or new_draft(at))
        except BrokenDraft:
            return self.start_again(request, at)
        fitting = wizard.fitting(step)
        if fitting != step:
            return self.lead(request, wizard.draft, fitting)
        return self.show(request, wizard.draft, step, note=request.GET.get("note", ""))

    def start_again(self, request: HttpRequest, at: datetime) -> HttpResponse:
        """Lead to the choice of letters, and say kindly why."""
        messages.info(request, str(AGAIN))
        return redirect(CHOOSE)

    def is_screen(self, step: str) -> bool:
        """Say whether a letter may have such a screen."""
        return step == REVIEW or step.startswith(("ask-", "paper-")) or step in PLAIN

    def title(self, step: str, wizard: Asking) -> str | Promise:
        return REVIEWED if step == REVIEW else wizard.part(step).title

    def rows(self, wizard: Asking) -> Any:
        clean, about = wizard.clean, wizard.sheet.about
        who = [{"term": WhoPart.term, "value": about, "step": ""}] if about else []
        return who + [
            {"term": part.term, "value": part.said(clean), "step": part.step}
            for part in wizard.sheet.parts
        ]

    def told(self, step: str, wizard: Asking, form: StepForm) -> dict[str, Any]:
        part, sheet = wizard.part(step), wizard.sheet
        first = step == wizard.order[0] and not form.is_bound
        return {
            "letter": sheet.title,
            "lead": first,
            "about": sheet.about if first else "",
            "elsewhere": first and sheet.of_the_dead,
            "themself": first and sheet.themself,
            "ready": [one.words.of(sheet.lang) for one in sheet.ready] if first else [],
            "has_photo": isinstance(part, PaperPart) and bool(wizard.photo(part)),
        }

    def is_judged_anew(self, step: str) -> bool:
        return step.startswith("paper-")

    def go(
        self, request: HttpRequest, draft: Draft, step: str, to: str
    ) -> HttpResponse:
        if step.startswith("paper-"):  # whoever goes back does not send the chosen file
            return self.lead(request, draft, self.filled(draft).fitting(to))
        return super().go(request, draft, step, to)

    def _answers(
        self, request: HttpRequest, wizard: Asking, step: str
    ) -> dict[str, str]:
        part = wizard.part(step)
        if not isinstance(part, PaperPart):
            return wizard.typed(step, request.POST)
        return self._photo(request, wizard, part)

    def _photo(
        self, request: HttpRequest, wizard: Asking, part: PaperPart
    ) -> dict[str, str]:
        """Keep the photo that came; what is wrong with it is an answer to show again."""
        name = f"{part.name}_kept"
        kept = {name: wizard.photo(part)}
        file = request.FILES.get(part.name)
        if file is None:
            return kept
        try:
            if not file.size:
                return {**kept, PROBLEM: "empty"}
            upload = keep_photo(
                file=file,
                region_code=self.household.village,
                at=now(),
                sender=who_asks(request),
            )
        except Refused as refusal:
            return {**kept, PROBLEM: refusal.code}
        return {name: upload.id.hex}

    def refused(
        self, request: HttpRequest, draft: Draft, refusal: Refused, at: datetime
    ) -> HttpResponse:
        status = 429 if isinstance(refusal, TooManyLetters) else 409
        return self.show(
            request, draft, REVIEW, notice=str(refusal.message), status=status
        )


PLAIN = ("who", "purpose", "language")
