"""Accounts of a person: one officer writes them down, another confirms them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission as P
from smartkampung.aid.payments.actions.accounts import decide_account, record_account
from smartkampung.aid.payments.queries import accounts as queries
from smartkampung.aid.payments.rules.accounts import BANKS
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.residents.queries import note_looks
from smartkampung.web.aid_payments.forms import AccountForm, ConfirmForm
from smartkampung.web.aid_payments.words import ACCOUNTS, tag
from smartkampung.web.pages import StaffRequest, staff_page

PURPOSE = "aid.account"


@staff_page(P.ACCOUNT_RECORD, "GET", "POST")
def accounts(request: StaffRequest, person_id: int) -> HttpResponse:
    """Show the accounts of a person, masked, and write a new one down."""
    person = queries.holder_for(request.actor, person_id, P.ACCOUNT_RECORD)
    data = request.POST if request.method == "POST" else None
    form = AccountForm(data, initial={"holder": person.name})
    status = 200
    if data is not None:
        status = 422
        if form.is_valid():
            try:
                record_account(
                    **form.cleaned_data, person=person, by=request.actor, at=now()
                )
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
                status = 409
            else:
                messages.success(request, _("It waits for a second person now."), "ok")
                return redirect("aid_payments:accounts", person_id)
    note_looks(request.actor, [person], purpose=PURPOSE, permission=P.ACCOUNT_RECORD)
    rows = queries.accounts_for(request.actor, P.ACCOUNT_RECORD).filter(person=person)
    context = {"person": person, "form": form, "items": [_item(row) for row in rows]}
    return render(request, "aid_payments/accounts.html", context, status=status)


@staff_page(P.ACCOUNT_CONFIRM, "GET", "POST")
def account(request: StaffRequest, account_id: int) -> HttpResponse:
    """Confirm or refuse an account."""
    row = queries.account_for(request.actor, account_id, P.ACCOUNT_CONFIRM)
    data = request.POST if request.method == "POST" else None
    form, status = ConfirmForm(data), 200
    if data is not None:
        status = 422
        if form.is_valid():
            try:
                decide_account(
                    account=row,
                    confirmed=data.get("decision") == "confirm",
                    number=form.cleaned_data["number"],
                    by=request.actor,
                    at=now(),
                )
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
                status = 409
            else:
                messages.success(request, _("Written down."), "ok")
                return redirect("aid_payments:account", account_id)
    note_looks(
        request.actor, [row.person], purpose=PURPOSE, permission=P.ACCOUNT_CONFIRM
    )
    context = {"person": row.person, "form": form, **_item(row)}
    return render(request, "aid_payments/account.html", context, status=status)


def _item(row: Any) -> dict[str, Any]:
    return {
        "row": row,
        "bank": BANKS.get(row.bank_code, row.bank_code),
        "tag": tag(ACCOUNTS, row.state),
    }
