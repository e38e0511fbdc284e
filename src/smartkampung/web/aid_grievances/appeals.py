"""Object to a refusal with the number and the code on its letter, and follow that."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from smartkampung.aid.actions.appeal import object_by_letter
from smartkampung.aid.queries.appeals import objection_to, refusal_by_code
from smartkampung.aid.rules.claims import OBJECT_WITHIN
from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.web.aid_grievances.letters import objection_letter
from smartkampung.web.core.language import changed_in_a_form, spoken
from smartkampung.web.limits import limited
from smartkampung.web.pages import public_page
from smartkampung.web.tracking.forms import CodeForm, ObjectionForm

TRIED = Limit("appeal.tried", 60, timedelta(minutes=10))
TRIED_BY_ALL = Limit("appeal.tried_by_all", 3_000, timedelta(minutes=1))
MOST = 9_999_999_999


class LetterForm(CodeForm):
    """Number and code, as they stand on the letter."""

    code_label = gettext_lazy("Code on the letter")
    code_missing = gettext_lazy("Type the code from the letter.")

    number = forms.IntegerField(
        label=gettext_lazy("Number of the letter"),
        min_value=1,
        max_value=MOST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        error_messages={
            "required": gettext_lazy("Type the number at the top of the letter."),
            "invalid": gettext_lazy("Type the number at the top of the letter."),
        },
    )
    field_order = ("number", "code")

    def unknown(self) -> None:
        """Say that number and code open nothing."""
        self.add_error(
            "code",
            _(
                "We know no refusal with this number and code. Compare each letter, or"
                " ask at the village office."
            ),
        )


@limited(address=TRIED, everybody=TRIED_BY_ALL)
@never_cache
@public_page("GET", "HEAD", "POST")
def door(request: HttpRequest) -> HttpResponse:
    """Ask for number and code."""
    form = LetterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number, code = form.cleaned_data["number"], form.cleaned_data["code"]
        if refusal_by_code(number=number, typed=code) is not None:
            return redirect("appeal:appeal", number, code)
        form.unknown()
    status = 422 if form.is_bound else 200
    return render(request, "aid_grievances/door.html", {"form": form}, status=status)


@limited(address=TRIED, everybody=TRIED_BY_ALL)
@never_cache
@public_page("GET", "HEAD", "POST")
def appeal(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """Show where the objection stands, or take it; never what the letter says."""
    refusal = _refusal(number, code)
    if request.method != "POST":
        return _page(request, refusal, code, ObjectionForm())
    if language := changed_in_a_form(request):
        typed = ObjectionForm(initial=request.POST.dict())
        return spoken(_page(request, refusal, code, typed), language)
    form = ObjectionForm(request.POST)
    if not form.is_valid():
        return _page(request, refusal, code, form, status=422)
    try:
        object_by_letter(decision=refusal, text=form.cleaned_data["text"], at=now())
    except Refused as refused:
        form.add_error(None, str(refused.message))
        return _page(request, refusal, code, form, status=409)
    messages.success(
        request, _("Your objection was filed. Somebody else looks again."), "ok"
    )
    return redirect("appeal:appeal", number, code)


@limited(address=TRIED, everybody=TRIED_BY_ALL)
@never_cache
@public_page()
def letter(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """Return the letter about the objection to whoever holds the letter of refusal."""
    refusal = _refusal(number, code)
    row = objection_to(refusal)
    if row is None:
        raise Http404
    return objection_letter(request, row, name="", by="")


def _refusal(number: int, code: str) -> Any:
    refusal = refusal_by_code(number=number, typed=code)
    if refusal is None:
        raise Http404
    return refusal


def _page(
    request: HttpRequest, refusal: Any, code: str, form: Any, *, status: int = 200
) -> HttpResponse:
    context = {
        "refusal": refusal,
        "code": code,
        "objection": objection_to(refusal),
        "until": refusal.decided_at + OBJECT_WITHIN,
        "open": now() <= refusal.decided_at + OBJECT_WITHIN,
        "form": form,
    }
    return render(request, "aid_grievances/appeal.html", context, status=status)
