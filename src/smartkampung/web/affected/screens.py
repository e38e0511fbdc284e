"""What each move in a registration shows."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.intake.actions.photos import keep_photo
from smartkampung.intake.draft import Draft, new_draft, seal_draft
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.web.affected.forms import StepForm
from smartkampung.web.affected.review import review_rows
from smartkampung.web.affected.wizard import (
    FORM,
    ORDER,
    PHOTO,
    Wizard,
)
from smartkampung.web.carried import Carrier
from smartkampung.web.core.language import remember
from smartkampung.web.limits import who_asks
from smartkampung.web.report.forms import PROBLEM
from smartkampung.web.steps import REVIEW

CARRIER = Carrier(form=FORM, start="affected:form", cookie="affected")
TITLES: dict[str, Promise] = {
    "kind": _("What happened to your work or business?"),
    "sector": _("In which branch?"),
    "sales": _("How much less do you sell?"),
    "employer": _("Who can say that it is so?"),
    "when": _("When did it happen?"),
    "income": _("What came in before, and what comes in now?"),
    "burden": _("Whom do you look after?"),
    "wishes": _("What can you do, and what would help?"),
    "card": _("Who are you?"),
    "kecamatan": _("In which kecamatan do you live?"),
    "village": _("In which desa or kelurahan?"),
    "rt": _("In which RT?"),
    "phone": _("Where may we send news?"),
    "photo": _("Do you have a photo?"),
    REVIEW: _("Is everything right?"),
}
NOTES: dict[str, Promise] = {
    "kept": _("This form lay open for a long time. Your answers are still here."),
    "again": _(
        "This form was open too long, so for your safety we closed it. Please begin "
        "again."
    ),
}
# A note for a screen in another language: it is shown, not judged.
UNJUDGED = "unjudged"


def show(
    request: HttpRequest,
    draft: Draft,
    step: str,
    *,
    notice: str | Promise = "",
    note: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show one screen, or the review, with the sealed answers so far.

    A screen whose answers do not hold shows what to mend, with status 422.
    """
    wizard = Wizard(draft)
    screens = (*wizard.order, REVIEW)
    at, of = screens.index(step) + 1, len(screens)
    context: dict[str, Any] = {
        "title": TITLES[step],
        "step": step,
        "back": wizard.before(step),
        "at": at,
        "of": of,
        "marks": [number <= at for number in range(1, of + 1)],
        "token": seal_draft(draft, form=FORM),
        "form_url": reverse("affected:form"),
        "send_url": reverse("affected:send"),
        "notice": notice or NOTES.get(note, ""),
        "has_photo": bool(wizard.flat.get("photo_id")),
    }
    if step == REVIEW:
        context["rows"] = review_rows(wizard)
        return render(request, "affected/review.html", context, status=status)
    form = wizard.form(step)
    context["form"] = form = form.unjudged() if note == UNJUDGED else form
    status = 422 if form.errors else status
    return render(request, "affected/screen.html", context, status=status)


def lead(
    request: HttpRequest, draft: Draft, step: str, *, note: str = ""
) -> HttpResponse:
    """Send the browser on to fetch a screen, so that Back finds that screen again."""
    where = reverse("affected:screen", args=[draft.form_id, step])
    response = redirect(f"{where}?note={note}" if note else where)
    if CARRIER.keep(response, draft):
        return response
    # Very long answers do not fit into a cookie: better no Back than no answers.
    return show(request, draft, step, note=note)


def go(request: HttpRequest, draft: Draft, step: str, to: str) -> HttpResponse:
    """Move to a screen and keep what was typed on this one, right or wrong."""
    draft = _kept(request, draft, step)
    return lead(request, draft, Wizard(draft).fitting(to))


def speak(request: HttpRequest, draft: Draft, step: str, language: str) -> HttpResponse:
    """Lead to the same screen in another language, with everything typed on it."""
    translation.activate(language)
    draft = _kept(request, draft, step)
    wizard = Wizard(draft)
    known = step in wizard.order
    to = step if known else wizard.fitting(REVIEW)
    response = lead(request, draft, to, note=UNJUDGED if known else "")
    response["Content-Language"] = language
    remember(response, language)
    return response


def take(request: HttpRequest, draft: Draft, step: str, at: datetime) -> HttpResponse:
    """Take the answers of a screen; lead back to it to mend them, or to the next."""
    wizard = Wizard(draft)
    if step not in wizard.order:
        return lead(request, draft, wizard.next_step())
    note = "kept" if draft.is_stale(at) else ""
    draft = _with(request, draft, step, at)
    after = Wizard(draft)
    to = after.next_step() if after.holds(step) else step
    return lead(request, draft, to, note=note)


def start_again(request: HttpRequest, at: datetime) -> HttpResponse:
    """Lead to a fresh first screen that says kindly why."""
    return lead(request, new_draft(at), ORDER[0], note="again")


def _kept(request: HttpRequest, draft: Draft, step: str) -> Draft:
    """Return the draft with what was typed; a browser sends a chosen file only once."""
    wizard = Wizard(draft)
    if step not in wizard.order:
        return draft
    answers = wizard.typed(step, request.POST)
    if not any(answers.values()) and not (step == PHOTO and request.FILES):
        return draft
    return _with(request, draft, step, now())


def _with(request: HttpRequest, draft: Draft, step: str, at: datetime) -> Draft:
    wizard = Wizard(draft)
    if step != PHOTO:
        return wizard.settled(step, wizard.typed(step, request.POST), at=at)
    form = wizard.form(step, request.POST, request.FILES)
    return wizard.settled(step, _photo(request, form, draft), at=at)


def _photo(request: HttpRequest, form: StepForm, draft: Draft) -> dict[str, str]:
    """Keep the photo that came; what is wrong with it is an answer to show again."""
    flat = Wizard(draft).flat
    kept = {"photo_id": flat.get("photo_id", "")}
    if not form.is_valid():
        return {**kept, PROBLEM: form.errors.as_data()["photo"][0].code or ""}
    file = form.cleaned_data["photo"]
    if file is None:
        return kept
    try:
        upload = keep_photo(
            file=file,
            region_code=flat.get("village", ""),
            at=now(),
            sender=who_asks(request),
        )
    except Refused as refusal:
        return {**kept, PROBLEM: refusal.code}
    return {"photo_id": upload.id.hex}
