"""What each move in a booking shows."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from smartkampung.intake.draft import Draft, new_draft, seal_draft
from smartkampung.isolation.actions.looking import NoRoom
from smartkampung.isolation.booking.words import OBSTACLES
from smartkampung.isolation.rules.assessment import obstacles
from smartkampung.kernel.clock import now
from smartkampung.web.carried import Carrier
from smartkampung.web.core.language import remember
from smartkampung.web.isolation_booking import guests, home
from smartkampung.web.isolation_booking.review import review_rows
from smartkampung.web.isolation_booking.wizard import (
    FORM,
    ORDER,
    Wizard,
)
from smartkampung.web.report.forms import StepForm
from smartkampung.web.steps import REVIEW

CARRIER = Carrier(form=FORM, start="booking:form", cookie="booking")
TITLES: dict[str, Promise] = {
    "when": _("When do you arrive?"),
    "province": _("From which province do you come?"),
    "origin": _("From which regency or city?"),
    "entry": _("How do you come in?"),
    "kecamatan": _("To which kecamatan do you come home?"),
    "village": _("To which desa or kelurahan?"),
    "rt": _("To which RT?"),
    "people": _("How many people come together?"),
    "needs": _("What must the place have?"),
    "home": _("What is it like at home?"),
    "setting": _("Where do you want to isolate?"),
    "address": _("Where is the home?"),
    "house": _("Which house?"),
    "phone": _("Where may we send news?"),
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


def is_screen(step: str) -> bool:
    """Say whether a booking has such a screen."""
    return step == REVIEW or step in ORDER


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
    screens = (*wizard.order, REVIEW)
    at, of = screens.index(step) + 1, len(screens)
    context: dict[str, Any] = {
        "title": _title(step),
        "step": step,
        "back": wizard.before(step),
        "at": at,
        "of": of,
        "marks": [number <= at for number in range(1, of + 1)],
        "token": seal_draft(draft, form=FORM),
        "form_url": reverse("booking:form"),
        "send_url": reverse("booking:send"),
        "notice": notice or NOTES.get(note, ""),
    }
    if step == REVIEW:
        context["rows"] = review_rows(wizard)
        template = "isolation_booking/review.html"
        return render(request, template, context, status=status)
    form = form or wizard.form(step)
    context["form"] = form = form.unjudged() if note == UNJUDGED else form
    context |= _told(step, wizard, form)
    status = 422 if form.errors and status == 200 else status
    return render(request, "isolation_booking/screen.html", context, status=status)


def full(request: HttpRequest, draft: Draft, refusal: NoRoom) -> HttpResponse:
    """Say that a house filled up meanwhile, with the others that the refusal names."""
    form = Wizard(draft).form("house")
    assert isinstance(form, home.HouseForm)
    form.offer(
        refusal.alternatives, full=draft.answers.get("house", {}).get("house", "")
    )
    return show(request, draft, "house", form=form, notice=refusal.message, status=409)


def _told(step: str, wizard: Wizard, form: StepForm) -> dict[str, Any]:
    """Return what a screen says beside its question."""
    if not isinstance(form, home.HouseForm):
        return {}
    against = obstacles(home.home_of(wizard.flat))
    return {
        "full": not form.offers,
        "as_of": now(),
        "obstacles": [OBSTACLES[obstacle] for obstacle in against],
    }


def _title(step: str) -> str | Promise:
    if step.startswith(guests.STEP):
        number = step.removeprefix(guests.STEP)
        return _now("Who is person %(number)s?") % {"number": number}
    return TITLES[step]


def lead(
    request: HttpRequest, draft: Draft, step: str, *, note: str = ""
) -> HttpResponse:
    """Send the browser on to fetch a screen, so that Back finds that screen again."""
    where = reverse("booking:screen", args=[draft.form_id, step])
    response = redirect(f"{where}?note={note}" if note else where)
    if CARRIER.keep(response, draft):
        return response
    # A large family does not fit into a cookie: better no Back than no answers.
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
    draft = wizard.settled(step, wizard.typed(step, request.POST), at=at)
    after = Wizard(draft)
    to = after.next_step() if after.holds(step) else step
    return lead(request, draft, to, note=note)


def _kept(request: HttpRequest, draft: Draft, step: str) -> Draft:
    wizard = Wizard(draft)
    if step not in wizard.order:
        return draft
    answers = wizard.typed(step, request.POST)
    return wizard.settled(step, answers, at=now()) if any(answers.values()) else draft


def start_again(request: HttpRequest, at: datetime) -> HttpResponse:
    """Lead to a fresh first screen that says kindly why."""
    return lead(request, new_draft(at), ORDER[0], note="again")
