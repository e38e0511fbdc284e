"""What each move in a form of one question a screen shows.

Every screen is fetched, so that the browser's Back finds it again; what was typed on it,
right or wrong, travels on in a sealed draft (``carried``).
"""

import uuid
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.intake.actions.photos import keep_photo
from smartkampung.intake.draft import (
    BrokenDraft,
    Draft,
    new_draft,
    open_draft,
    seal_draft,
)
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.web.carried import Carrier
from smartkampung.web.core.language import remember
from smartkampung.web.limits import who_asks
from smartkampung.web.report.forms import PROBLEM, StepForm
from smartkampung.web.steps import REVIEW, Steps

NOTES: dict[str, Promise] = {
    "kept": _("This form lay open for a long time. Your answers are still here."),
    "again": _(
        "This form was open too long, so for your safety we closed it. Please begin "
        "again."
    ),
}
# A note for a screen in another language: it is shown, not judged.
UNJUDGED = "unjudged"


class Moves(ABC):
    """The moves of one form, whose pages are ``<urls>:form``, ``:screen`` and ``:send``.

    Its templates lie in the folder ``pages``; the screen ``photo``, if it has one, takes
    a file, which a browser sends only once.
    """

    wizard: ClassVar[type[Steps]]
    carrier: ClassVar[Carrier]
    urls: ClassVar[str]
    pages: ClassVar[str]
    photo: ClassVar[str] = ""
    notes: ClassVar[Mapping[str, Promise]] = NOTES

    @abstractmethod
    def title(self, step: str, wizard: Any) -> str | Promise:
        """Return the question of a screen."""

    @abstractmethod
    def rows(self, wizard: Any) -> Any:
        """Return the rows of the review."""

    def told(self, step: str, wizard: Any, form: StepForm) -> dict[str, Any]:
        """Return what a screen says beside its question."""
        return {}

    def filled(self, draft: Draft) -> Any:
        """Return the form as far as a draft fills it in."""
        return self.wizard(draft)

    def is_screen(self, step: str) -> bool:
        """Say whether the form has such a screen."""
        return step == REVIEW or step in self.wizard.screens

    def receive(self, request: HttpRequest) -> HttpResponse:
        """Begin a form, or take one screen's answers; either leads to a screen."""
        at = now()
        if request.method != "POST":
            return self.lead(request, new_draft(at), self._first)
        try:
            draft = self.opened(request, at)
        except BrokenDraft:
            return self.start_again(request, at)
        step, to = request.POST.get("step", ""), request.POST.get("to", "")
        language = request.POST.get("language", "")
        if language in dict(settings.LANGUAGES):
            return self.speak(request, draft, step, language)
        if self.is_screen(to):
            return self.go(request, draft, step, to)
        return self.take(request, draft, step, at)

    def send(
        self,
        request: HttpRequest,
        write: Callable[[Any, datetime], str],
        *,
        leads_to: str,
    ) -> HttpResponse:
        """Write what was reviewed, and lead to what its code opens.

        ``write`` takes the form as it is filled in, and the moment; it returns the code
        or raises Refused. A form sent twice is the business of ``write``.
        """
        at = now()
        try:
            draft = self.opened(request, at)
        except BrokenDraft:
            return self.start_again(request, at)
        wizard = self.filled(draft)
        try:
            wrong = self.wrong(wizard)
            if wrong is not None:
                return self.lead(request, draft, wrong)
            code = write(wizard, at)
        except Refused as refusal:
            return self.refused(request, draft, refusal, at)
        response = redirect(leads_to, code)
        self.carrier.close(response, draft, code, at)
        return response

    def wrong(self, wizard: Any) -> str | None:
        """Return the first screen that must be mended before the form is sent."""
        step: str | None = wizard.first_wrong()
        return step

    def refused(
        self, request: HttpRequest, draft: Draft, refusal: Refused, at: datetime
    ) -> HttpResponse:
        """Say on the review why it was not taken; the answers stay on the page."""
        return self.show(request, draft, REVIEW, notice=refusal.message, status=409)

    def opened(self, request: HttpRequest, at: datetime) -> Draft:
        """Return the draft that a page sent back; raise BrokenDraft where it is none."""
        return open_draft(request.POST.get("form", ""), form=self.carrier.form, at=at)

    def fetch(
        self, request: HttpRequest, form_id: uuid.UUID, step: str
    ) -> HttpResponse:
        """Show a screen as its form stands: the next one, or what Back returns to."""
        at = now()
        if not self.is_screen(step):
            raise Http404
        code = self.carrier.code_of_sent(request, form_id, at)
        if code:
            return render(request, f"{self.pages}/sent.html", {"code": code})
        draft = self.carrier.draft_of(request, form_id, at)
        if draft is None:
            # No redirect: a browser that takes no cookies would go round for ever.
            return self.show(request, new_draft(at), self._first, note="again")
        fitting = self.filled(draft).fitting(step)
        if fitting != step:
            return self.lead(request, draft, fitting)
        return self.show(request, draft, step, note=request.GET.get("note", ""))

    def show(
        self,
        request: HttpRequest,
        draft: Draft,
        step: str,
        *,
        form: StepForm | None = None,
        notice: str | Promise = "",
        note: str = "",
        status: int = 200,
    ) -> HttpResponse:
        """Show one screen, or the review, with the sealed answers so far.

        A screen whose answers do not hold shows what to mend, with status 422.
        """
        wizard = self.filled(draft)
        context = self._frame(wizard, step) | {
            "notice": notice or self.notes.get(note, "")
        }
        if step == REVIEW:
            context["rows"] = self.rows(wizard)
            return render(request, f"{self.pages}/review.html", context, status=status)
        form = form or wizard.form(step)
        context["form"] = form = form.unjudged() if note == UNJUDGED else form
        context |= self.told(step, wizard, form)
        status = 422 if form.errors and status == 200 else status
        return render(request, f"{self.pages}/screen.html", context, status=status)

    def _frame(self, wizard: Steps, step: str) -> dict[str, Any]:
        screens = (*wizard.order, REVIEW)
        at, of = screens.index(step) + 1, len(screens)
        return {
            "title": self.title(step, wizard),
            "step": step,
            "back": wizard.before(step),
            "at": at,
            "of": of,
            "marks": [number <= at for number in range(1, of + 1)],
            "token": seal_draft(wizard.draft, form=self.carrier.form),
            "form_url": reverse(f"{self.urls}:form"),
            "send_url": reverse(f"{self.urls}:send"),
            "has_photo": bool(wizard.flat.get("photo_id")),
        }

    def lead(
        self, request: HttpRequest, draft: Draft, step: str, *, note: str = ""
    ) -> HttpResponse:
        """Send the browser on to fetch a screen, so that Back finds that screen again."""
        where = reverse(f"{self.urls}:screen", args=[draft.form_id, step])
        response = redirect(f"{where}?note={note}" if note else where)
        if self.carrier.keep(response, draft):
            return response
        # Very long answers do not fit into a cookie: better no Back than no answers.
        return self.show(request, draft, step, note=note)

    def go(
        self, request: HttpRequest, draft: Draft, step: str, to: str
    ) -> HttpResponse:
        """Move to a screen and keep what was typed on this one, right or wrong."""
        draft = self.kept(request, draft, step)
        return self.lead(request, draft, self.filled(draft).fitting(to))

    def speak(
        self, request: HttpRequest, draft: Draft, step: str, language: str
    ) -> HttpResponse:
        """Lead to the same screen in another language, with everything typed on it.

        The switch of these pages carries the answers; the ordinary one would lose them.
        """
        translation.activate(language)
        draft = self.kept(request, draft, step)
        wizard = self.filled(draft)
        known = step in wizard.order
        to = step if known else wizard.fitting(REVIEW)
        note = UNJUDGED if known and not self.is_judged_anew(step) else ""
        response = self.lead(request, draft, to, note=note)
        response["Content-Language"] = language
        remember(response, language)
        return response

    def is_judged_anew(self, step: str) -> bool:
        """Say whether a screen finds faults also when only its language changed."""
        return False

    def take(
        self, request: HttpRequest, draft: Draft, step: str, at: datetime
    ) -> HttpResponse:
        """Take the answers of a screen; lead back to mend them, or to the next."""
        wizard = self.filled(draft)
        if step not in wizard.order:
            return self.lead(request, draft, wizard.next_step())
        note = "kept" if draft.is_stale(at) else ""
        draft = wizard.settled(step, self._answers(request, wizard, step), at=at)
        after = self.filled(draft)
        to = after.next_step() if after.holds(step) else step
        return self.lead(request, draft, to, note=note)

    def start_again(self, request: HttpRequest, at: datetime) -> HttpResponse:
        """Lead to a fresh first screen that says kindly why."""
        return self.lead(request, new_draft(at), self._first, note="again")

    def kept(self, request: HttpRequest, draft: Draft, step: str) -> Draft:
        """Return the draft with what was typed on a screen, if anything was."""
        wizard = self.filled(draft)
        if step not in wizard.order:
            return draft
        typed = any(wizard.typed(step, request.POST).values())
        if not typed and not (step == self.photo and request.FILES):
            return draft
        answers = self._answers(request, wizard, step)
        settled: Draft = wizard.settled(step, answers, at=now())
        return settled

    @property
    def _first(self) -> str:
        return next(iter(self.wizard.screens))

    def _answers(self, request: HttpRequest, wizard: Any, step: str) -> dict[str, str]:
        if step != self.photo:
            return dict(wizard.typed(step, request.POST))
        return _photo(request, wizard.form(step, request.POST, request.FILES), wizard)


def _photo(request: HttpRequest, form: StepForm, wizard: Steps) -> dict[str, str]:
    """Keep the photo that came; what is wrong with it is an answer to show again."""
    kept = {"photo_id": wizard.flat.get("photo_id", "")}
    if not form.is_valid():
        return {**kept, PROBLEM: form.errors.as_data()["photo"][0].code or ""}
    file = form.cleaned_data["photo"]
    if file is None:
        return kept
    village = wizard.flat.get("village", "")
    try:
        upload = keep_photo(
            file=file, region_code=village, at=now(), sender=who_asks(request)
        )
    except Refused as refusal:
        return {**kept, PROBLEM: refusal.code}
    return {"photo_id": upload.id.hex}
