"""Accounts from a list: brought by one officer, confirmed by another's copy."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from smartkampung.accounts.roles import Permission as P
from smartkampung.aid.payments.actions.account_lists import SHOWN, receive_list
from smartkampung.aid.payments.queries.account_lists import (
    account_list_for,
    account_lists_for,
)
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.residents.imports import words
from smartkampung.residents.imports.reading.records import Issue
from smartkampung.web.aid_payments.forms import ListForm
from smartkampung.web.aid_payments.words import LISTS, tag
from smartkampung.web.pages import StaffRequest, staff_page

BLOCK = 1 << 20
LATEST = 10
KINDS: dict[P, str] = {P.ACCOUNT_RECORD: "bring", P.ACCOUNT_CONFIRM: "confirm"}
PAGES: dict[P, str] = {
    P.ACCOUNT_RECORD: "aid_payments:brought_list",
    P.ACCOUNT_CONFIRM: "aid_payments:compared_list",
}


@staff_page(P.ACCOUNT_RECORD, "GET", "POST")
def bring(request: StaffRequest) -> HttpResponse:
    """Take a list in whose accounts are to be written down."""
    return _take(request, P.ACCOUNT_RECORD)


@staff_page(P.ACCOUNT_CONFIRM, "GET", "POST")
def confirm(request: StaffRequest) -> HttpResponse:
    """Take one's own list in, to confirm what waits and stands there the same."""
    return _take(request, P.ACCOUNT_CONFIRM)


@staff_page(P.ACCOUNT_RECORD)
def brought(request: StaffRequest, list_id: int) -> HttpResponse:
    """Show how far a list is that somebody brought, and what is wrong with it."""
    return _one(request, list_id, P.ACCOUNT_RECORD)


@staff_page(P.ACCOUNT_CONFIRM)
def compared(request: StaffRequest, list_id: int) -> HttpResponse:
    """Show how far a list is that confirms."""
    return _one(request, list_id, P.ACCOUNT_CONFIRM)


def _take(request: StaffRequest, permission: P) -> HttpResponse:
    form, status = ListForm(), 200
    if request.method == "POST":
        form, status = ListForm(request.POST, request.FILES), 422
        if form.is_valid():
            try:
                row = receive_list(
                    kind=KINDS[permission],
                    blocks=form.cleaned_data["file"].chunks(BLOCK),
                    by=request.actor,
                    at=now(),
                )
            except Refused as refusal:
                form.add_error("file", str(refusal.message))
            else:
                return redirect(PAGES[permission], row.pk)
    rows = account_lists_for(request.actor, permission)[:LATEST]
    context = {
        "form": form,
        "confirming": permission is P.ACCOUNT_CONFIRM,
        "items": [(row, tag(LISTS, row.state)) for row in rows],
        "page_of_one": PAGES[permission],
    }
    return render(request, "aid_payments/list.html", context, status=status)


def _one(request: StaffRequest, list_id: int, permission: P) -> HttpResponse:
    row = account_list_for(request.actor, list_id, permission)
    issues = [Issue(*each) for each in row.problems]
    context: dict[str, Any] = {
        "row": row,
        "tag": tag(LISTS, row.state),
        "running": row.state in ("checking", "writing"),
        "percent": 100 * row.done // row.total if row.total else 0,
        "confirming": permission is P.ACCOUNT_CONFIRM,
        "defect": words.defect_of(row.defect["code"], row.defect["details"])
        if row.defect
        else "",
        "problems": [(each.cell, each.column, words.fault(each)) for each in issues],
        "more": max(row.faulty - SHOWN, 0),
    }
    return render(request, "aid_payments/one_list.html", context)
