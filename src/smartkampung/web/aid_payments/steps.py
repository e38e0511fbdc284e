"""The steps of a batch: fill, ask, approve, send, fetch the file, read the answer."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from smartkampung.accounts.roles import Permission as P
from smartkampung.aid.payments.actions import work
from smartkampung.aid.payments.actions.answers import read_answer
from smartkampung.aid.payments.actions.batches import approve, reopen, submit
from smartkampung.aid.payments.actions.send import open_batch_file
from smartkampung.aid.payments.queries.batches import payment_batch_for
from smartkampung.aid.payments.rules.steps import Totals
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.web.aid_payments.batches import batch_page
from smartkampung.web.aid_payments.forms import AnswerForm, TotalsForm
from smartkampung.web.pages import StaffRequest, staff_page


@staff_page(P.PAYMENT_PREPARE, "POST")
def fill(request: StaffRequest, batch_id: int) -> HttpResponse:
    """Put everybody into a draft whom it can pay."""
    row = payment_batch_for(request.actor, batch_id, P.PAYMENT_PREPARE)

    def act() -> str:
        added = work.fill(batch=row, by=request.actor, at=now())
        if not isinstance(added, int):
            return _("They are being added. This page shows how far it is.")
        return ngettext(
            "%(count)d recipient was added.", "%(count)d recipients were added.", added
        ) % {"count": added}

    return _take(request, batch_id, P.PAYMENT_PREPARE, act)


@staff_page(P.PAYMENT_PREPARE, "POST")
def stop(request: StaffRequest, batch_id: int) -> HttpResponse:
    """Leave a large draft as far as it was filled."""
    row = payment_batch_for(request.actor, batch_id, P.PAYMENT_PREPARE)

    def act() -> str:
        work.stop(batch=row, by=request.actor, at=now())
        return _("Stopped. What was done already stays.")

    return _take(request, batch_id, P.PAYMENT_PREPARE, act)


@staff_page(P.PAYMENT_PREPARE, "POST")
def ask(request: StaffRequest, batch_id: int) -> HttpResponse:
    """Ask a second person to approve."""
    row = payment_batch_for(request.actor, batch_id, P.PAYMENT_PREPARE)

    def act() -> str:
        submit(batch=row, by=request.actor, at=now())
        return _("It waits for a second person now.")

    return _take(request, batch_id, P.PAYMENT_PREPARE, act)


@staff_page(P.PAYMENT_APPROVE, "POST")
def approve_batch(request: StaffRequest, batch_id: int) -> HttpResponse:
    """Approve a batch with the control totals that were shown."""
    row = payment_batch_for(request.actor, batch_id, P.PAYMENT_APPROVE)
    form = TotalsForm(request.POST)
    seen = Totals(**form.cleaned_data) if form.is_valid() else Totals(-1, -1)

    def act() -> str:
        approve(batch=row, seen=seen, by=request.actor, at=now())
        return _("Approved. It can be sent now.")

    return _take(request, batch_id, P.PAYMENT_APPROVE, act)


@staff_page(P.PAYMENT_APPROVE, "POST")
def back_to_draft(request: StaffRequest, batch_id: int) -> HttpResponse:
    """Take an approval back before the batch is sent."""
    row = payment_batch_for(request.actor, batch_id, P.PAYMENT_APPROVE)

    def act() -> str:
        reopen(batch=row, by=request.actor, at=now())
        return _("It is a draft again.")

    return _take(request, batch_id, P.PAYMENT_APPROVE, act)


@staff_page(P.PAYMENT_SEND, "POST")
def send(request: StaffRequest, batch_id: int) -> HttpResponse:
    """Make the file and put the money on its way."""
    row = payment_batch_for(request.actor, batch_id, P.PAYMENT_SEND)

    def act() -> str:
        if work.send(batch=row, by=request.actor, at=now()) is not None:
            return _("The file is being made. This page shows when it is ready.")
        return _("The file is ready. Fetch it and hand it over.")

    return _take(request, batch_id, P.PAYMENT_SEND, act)


@staff_page(P.PAYMENT_SEND, "POST")
def file(request: StaffRequest, batch_id: int) -> HttpResponse:
    """Give the file away; who fetched it is written down."""
    row = payment_batch_for(request.actor, batch_id, P.PAYMENT_SEND)
    role = request.actor.role_for(P.PAYMENT_SEND)
    try:
        content = open_batch_file(batch=row, by=request.actor, role=role)
    except Refused as refusal:
        return _refused(request, batch_id, P.PAYMENT_SEND, refusal)
    ending, kind = (
        ("xml", "application/xml") if row.channel == "bank" else ("csv", "text/csv")
    )
    response = HttpResponse(content, content_type=f"{kind}; charset=utf-8")
    name = f"{row.message_id}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


@staff_page(P.PAYMENT_SEND, "POST")
def answer(request: StaffRequest, batch_id: int) -> HttpResponse:
    """Read an answer of bank or post office."""
    row = payment_batch_for(request.actor, batch_id, P.PAYMENT_SEND)
    form = AnswerForm(request.POST, request.FILES)
    if not form.is_valid():
        return batch_page(request, batch_id, P.PAYMENT_SEND, form=form, status=422)
    content = form.cleaned_data["file"].file
    try:
        found = read_answer(batch=row, content=content, by=request.actor, at=now())
    except Refused as refusal:
        form.add_error("file", str(refusal.message))
        return batch_page(request, batch_id, P.PAYMENT_SEND, form=form, status=409)
    words = _(
        "Read: %(paid)d paid, %(failed)d failed, %(pending)d still on their way,"
        " %(odd)d contradicting."
    )
    told: dict[str, Any] = {
        "paid": found.paid,
        "failed": found.failed,
        "pending": found.pending,
        "odd": found.contradicting,
    }
    messages.success(request, words % told, "ok")
    return redirect("aid_payments:batch", batch_id)


def _take(
    request: StaffRequest, batch_id: int, permission: P, act: Callable[[], str]
) -> HttpResponse:
    try:
        words = act()
    except Refused as refusal:
        return _refused(request, batch_id, permission, refusal)
    messages.success(request, words, "ok")
    return redirect("aid_payments:batch", batch_id)


def _refused(
    request: StaffRequest, batch_id: int, permission: P, refusal: Refused
) -> HttpResponse:
    said = str(refusal.message)
    return batch_page(request, batch_id, permission, problem=said, status=409)
