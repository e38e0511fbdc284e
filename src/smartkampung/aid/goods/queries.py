"""The door to warehouses."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.goods.rules import MONEY, carried, stock
from smartkampung.aid.models import GoodsMove, Programme, StockCount
from smartkampung.ledger.queries import balances, balances_under, movements_of
from smartkampung.regions.codes import inside, level, within
from smartkampung.regions.queries import parts_of

LEVELS = {"regency", "kecamatan", "village"}


@dataclass(frozen=True)
class Held:
    """How much of an item a warehouse holds."""

    region: str
    item: str
    amount: int


def items() -> list[str]:
    """Return the goods that programmes give."""
    rows = Programme.objects.exclude(commodity=MONEY).order_by("commodity")
    return list(rows.values_list("commodity", flat=True).distinct())


def held_for(actor: Actor) -> list[Held]:
    """Return what the warehouses inside the actor's regions hold."""
    regions = actor.regions_where(Permission.STOCK_VIEW)
    found = []
    for account in balances_under("stock/"):
        _stock, item, region = account.code.split("/")
        if any(inside(region, mine) for mine in regions):
            found.append(Held(region, item, account.amount))
    return sorted(found, key=lambda held: (held.region, held.item))


def own_warehouses(actor: Actor) -> list[str]:
    """Return the warehouses that the actor keeps: of the own region, none below."""
    regions = actor.regions_where(Permission.STOCK_MOVE)
    return sorted(region for region in regions if level(region) in LEVELS)


def warehouse_for(actor: Actor, region: str) -> str:
    """Return the code of a warehouse; 404 for one outside the actor's regions."""
    mine = actor.regions_where(Permission.STOCK_VIEW)
    if not any(inside(region, one) for one in mine) or level(region) not in LEVELS:
        raise Http404
    return region


def on_the_way_to(region: str) -> QuerySet[GoodsMove]:
    """Return what was sent to a warehouse and not counted there yet."""
    rows = GoodsMove.objects.filter(to_code=region, arrived=None)
    return rows.select_related("by").order_by("at", "pk")


def shipment_to(region: str, move_id: uuid.UUID) -> GoodsMove:
    """Return a shipment to a warehouse; 404 for one that goes elsewhere."""
    return get_object_or_404(GoodsMove, pk=move_id, to_code=region)


def neighbours(region: str) -> list[str]:
    """Return the warehouses directly above and below."""
    above = region.rpartition(".")[0]
    below = parts_of(region) if level(region) != "village" else ()
    return [above] * (level(region) != "regency") + [part.code for part in below]


def movements_at(
    region: str, held: Iterable[Held], *, most: int
) -> list[tuple[str, Any]]:
    """Return the latest movements of what a warehouse holds, newest first."""
    found = [
        (row.item, entry)
        for row in held
        for entry in movements_of(stock(row.item, region), most=most)
    ]
    newest = sorted(found, key=lambda pair: pair[1].transfer.at, reverse=True)
    return newest[:most]


def at_point(item: str, point: int | None) -> str | None:
    """Return the account of the goods that were taken to a point, if any were."""
    account = carried(item, point or 0)
    return account if account in balances([account]) else None


def drawn_from(item: str, village: str, kecamatan: str) -> str | None:
    """Return the account that hand-overs in a village draw from, if stock is kept.

    The village's own, else the kecamatan's; None where neither keeps this item.
    """
    codes = [stock(item, village), stock(item, kecamatan)]
    known = balances(codes)
    return next((code for code in codes if code in known), None)


def book_of(item: str, region: str) -> int:
    """Return how much of an item the books say that a warehouse holds."""
    account = stock(item, region)
    return balances([account]).get(account, 0)


def counts_at(region: str) -> QuerySet[StockCount]:
    """Return the counts of a warehouse, the newest first."""
    rows = StockCount.objects.filter(region_code=region)
    return rows.select_related("by", "decided_by").order_by("-at", "-pk")


def count_for(actor: Actor, count_id: uuid.UUID) -> StockCount:
    """Return one count to decide on; 404 outside the actor's jurisdiction."""
    regions = actor.regions_where(Permission.STOCK_APPROVE)
    rows = StockCount.objects.filter(within("region_code", regions))
    return get_object_or_404(rows.select_related("by", "decided_by"), pk=count_id)
