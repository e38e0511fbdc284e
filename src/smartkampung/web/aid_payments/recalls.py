"""Call sent payments back: ask, fetch the request, read the answer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission as P
from smartkampung.aid.payments.actions.recalls import (
    ask_back,
    read_recall_answer,
    request_file,
)
from smartkampung.aid.payments.queries.batches import payment_batch_for, payment_for
from smartkampung.aid.payments.rules.files import LARGEST
from smartkampung.aid.payments.rules.recalls import Result
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.web.aid_payments.batches import batch_page
from smartkampung.web.aid_payments.forms import RecallAnswerForm, RecallForm
from smartkampung.web.aid_payments.lines import payment_page
from smartkampung.web.pages import StaffRequest, staff_page


@staff_page(P.PAYMENT_SEND, "POST")
def ask(request: StaffRequest, payment_id: int) -> HttpResponse:
    """Ask one payment back."""
    row = payment_for(request.actor, payment_id, P.PAYMENT_SEND)
    form = RecallForm(request.POST)
    if not form.is_valid():
        return payment_page(
            request, payment_id, P.PAYMENT_SEND, recall=form, status=422
        )
    reason = form.cleaned_data["reason"]
    try:
        ask_back(payment=row, reason=reason, by=request.actor, at=now())
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return payment_page(
            request, payment_id, P.PAYMENT_SEND, recall=form, status=409
        )
    messages.success(
        request, _("Called back. Fetch the list on the page of the batch."), "ok"
    )
    return redirect("aid_payments:payment", payment_id)


@staff_page(P.PAYMENT_SEND, "POST")
def fetch(request: StaffRequest, batch_id: int) -> HttpResponse:
    """Give away the list of what is asked back."""
    row = payment_batch_for(request.actor, batch_id, P.PAYMENT_SEND)
    try:
        content = request_file(batch=row, by=request.actor, at=now())
    except Refused as refusal:
        problem = str(refusal.message)
        return batch_page(
            request, batch_id, P.PAYMENT_SEND, problem=problem, status=409
        )
    ending, kind = (
        ("xml", "application/xml") if content[:1] == b"<" else ("csv", "text/csv")
    )
    response = HttpResponse(content, content_type=f"{kind}; charset=utf-8")
    name = f"{row.message_id}-recalls.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@staff_page(P.PAYMENT_SEND, "POST")
def answer(request: StaffRequest, batch_id: int) -> HttpResponse:
    """Read what was answered."""
    row = payment_batch_for(request.actor, batch_id, P.PAYMENT_SEND)
    form = RecallAnswerForm(request.POST, request.FILES)
    if not form.is_valid():
        return batch_page(
            request, batch_id, P.PAYMENT_SEND, recall_form=form, status=422
        )
    content = form.cleaned_data["recall_answer"].read(LARGEST + 1)
    try:
        found = read_recall_answer(
            batch=row, content=content, by=request.actor, at=now()
        )
    except Refused as refusal:
        form.add_error("recall_answer", str(refusal.message))
        return batch_page(
            request, batch_id, P.PAYMENT_SEND, recall_form=form, status=409
        )
    words = _("Read: %(back)d came back, %(late)d were executed already.")
    told = {"back": found[Result.RECALLED], "late": found[Result.EXECUTED]}
    messages.success(request, words % told, "ok")
    return redirect("aid_payments:batch", batch_id)
