"""Counts of a shelf, and the second person who looks at a difference."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.aid.goods import queries
from smartkampung.aid.goods.counts import CountIncomplete, count_shelf, decide_count
from smartkampung.aid.goods.rules import Cause
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.regions.queries import names
from smartkampung.web.aid_goods.forms import ShelfForm
from smartkampung.web.aid_goods.words import CAUSES, COUNT_FAULTS, COUNTS, GOODS
from smartkampung.web.pages import StaffRequest, staff_page

P = Permission
MOST = 50


@staff_page(P.STOCK_VIEW, "GET", "POST")
def counts(request: StaffRequest, region: str) -> HttpResponse:
    """Show the counts of a warehouse; its keeper writes another down."""
    queries.warehouse_for(request.actor, region)
    keeps = region in queries.own_warehouses(request.actor)
    form = ShelfForm(initial={"form_id": uuid.uuid4()})
    status = 200
    if request.method == "POST":
        form = ShelfForm(request.POST)
        status = _count(request, region, form)
        if not status:
            messages.success(request, _("The count is written down."), "ok")
            return redirect("aid_goods:counts", region)
    context = {
        "region": region,
        "name": names([region]).get(region, region),
        "items": [_item(row) for row in queries.counts_at(region)[:MOST]],
        "form": form if keeps else None,
    }
    return render(request, "aid_goods/counts.html", context, status=status)


def _count(request: StaffRequest, region: str, form: ShelfForm) -> int:
    """Write a count down; return 0, or the status of what is wrong."""
    if not form.is_valid():
        return 422
    try:
        count_shelf(**form.cleaned_data, region=region, by=request.actor, at=now())
    except CountIncomplete as refusal:
        for fault in refusal.faults:
            field, words = COUNT_FAULTS[fault]
            form.add_error(field, str(words))
        return 422
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return 409
    return 0


@staff_page(P.STOCK_APPROVE, "GET", "POST")
def decide(request: StaffRequest, count_id: uuid.UUID) -> HttpResponse:
    """Show a difference to the second person, who has it booked or refuses."""
    row = queries.count_for(request.actor, count_id)
    problem = ""
    if request.method == "POST":
        booked = request.POST.get("decision") == "book"
        try:
            decide_count(count=row, booked=booked, by=request.actor, at=now())
        except Refused as refusal:
            problem = str(refusal.message)
        else:
            messages.success(request, _("Written down."), "ok")
            return redirect("aid_goods:decide", count_id)
    place = names([row.region_code]).get(row.region_code, row.region_code)
    context = {**_item(row), "name": place, "problem": problem}
    status = 409 if problem else 200
    return render(request, "aid_goods/count.html", context, status=status)


def _item(row: Any) -> dict[str, Any]:
    text, colour = COUNTS[row.state]
    return {
        "row": row,
        "goods": str(GOODS.get(row.item, row.item)),
        "cause": CAUSES[Cause(row.cause)] if row.cause else "",
        "tag": {"text": text, "state": colour},
    }
