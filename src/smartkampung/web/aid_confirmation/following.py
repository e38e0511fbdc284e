"""Gaps between what was written down and what families say, and what came of them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.aid.confirmation.actions import follow_gap
from smartkampung.aid.confirmation.queries import gap_for, gaps_for
from smartkampung.aid.confirmation.rules import Answer
from smartkampung.aid.confirmation.words import ANSWERS
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.web.aid_confirmation.forms import FindingForm
from smartkampung.web.aid_staff import present
from smartkampung.web.pages import StaffRequest, staff_page

P = Permission
PAGE_SIZE = 25


@staff_page(P.CONFIRMATION_FOLLOW)
def gaps(request: StaffRequest) -> HttpResponse:
    """List the gaps that families told, those that wait first."""
    found = Paginator(gaps_for(request.actor), PAGE_SIZE)
    page = found.get_page(request.GET.get("page"))
    rows = list(page)
    places = present.where({row.region_code for row in rows})
    items = [(row, places[row.region_code], _words(row.answer)) for row in rows]
    context = {"page": page, "items": items}
    return render(request, "aid_confirmation/gaps.html", context)


@staff_page(P.CONFIRMATION_FOLLOW, "GET", "POST")
def gap(request: StaffRequest, confirmation_id: int) -> HttpResponse:
    """Show one gap, and take down what was found out."""
    row = gap_for(request.actor, confirmation_id)
    form = FindingForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return _page(request, row, form, status)
    try:
        follow_gap(
            confirmation=row,
            finding=form.cleaned_data["finding"],
            by=request.actor,
            at=now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, row, form, 409)
    messages.success(request, _("What you found out is written down."), "ok")
    return redirect("aid_confirmation:gaps")


def _page(
    request: StaffRequest, row: Any, form: FindingForm, status: int
) -> HttpResponse:
    context = {
        "row": row,
        "place": present.where([row.region_code])[row.region_code],
        "written": present.amount(row.quantity, row.commodity),
        "tag": present.outcome_tag(row.outcome),
        "answer": _words(row.answer),
        "form": form,
    }
    return render(request, "aid_confirmation/gap.html", context, status=status)


def _words(answer: str) -> str:
    return str(ANSWERS[Answer(answer)])
