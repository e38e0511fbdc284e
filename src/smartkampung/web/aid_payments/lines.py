"""One payment: what was said about it, and what a person found out."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission as P
from smartkampung.aid.payments.actions.batches import remove
from smartkampung.aid.payments.actions.failures import settle
from smartkampung.aid.payments.queries.batches import payment_for
from smartkampung.aid.payments.rules.accounts import BANKS
from smartkampung.aid.payments.words import reason
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.language import either
from smartkampung.residents.queries import note_looks
from smartkampung.web.aid_payments.batches import batch_page
from smartkampung.web.aid_payments.forms import RecallForm, SettleForm
from smartkampung.web.aid_payments.words import EFFECTS, PAYMENTS, tag
from smartkampung.web.aid_staff import present
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.worklist.queries import waits


@staff_page(P.PAYMENT_VIEW)
def payment(request: StaffRequest, payment_id: int) -> HttpResponse:
    """Show a payment with everything that was said about it."""
    return payment_page(request, payment_id, P.PAYMENT_VIEW)


@staff_page(P.PAYMENT_PREPARE, "POST")
def take_out(request: StaffRequest, payment_id: int) -> HttpResponse:
    """Take somebody out of a draft."""
    row = payment_for(request.actor, payment_id, P.PAYMENT_PREPARE)
    try:
        remove(payment=row, by=request.actor, at=now())
    except Refused as refusal:
        said = str(refusal.message)
        return batch_page(
            request, row.batch_id, P.PAYMENT_PREPARE, problem=said, status=409
        )
    messages.success(request, _("Taken out. The aid waits as before."), "ok")
    return redirect("aid_payments:batch", row.batch_id)


@staff_page(P.PAYMENT_PREPARE, "POST")
def settle_one(request: StaffRequest, payment_id: int) -> HttpResponse:
    """Close the work about a payment with what was found out."""
    row = payment_for(request.actor, payment_id, P.PAYMENT_PREPARE)
    form = SettleForm(request.POST)
    if not form.is_valid():
        return payment_page(
            request, payment_id, P.PAYMENT_PREPARE, form=form, status=422
        )
    text = form.cleaned_data["text"]
    try:
        settle(payment=row, text=text, by=request.actor, at=now())
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return payment_page(
            request, payment_id, P.PAYMENT_PREPARE, form=form, status=409
        )
    messages.success(request, _("Written down."), "ok")
    return redirect("aid_payments:payment", payment_id)


def payment_page(
    request: StaffRequest,
    payment_id: int,
    permission: P,
    *,
    form: SettleForm | None = None,
    recall: RecallForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the page of a payment."""
    row, actor = payment_for(request.actor, payment_id, permission), request.actor
    due, programme = row.entitlement, row.batch.programme
    note_looks(actor, [due.person], purpose="aid.payments", permission=permission)
    notices = row.notices.select_related("answer").order_by("pk")
    may = actor.may_in(P.PAYMENT_PREPARE, row.batch.region_code)
    context: dict[str, Any] = {
        "row": row,
        "person": due.person,
        "programme": either(programme.name, programme.name_en),
        "where": present.where([due.region_code])[due.region_code],
        "amount": present.amount(row.amount, "IDR"),
        "bank": BANKS.get(row.account.bank_code, "") if row.account else "",
        "tag": tag(PAYMENTS, row.state),
        "why": reason(row.reason) if row.reason else "",
        "notices": [
            (each, EFFECTS[each.effect], reason(each.reason) if each.reason else "")
            for each in notices
        ],
        "recalls": row.recalls.order_by("pk"),
        "recall": recall or RecallForm(),
        "may_recall": row.state == "in_transit"
        and actor.may_in(P.PAYMENT_SEND, row.batch.region_code)
        and not row.recalls.filter(result="").exists(),
        "settles": may and waits(row),
        "form": form or SettleForm(),
    }
    return render(request, "aid_payments/payment.html", context, status=status)
