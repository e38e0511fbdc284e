"""What each move in the report form shows."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
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
from smartkampung.web.report.forms import StepForm
from smartkampung.web.report.review import review_rows
from smartkampung.web.report.wizard import (
    FORM,
    ORDER,
    PHOTO,
    REVIEW,
    Wizard,
    before,
    settle,
    typed,
)

TITLES: dict[str, Promise] = {
    "who": _("Who is the report for?"),
    "card": _("What is on the KTP and the family card?"),
    "phone": _("Where may we send news?"),
    "kecamatan": _("In which kecamatan does the person live?"),
    "village": _("In which desa or kelurahan?"),
    "rt": _("In which RT?"),
    "reason": _("What happened?"),
    "photo": _("Do you have a photo?"),
    REVIEW: _("Is everything right?"),
}
TOMORROW = (QuotaUsedUp, TooManyForPerson)


def show(
    request: HttpRequest,
    draft: Draft,
    step: str,
    *,
    form: StepForm | None = None,
    notice: str | Promise = "",
    status: int = 200,
) -> HttpResponse:
    """Show one screen, or the review, with the sealed answers so far."""
    wizard = Wizard(draft)
    at, of = (*ORDER, REVIEW).index(step) + 1, len(ORDER) + 1
    context: dict[str, Any] = {
        "title": TITLES[step],
        "step": step,
        "back": before(step),
        "at": at,
        "of": of,
        "marks": [number <= at for number in range(1, of + 1)],
        "token": seal_draft(draft, form=FORM),
        "notice": notice,
    }
    if step == REVIEW:
        context["rows"] = review_rows(wizard)
        return render(request, "report/review.html", context, status=status)
    context["form"] = form or wizard.form(step)
    context["has_photo"] = bool(wizard.flat.get("photo_id"))
    return render(request, "report/screen.html", context, status=status)


def go(request: HttpRequest, draft: Draft, step: str, to: str) -> HttpResponse:
    """Move to a screen and keep what was typed on this one, right or wrong."""
    if step in ORDER and step != PHOTO:
        answers = typed(step, request.POST)
        if any(answers.values()):
            draft = draft.with_answers(settle(draft, step, answers), at=now())
    if to == REVIEW:
        to = Wizard(draft).first_wrong() or REVIEW
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        return show(request, draft, to)
    # The switch of this page carries the answers; the ordinary one would lose them.
    translation.activate(chosen)
    response = show(request, draft, to)
    remember(response, chosen)
    return response


def take(request: HttpRequest, draft: Draft, step: str, at: datetime) -> HttpResponse:
    """Take the answers of a screen; show it again with what to mend, or the next."""
    wizard = Wizard(draft)
    if step not in ORDER:
        return show(request, draft, wizard.next_step())
    form = wizard.form(step, request.POST, request.FILES)
    if not form.is_valid():
        return show(request, draft, step, form=form, status=422)
    try:
        answers = (
            _photo(form, wizard, at) if step == PHOTO else typed(step, request.POST)
        )
    except Refused as refusal:
        form.add_error("photo", str(refusal.message))
        return show(request, draft, step, form=form, status=422)
    notice = _("This form lay open for a long time. Your answers are still here.")
    stale = draft.is_stale(at)
    draft = draft.with_answers(settle(draft, step, answers), at=at)
    return show(
        request, draft, Wizard(draft).next_step(), notice=notice if stale else ""
    )


def _photo(form: StepForm, wizard: Wizard, at: datetime) -> dict[str, str]:
    file = form.cleaned_data["photo"]
    if file is None:
        kept = wizard.flat.get("photo_id", "")
        return {"photo_id": kept}
    upload = keep_photo(file=file, region_code=wizard.flat.get("village", ""), at=at)
    return {"photo_id": upload.id.hex}


def start_again(request: HttpRequest, at: datetime) -> HttpResponse:
    """Show a fresh first screen, and say kindly why."""
    notice = _(
        "This form was open too long, so for your safety we closed it. Please begin "
        "again; it takes about three minutes."
    )
    return show(request, new_draft(at), ORDER[0], notice=notice, status=422)


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
