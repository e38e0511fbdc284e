"""Tell a grievance in three steps: what about, what happened, is it right."""

import uuid
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from smartkampung.aid.grievances.actions.telling import tell
from smartkampung.aid.grievances.rules import WORKING_DAYS, Kind
from smartkampung.aid.grievances.words import HINTS, KINDS
from smartkampung.intake.draft import BrokenDraft, Draft, open_draft, seal_draft
from smartkampung.intake.rules import Limit
from smartkampung.kernel.address import who_asks
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.web.aid_grievances.forms import FORMS, GrievanceForm, fresh_form
from smartkampung.web.core.language import changed_in_a_form, spoken
from smartkampung.web.limits import limited
from smartkampung.web.pages import public_page

FORM = "aid.grievance"
STEPS = 3
OPENED = Limit("grievance.opened", 240, timedelta(minutes=10))
OPENED_BY_ALL = Limit("grievance.opened_by_all", 12_000, timedelta(minutes=1))
SENT = Limit("grievance.sent", 40, timedelta(minutes=10))
SENT_BY_ALL = Limit("grievance.sent_by_all", 1_200, timedelta(minutes=1))
# What a link from a posted list may fill in.
GIVEN = ("village", "programme", "listing", "entry")


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page()
def choose(request: HttpRequest) -> HttpResponse:
    """Ask what it is about."""
    kinds = [
        {"kind": kind.value, "title": words, "hint": HINTS[kind]}
        for kind, words in KINDS.items()
    ]
    context = {"kinds": kinds, **_step(1)}
    return render(request, "aid_grievances/choose.html", context)


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page("GET", "HEAD", "POST")
def fill(request: HttpRequest, kind: str) -> HttpResponse:
    """Ask what happened; what holds is shown once more before it is sent."""
    chosen = _kind(kind)
    if request.method != "POST":
        given = {name: request.GET[name] for name in GIVEN if name in request.GET}
        return _form(request, chosen, fresh_form(chosen, given))
    if language := changed_in_a_form(request):
        return spoken(_in_another_language(request, chosen), language)
    if "form" in request.POST:
        return _again(request, chosen)
    form = FORMS[chosen](request.POST)
    if not form.is_valid():
        return _form(request, chosen, form, status=422)
    return _review(request, chosen, form)


@limited(address=SENT, everybody=SENT_BY_ALL)
@never_cache
@public_page("POST")
def send(request: HttpRequest, kind: str) -> HttpResponse:
    """Take the grievance in, and lead to its page."""
    chosen = _kind(kind)
    form = _kept(request, chosen)
    if form is None:
        return _too_late(request, chosen)
    if not form.is_valid():
        return _form(request, chosen, form, status=422)
    try:
        code = tell(told=form.told(), sender=who_asks(request), at=now())
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _form(request, chosen, form, status=409)
    return redirect("grievance:follow", code)


def _kind(name: str) -> Kind:
    try:
        return Kind(name)
    except ValueError:
        raise Http404 from None


def _kept(request: HttpRequest, kind: Kind) -> GrievanceForm | None:
    """Return the form with the answers that the page carried, sealed."""
    try:
        draft = open_draft(request.POST.get("form", ""), form=FORM, at=now())
    except BrokenDraft:
        return None
    return FORMS[kind](draft.answers)


def _again(request: HttpRequest, kind: Kind) -> HttpResponse:
    form = _kept(request, kind)
    return _form(request, kind, form) if form else _too_late(request, kind)


def _in_another_language(request: HttpRequest, kind: Kind) -> HttpResponse:
    """Show the same step again with everything that was typed, right or wrong."""
    if "form" not in request.POST:
        typed = FORMS[kind](initial=request.POST.dict())
        return _form(request, kind, typed)
    kept = _kept(request, kind)
    if kept is None:
        return _too_late(request, kind)
    if not kept.is_valid():
        return _form(request, kind, kept, status=422)
    return _review(request, kind, kept)


def _too_late(request: HttpRequest, kind: Kind) -> HttpResponse:
    messages.info(
        request,
        _("This form was open too long, so for your safety we closed it."),
    )
    return redirect("grievance:fill", kind.value)


def _form(
    request: HttpRequest, kind: Kind, form: GrievanceForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "kind": kind.value,
        "title": KINDS[kind],
        "hint": HINTS[kind],
        "form": form,
        **_step(2),
    }
    return render(request, "aid_grievances/fill.html", context, status=status)


def _review(request: HttpRequest, kind: Kind, form: GrievanceForm) -> HttpResponse:
    answers = {name: form.data.get(name, "") for name in form.fields}
    draft = Draft(uuid.UUID(str(form.cleaned_data["form_id"])), now(), answers)
    context = {
        "kind": kind.value,
        "title": KINDS[kind],
        "rows": _rows(form),
        "token": seal_draft(draft, form=FORM),
        "days": WORKING_DAYS[kind],
        **_step(3),
    }
    return render(request, "aid_grievances/review.html", context)


def _rows(form: GrievanceForm) -> list[dict[str, Any]]:
    rows = []
    for name, field in form.fields.items():
        value = form.cleaned_data[name]
        if name == "form_id" or value in ("", None):
            continue
        rows.append({"name": field.label, "value": _words(field, value)})
    return rows


def _words(field: Any, value: Any) -> Any:
    """Return what was chosen in words; villages stand in groups."""
    for key, words in getattr(field, "choices", ()):
        group = words if isinstance(words, list) else [(key, words)]
        for one, text in group:
            if one == value:
                return text
    return value


def _step(at: int) -> dict[str, Any]:
    marks = [number <= at for number in range(1, STEPS + 1)]
    return {"at": at, "of": STEPS, "marks": marks}
