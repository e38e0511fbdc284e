"""Warehouses: what each holds, what came and went, and what a keeper writes down."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.aid.goods import actions, queries
from smartkampung.aid.goods.rules import Kind
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import whole
from smartkampung.regions.queries import names
from smartkampung.web.aid_goods.forms import CountForm, GoodsForm, fresh_form
from smartkampung.web.aid_goods.words import GOODS, MOVED
from smartkampung.web.core.drawing import bars
from smartkampung.web.pages import StaffRequest, staff_page

P = Permission
MOST = 50


@staff_page(P.STOCK_VIEW)
def warehouses(request: StaffRequest) -> HttpResponse:
    """List what the warehouses of the area hold, and the own ones."""
    held = queries.held_for(request.actor)
    own = queries.own_warehouses(request.actor)
    known = names([*own, *(row.region for row in held)])
    context = {
        "own": [(code, known.get(code, code)) for code in own],
        "items": [
            (row, known.get(row.region, row.region), GOODS.get(row.item, row.item))
            for row in held
        ],
    }
    return render(request, "aid_goods/warehouses.html", context)


@staff_page(P.STOCK_VIEW)
def warehouse(request: StaffRequest, region: str) -> HttpResponse:
    """Show one warehouse."""
    queries.warehouse_for(request.actor, region)
    return _page(request, region, fresh_form(region))


@staff_page(P.STOCK_MOVE, "POST")
def write(request: StaffRequest, region: str) -> HttpResponse:
    """Write down what came in, went on or spoiled."""
    queries.warehouse_for(request.actor, region)
    form = GoodsForm(request.POST, region=region)
    if not form.is_valid():
        return _page(request, region, form, status=422)
    try:
        _write(request, region, form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, region, form, status=409)
    messages.success(request, _("The goods are written down."), "ok")
    return redirect("aid_goods:warehouse", region)


def _write(request: StaffRequest, region: str, given: dict[str, Any]) -> None:
    same: dict[str, Any] = {
        "form_id": given["form_id"],
        "item": given["item"],
        "region": region,
        "quantity": given["quantity"],
        "by": request.actor,
        "at": now(),
    }
    if given["kind"] == Kind.RECEIVED:
        actions.receive_goods(**same)
    elif given["kind"] == Kind.SENT:
        actions.send_goods(to=given["to"], **same)
    else:
        actions.spoil_goods(reason=given["reason"], **same)


@staff_page(P.STOCK_MOVE, "POST")
def count(request: StaffRequest, region: str, move_id: uuid.UUID) -> HttpResponse:
    """Write down what arrived of a shipment."""
    queries.warehouse_for(request.actor, region)
    move = queries.shipment_to(region, move_id)
    form = CountForm(request.POST)
    if not form.is_valid():
        return _page(request, region, fresh_form(region), counting=form, status=422)
    try:
        actions.count_goods(move=move, by=request.actor, at=now(), **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, region, fresh_form(region), counting=form, status=409)
    messages.success(request, _("The goods are written down."), "ok")
    return redirect("aid_goods:warehouse", region)


def _page(
    request: StaffRequest,
    region: str,
    form: GoodsForm,
    *,
    counting: CountForm | None = None,
    status: int = 200,
) -> HttpResponse:
    held = [row for row in queries.held_for(request.actor) if row.region == region]
    moves = list(queries.on_the_way_to(region))
    known = names([region, *(move.region_code for move in moves)])
    context = {
        "region": region,
        "name": known.get(region, region),
        "keeps": region in queries.own_warehouses(request.actor),
        "bars": bars(
            [(_goods(r.item), r.amount, whole(r.amount), "", "") for r in held]
        ),
        "coming": [
            (move, known.get(move.region_code, ""), _goods(move.item)) for move in moves
        ],
        "movements": [
            (entry, _goods(item), MOVED.get(entry.transfer.kind, entry.transfer.kind))
            for item, entry in queries.movements_at(region, held, most=MOST)
        ],
        "form": form,
        "counting": counting or CountForm(),
    }
    return render(request, "aid_goods/warehouse.html", context, status=status)


def _goods(item: str) -> str:
    return str(GOODS.get(item, item))
