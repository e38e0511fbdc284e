"""The decision, opened by a code to the family's phone; and the way to object."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from smartkampung.aid.actions.objection import file_objection
from smartkampung.aid.actions.outcome import TooManyCodes, ask_for_code, code_opens
from smartkampung.aid.queries.letters import own_letter
from smartkampung.aid.queries.outcome import outcome_of, report_followed
from smartkampung.aid.rules.report import Step
from smartkampung.aid.words import REASONS
from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.web.aid_rules.letters import decision_letter
from smartkampung.web.aid_staff.blocks import reasons
from smartkampung.web.limits import limited
from smartkampung.web.pages import public_page
from smartkampung.web.tracking import proof
from smartkampung.web.tracking.followed import Followed, followed_or_404
from smartkampung.web.tracking.forms import ObjectionForm, PhoneCodeForm
from smartkampung.web.tracking.timeline import shown

TRIED = Limit("tracking.tried", 60, timedelta(minutes=10))


@limited(address=TRIED)
@never_cache
@public_page("GET", "HEAD", "POST")
def outcome(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the code from the family's phone; with it, show the decision."""
    case = followed_or_404(code)
    if request.method == "POST":
        return _check_code(request, code, case)
    if Step.DECIDED not in case.reached or not proof.given(request, case.code_hash):
        return _door(request, code, case, PhoneCodeForm())
    return _decision(request, code, case, ObjectionForm())


@limited(address=TRIED)
@never_cache
@public_page("POST")
def send_code(request: HttpRequest, code: str) -> HttpResponse:
    """Send a code to the phone on record; the same answer whether there is one."""
    case = followed_or_404(code)
    report = report_followed(case.code_hash)
    if report is None or Step.DECIDED not in case.reached:
        raise Http404
    try:
        ask_for_code(report=report, at=now())
    except TooManyCodes as refusal:
        form = PhoneCodeForm()
        return _door(request, code, case, form, refusal=refusal, status=429)
    messages.info(
        request,
        _(
            "If the village has a phone on record for the family, a code is on its way. "
            "It is valid for 10 minutes."
        ),
    )
    return redirect("tracking:outcome", code)


@limited(address=TRIED)
@never_cache
@public_page("POST")
def object_(request: HttpRequest, code: str) -> HttpResponse:
    """File an objection to a refusal, for the family that proved itself."""
    case = followed_or_404(code)
    report = report_followed(case.code_hash)
    if report is None or report.claim is None:
        raise Http404
    if not proof.given(request, case.code_hash):
        return redirect("tracking:outcome", code)
    form = ObjectionForm(request.POST)
    if not form.is_valid():
        return _decision(request, code, case, form, status=422)
    try:
        file_objection(
            claim=report.claim, text=form.cleaned_data["text"], by="public", at=now()
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _decision(request, code, case, form, status=409)
    messages.success(request, _("Your objection was filed. Somebody else looks again."))
    return redirect("tracking:outcome", code)


@limited(address=TRIED)
@never_cache
@public_page()
def letter(request: HttpRequest, code: str) -> HttpResponse:
    """Return the letter about the decision to the family that proved itself."""
    case = followed_or_404(code)
    report = report_followed(case.code_hash)
    if not proof.given(request, case.code_hash):
        return redirect("tracking:outcome", code)
    found = own_letter(report.claim) if report and report.claim else None
    if found is None:
        raise Http404
    return decision_letter(request, found, by="")


@public_page("POST")
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Close the decision on this device."""
    response = redirect("tracking:case", code)
    proof.forget(response, code)
    return response


def _check_code(request: HttpRequest, code: str, case: Followed) -> HttpResponse:
    form = PhoneCodeForm(request.POST)
    report = report_followed(case.code_hash)
    if report is None:
        raise Http404
    if form.is_valid():
        if code_opens(report=report, code=form.cleaned_data["digits"], at=now()):
            response = redirect("tracking:outcome", code)
            proof.give(response, code, case.code_hash)
            return response
        form.wrong()
    return _door(request, code, case, form, status=422)


def _door(
    request: HttpRequest,
    code: str,
    case: Followed,
    form: PhoneCodeForm,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "code": code,
        "form": form,
        "decided": Step.DECIDED in case.reached,
        "refusal": refusal.message if refusal else "",
    }
    return render(request, "tracking/door.html", context, status=status)


def _decision(
    request: HttpRequest,
    code: str,
    case: Followed,
    form: ObjectionForm,
    *,
    status: int = 200,
) -> HttpResponse:
    report = report_followed(case.code_hash)
    claim = report.claim if report else None
    found = outcome_of(claim, at=now()) if claim else None
    if found is None:
        raise Http404
    context = {
        "code": code,
        "outcome": found,
        "reasons": reasons(REASONS, found.reasons, found.blocked_by, components=False),
        "ahead": shown(case, found.ahead),
        "late": found.due_on < today(),
        "form": form,
    }
    return render(request, "tracking/outcome.html", context, status=status)
