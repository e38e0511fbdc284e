"""What each move in the report form shows."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.actions.report import ReportingClosed, TooManyForPerson
from smartkampung.intake.actions.photos import keep_photo
from smartkampung.intake.actions.quota import QuotaUsedUp
from smartkampung.intake.draft import Draft, new_draft, seal_draft
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.web.core.language import remember
from smartkampung.web.limits import who_asks
from smartkampung.web.report import carried
from smartkampung.web.report.forms import PROBLEM, StepForm
from smartkampung.web.report.review import review_rows
from smartkampung.web.report.wizard import (
    FORM,
    ORDER,
    PHOTO,
    Wizard,
    too_long,
)
from smartkampung.web.steps import REVIEW

TITLES: dict[str, Promise] = {
    "who": _("Who is the report for?"),
    "card": _("What is on the KTP and the family card of that person?"),
    "phone": _("Where may we send news?"),
    "kecamatan": _("In which kecamatan does the person live?"),
    "village": _("In which desa or kelurahan?"),
    "rt": _("In which RT?"),
    "reason": _("What happened?"),
    "photo": _("Do you have a photo?"),
    REVIEW: _("Is everything right?"),
}
# Asked of people who report themselves.
OWN_TITLES: dict[str, Promise] = {
    "card": _("What is on your KTP and family card?"),
    "kecamatan": _("In which kecamatan do you live?"),
}
NOTES: dict[str, Promise] = {
    "kept": _("This form lay open for a long time. Your answers are still here."),
    "again": _(
        "This form was open too long, so for your safety we closed it. Please begin "
        "again; it takes about three minutes."
    ),
}
# A note for a screen in another language: it is shown, not judged.
UNJUDGED = "unjudged"
TOMORROW = (QuotaUsedUp, TooManyForPerson)


def show(
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
    wizard = Wizard(draft)
    at, of = (*ORDER, REVIEW).index(step) + 1, len(ORDER) + 1
    context: dict[str, Any] = {
        "title": _title(step, wizard),
        "step": step,
        "back": wizard.before(step),
        "at": at,
        "of": of,
        "marks": [number <= at for number in range(1, of + 1)],
        "token": seal_draft(draft, form=FORM),
        "form_url": reverse("report:form"),
        "send_url": reverse("report:send"),
        "notice": notice or NOTES.get(note, ""),
    }
    if step == REVIEW:
        context["rows"] = review_rows(wizard)
        return render(request, "report/review.html", context, status=status)
    form = form or wizard.form(step)
    context["form"] = form = form.unjudged() if note == UNJUDGED else form
    status = 422 if form.errors else status
    context["has_photo"] = bool(wizard.flat.get("photo_id"))
    return render(request, "report/screen.html", context, status=status)


def _title(step: str, wizard: Wizard) -> Promise:
    own = OWN_TITLES if wizard.flat.get("for_self") == "yes" else {}
    return own.get(step, TITLES[step])


def lead(
    request: HttpRequest, draft: Draft, step: str, *, note: str = ""
) -> HttpResponse:
    """Send the browser on to fetch a screen, so that Back finds that screen again."""
    where = reverse("report:screen", args=[draft.form_id, step])
    response = redirect(f"{where}?note={note}" if note else where)
    if carried.keep(response, draft):
        return response
    # A long story in letters of four bytes: better no Back than no answers.
    return show(request, draft, step, note=note)


def go(request: HttpRequest, draft: Draft, step: str, to: str) -> HttpResponse:
    """Move to a screen and keep what was typed on this one, right or wrong."""
    if step in ORDER and step != PHOTO:
        answers = Wizard(draft).typed(step, request.POST)
        if any(answers.values()):
            draft = _with(draft, step, answers, now())
    return lead(request, draft, Wizard(draft).fitting(to))


def speak(
    request: HttpRequest, draft: Draft, step: str, language: str, at: datetime
) -> HttpResponse:
    """Lead to the same screen in another language, with everything typed on it.

    The switch of these pages carries the answers; the ordinary one would lose them.
    """
    translation.activate(language)
    response = _same_screen(request, draft, step, at)
    response["Content-Language"] = language
    remember(response, language)
    return response


def _same_screen(
    request: HttpRequest, draft: Draft, step: str, at: datetime
) -> HttpResponse:
    if step not in ORDER:
        return lead(request, draft, Wizard(draft).fitting(REVIEW))
    if step == PHOTO:
        # A browser never sends a chosen file twice, so it is kept at once.
        if request.FILES:
            form = Wizard(draft).form(step, request.POST, request.FILES)
            draft = _with(draft, step, _photo(request, form, draft), at)
        return lead(request, draft, step)
    answers = Wizard(draft).typed(step, request.POST)
    if any(answers.values()):
        draft = _with(draft, step, answers, at)
    return lead(request, draft, step, note=UNJUDGED)


def take(request: HttpRequest, draft: Draft, step: str, at: datetime) -> HttpResponse:
    """Take the answers of a screen; lead back to it to mend them, or to the next."""
    wizard = Wizard(draft)
    if step not in ORDER:
        return lead(request, draft, wizard.next_step())
    form = wizard.form(step, request.POST, request.FILES)
    answers = (
        _photo(request, form, draft)
        if step == PHOTO
        else wizard.typed(step, request.POST)
    )
    if too_long(answers):
        return show(request, draft, step, form=form)
    note = "kept" if draft.is_stale(at) else ""
    draft = _with(draft, step, answers, at)
    after = Wizard(draft)
    to = after.next_step() if after.holds(step) else step
    return lead(request, draft, to, note=note)


def _with(draft: Draft, step: str, answers: dict[str, str], at: datetime) -> Draft:
    return Wizard(draft).settled(step, answers, at=at)


def _photo(request: HttpRequest, form: StepForm, draft: Draft) -> dict[str, str]:
    """Keep the photo that came; what is wrong with it is an answer to show again."""
    flat = Wizard(draft).flat
    kept = {"photo_id": flat.get("photo_id", "")}
    if not form.is_valid():
        return {**kept, PROBLEM: form.errors.as_data()["photo"][0].code or ""}
    file = form.cleaned_data["photo"]
    if file is None:
        return kept
    village = flat.get("village", "")
    try:
        upload = keep_photo(
            file=file, region_code=village, at=now(), sender=who_asks(request)
        )
    except Refused as refusal:
        return {**kept, PROBLEM: refusal.code}
    return {"photo_id": upload.id.hex}


def start_again(request: HttpRequest, at: datetime) -> HttpResponse:
    """Lead to a fresh first screen that says kindly why."""
    return lead(request, new_draft(at), ORDER[0], note="again")


def closed(
    request: HttpRequest, opens_at: datetime | None, status: int = 200
) -> HttpResponse:
    """Say when the door opens again, and who helps until then."""
    return render(request, "report/closed.html", {"opens_at": opens_at}, status=status)


def refused(
    request: HttpRequest, draft: Draft, refusal: Refused, at: datetime
) -> HttpResponse:
    """Show why the report was not taken; the answers stay on the page."""
    if isinstance(refusal, ReportingClosed):
        return closed(request, refusal.opens_at, status=409)
    status = 429 if isinstance(refusal, TOMORROW) else 409
    response = show(request, draft, REVIEW, notice=str(refusal.message), status=status)
    if isinstance(refusal, TOMORROW):
        tomorrow = (at + timedelta(days=1)).replace(hour=0, minute=0, second=0)
        response["Retry-After"] = str(int((tomorrow - at).total_seconds()))
    return response
