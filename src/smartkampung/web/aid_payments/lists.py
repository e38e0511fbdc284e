"""Accounts from a list: brought by one officer, confirmed by another's copy."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission as P
from smartkampung.aid.payments.actions.account_lists import (
    ListRefused,
    Taken,
    confirm_list,
    record_list,
)
from smartkampung.aid.payments.rules.files import LARGEST
from smartkampung.aid.payments.words import problem
from smartkampung.kernel.clock import now
from smartkampung.kernel.wording import whole
from smartkampung.web.aid_payments.forms import ListForm
from smartkampung.web.pages import StaffRequest, staff_page


@staff_page(P.ACCOUNT_RECORD, "GET", "POST")
def bring(request: StaffRequest) -> HttpResponse:
    """Write down the accounts of a list."""

    def take(content: bytes) -> Taken:
        return record_list(content=content, by=request.actor, at=now())

    words = _("Written down: %(changed)s, stood so already: %(same)s.")
    return _page(request, take, words, "aid_payments:account_list", confirming=False)


@staff_page(P.ACCOUNT_CONFIRM, "GET", "POST")
def confirm(request: StaffRequest) -> HttpResponse:
    """Confirm the accounts that stand the same in one's own copy."""

    def take(content: bytes) -> Taken:
        return confirm_list(content=content, by=request.actor, at=now())

    words = _("Confirmed: %(changed)s, stood so already: %(same)s.")
    return _page(request, take, words, "aid_payments:confirm_list", confirming=True)


def _page(
    request: StaffRequest,
    take: Callable[[bytes], Taken],
    words: str,
    here: str,
    *,
    confirming: bool,
) -> HttpResponse:
    form, status = ListForm(), 200
    problems: list[str] = []
    if request.method == "POST":
        form, status = ListForm(request.POST, request.FILES), 422
        if form.is_valid():
            try:
                done = take(form.cleaned_data["file"].read(LARGEST + 1))
            except ListRefused as refusal:
                problems = [problem(each) for each in refusal.problems]
            else:
                told = {"changed": whole(done.changed), "same": whole(done.same)}
                messages.success(request, words % told, "ok")
                return redirect(here)
    context = {"form": form, "problems": problems, "confirming": confirming}
    return render(request, "aid_payments/list.html", context, status=status)
