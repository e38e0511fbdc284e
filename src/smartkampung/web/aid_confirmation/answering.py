"""The public page on which a family says whether it got its aid."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from smartkampung.aid.confirmation import rules
from smartkampung.aid.confirmation.actions import answer_confirmation
from smartkampung.aid.confirmation.queries import by_code
from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.web.aid_confirmation.forms import AnswerForm, SlipCodeForm
from smartkampung.web.aid_staff import present
from smartkampung.web.code_door import Door, at_the_door
from smartkampung.web.limits import limited
from smartkampung.web.pages import public_page

OPENED = Limit("confirmation.opened", 120, timedelta(minutes=10))
OPENED_BY_ALL = Limit("confirmation.opened_by_all", 12_000, timedelta(minutes=1))
DOOR = Door(
    title=gettext_lazy("Did your aid arrive?"),
    form=SlipCodeForm,
    opens=by_code,
    leads_to="confirmation:answer",
)


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page("GET", "HEAD", "POST")
def door(request: HttpRequest) -> HttpResponse:
    """Ask for the code of a slip; one that opens something leads there."""
    return at_the_door(request, DOOR)


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page("GET", "HEAD", "POST")
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Show what was written down, and take the answer."""
    row = by_code(code)
    if row is None:
        raise Http404
    offered = rules.answers(quantity=row.quantity)
    if request.method != "POST":
        given = {"answer": row.answer, "words": row.words}
        return _page(request, code, row, AnswerForm(offered=offered, initial=given))
    form = AnswerForm(request.POST, offered=offered)
    if not form.is_valid():
        return _page(request, code, row, form, status=422)
    try:
        answer_confirmation(
            confirmation=row,
            answer=rules.Answer(form.cleaned_data["answer"]),
            words=form.cleaned_data["words"],
            at=now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, code, row, form, status=409)
    messages.success(request, _("Thank you. Your answer is written down."), "ok")
    return redirect("confirmation:answer", code)


def _page(
    request: HttpRequest, code: str, row: Any, form: AnswerForm, *, status: int = 200
) -> HttpResponse:
    first = row.first_answered_at
    context = {
        "code": code,
        "row": row,
        "amount": present.amount(row.quantity, row.commodity),
        "open": rules.may_answer(
            expires_at=row.expires_at, first_answered_at=first, at=now()
        ),
        "until": first + rules.CHANGE_WITHIN if first else row.expires_at,
        "disputed": row.answer in rules.DISPUTES,
        "form": form,
    }
    return render(request, "aid_confirmation/answer.html", context, status=status)
