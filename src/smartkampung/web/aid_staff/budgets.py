"""More budget for a programme: asked for by one officer, granted by another."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.aid.actions.budgets import ask_for_budget, decide_budget
from smartkampung.aid.queries.budgets import budget_request_for, programme_or_404
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.language import either
from smartkampung.ledger.queries import balances
from smartkampung.web.aid_staff import present
from smartkampung.web.aid_staff.termforms import BudgetForm
from smartkampung.web.pages import StaffRequest, staff_page

MANAGE = Permission.PROGRAMME_MANAGE


@staff_page(MANAGE, "GET", "POST")
def ask(request: StaffRequest, code: str) -> HttpResponse:
    """Ask for more budget."""
    row = programme_or_404(code)
    if request.method != "POST":
        return _ask_page(request, row, BudgetForm(initial={"form_id": uuid.uuid4()}))
    form = BudgetForm(request.POST)
    if not form.is_valid():
        return _ask_page(request, row, form, 422)
    try:
        wish = ask_for_budget(
            programme=row, by=request.actor, at=now(), **form.cleaned_data
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _ask_page(request, row, form, 409)
    messages.success(
        request, _("Noted. Another officer of Dinsos must grant it first."), "ok"
    )
    return redirect("aid_staff:budget", wish.pk)


def _ask_page(
    request: StaffRequest, row: Any, form: BudgetForm, status: int = 200
) -> HttpResponse:
    context = {
        "programme": either(row.name, row.name_en),
        "left": _left(row),
        "form": form,
    }
    return render(request, "aid_staff/budget_ask.html", context, status=status)


@staff_page(MANAGE, "GET", "POST")
def budget(request: StaffRequest, request_id: uuid.UUID) -> HttpResponse:
    """Show what was asked for, or decide about it."""
    wish = budget_request_for(request.actor, request_id)
    if request.method != "POST":
        return _page(request, wish)
    granted = request.POST.get("decision") == "grant"
    try:
        decide_budget(wish=wish, granted=granted, by=request.actor, at=now())
    except Refused as refusal:
        return _page(request, wish, problem=str(refusal.message), status=409)
    words = _("Granted: the budget is larger now.") if granted else _("Not granted.")
    messages.success(request, words, "ok")
    return redirect("aid_staff:budget", request_id)


def _page(
    request: StaffRequest, wish: Any, *, problem: str = "", status: int = 200
) -> HttpResponse:
    row = wish.programme
    context = {
        "wish": wish,
        "programme": either(row.name, row.name_en),
        "amount": present.amount(wish.amount, row.commodity),
        "left": _left(row),
        "own": wish.asked_by_id == request.actor.staff_id,
        "problem": problem,
    }
    return render(request, "aid_staff/budget.html", context, status=status)


def _left(row: Any) -> str:
    held = balances([f"budget/{row.code}"]).get(f"budget/{row.code}", 0)
    return present.amount(held, row.commodity)
