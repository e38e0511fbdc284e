"""Goods come in, go on, are counted, spoil, and are drawn at the counter."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.aid.goods.queries import at_point, drawn_from, own_warehouses
from smartkampung.aid.goods.rules import MONEY, Kind, counter, is_one_step, stock
from smartkampung.aid.models import Entitlement, GoodsMove
from smartkampung.audit.actions import record
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.errors import Refused
from smartkampung.ledger.actions import (
    BudgetExhausted,
    Opening,
    open_accounts,
    transfer,
)
from smartkampung.regions.codes import ancestor, level, village_of

# Goods come from nowhere here only: from a supplier, or from a miscount.
SOURCES = {"supplied", "found"}
BUSY = _("Somebody else writes down the same goods. Please try again in a moment.")
# What a form tells: sent again, it tells the same.
TOLD = ("kind", "item", "region_code", "to_code", "quantity", "reason", "by_id")
SENT_BEFORE = _("This form was sent before with something else in it. Open a new one.")
COUNTED = _("This shipment was counted already.")
NOT_BY_SENDER = _("You sent this yourself, so somebody else must count it.")


class CannotMoveGoods(Refused):
    """These goods may not move so."""

    code = "cannot_move_goods"


class StockExhausted(Refused):
    """The warehouse holds less than that."""

    code = "stock_exhausted"


def receive_goods(
    *,
    form_id: uuid.UUID,
    item: str,
    region: str,
    quantity: int,
    by: Actor,
    at: datetime,
) -> GoodsMove:
    """Take supplied goods into the regency's warehouse; the same form counts once."""
    must_keep(by, region)
    if level(region) != "regency":
        raise CannotMoveGoods(_("Supplies come in at the warehouse of the regency."))
    row = GoodsMove(
        id=form_id, quantity=quantity, kind=Kind.RECEIVED, item=item, region_code=region
    )
    legs = [(counter("supplied", item), -quantity), (stock(item, region), quantity)]
    return _once(row, legs, by, at)


def spoil_goods(
    *,
    form_id: uuid.UUID,
    item: str,
    region: str,
    quantity: int,
    reason: str,
    by: Actor,
    at: datetime,
) -> GoodsMove:
    """Take spoiled goods out of a warehouse, with the reason."""
    must_keep(by, region)
    row = GoodsMove(
        id=form_id,
        quantity=quantity,
        kind=Kind.SPOILED,
        item=item,
        region_code=region,
        reason=reason,
    )
    legs = [(stock(item, region), -quantity), (counter("spoiled", item), quantity)]
    return _once(row, legs, by, at)


def send_goods(
    *,
    form_id: uuid.UUID,
    item: str,
    region: str,
    to: str,
    quantity: int,
    by: Actor,
    at: datetime,
) -> GoodsMove:
    """Send goods to the warehouse above or below; leftovers go back the same way."""
    must_keep(by, region)
    if not is_one_step(region, to):
        raise CannotMoveGoods(
            _("Goods go to the warehouse directly above or below, and no further.")
        )
    row = GoodsMove(
        id=form_id,
        quantity=quantity,
        kind=Kind.SENT,
        item=item,
        region_code=region,
        to_code=to,
    )
    legs = [(stock(item, region), -quantity), (counter("moving", item), quantity)]
    return _once(row, legs, by, at)


def count_goods(
    *, move: GoodsMove, arrived: int, loss_reason: str, by: Actor, at: datetime
) -> None:
    """Count what arrived of a shipment; what is missing is lost, with a reason."""
    must_keep(by, move.to_code)

    def take() -> None:
        row = GoodsMove.objects.get(pk=move.pk)
        if row.arrived is not None:
            raise CannotMoveGoods(COUNTED)
        if arrived > row.quantity:
            raise CannotMoveGoods(_("No more can arrive than was sent."))
        missing = row.quantity - arrived
        row.arrived, row.arrived_at, row.arrived_by_id = arrived, at, by.staff_id
        row.loss_reason = loss_reason if missing else ""
        row.save()
        legs = [(counter("moving", row.item), -row.quantity)]
        legs += [(stock(row.item, row.to_code), arrived)] if arrived else []
        legs += [(counter("lost", row.item), missing)] if missing else []
        move_in_ledger("goods.arrived", str(row.pk), legs, by.username, at)
        record(
            "aid.goods_counted",
            target=row,
            by=by.username,
            region_code=row.to_code,
            arrived=arrived,
            missing=missing,
        )

    claim_scarce(
        locks=[Lock(Rank.PERSON, GoodsMove.objects.filter(pk=move.pk))],
        take=take,
        refusals={
            "goods_move_counted_by_another": CannotMoveGoods(NOT_BY_SENDER),
            "goods_move_arrival_is_whole": CannotMoveGoods(
                _("Say why less arrived than was sent.")
            ),
        },
        busy=Busy(BUSY),
    )


def draw_goods(*, due: Entitlement, quantity: int, by: str, at: datetime) -> None:
    """Draw what is handed over from its point's goods, the village's or the kecamatan's.

    Nothing where none of them keeps the item. Raises StockExhausted.
    """
    item = due.programme.commodity
    if item == MONEY:
        return
    kecamatan = ancestor(due.region_code, "kecamatan")
    account = at_point(item, due.point_id)
    account = account or drawn_from(item, village_of(due.region_code), kecamatan)
    if account is None:
        return
    legs = [(account, -quantity), (counter("given", item), quantity)]
    move_in_ledger("goods.given", str(due.pk), legs, by, at)


def must_keep(by: Actor, region: str) -> None:
    """Raise CannotMoveGoods unless the actor keeps this warehouse."""
    if region not in own_warehouses(by):
        raise CannotMoveGoods(_("You do not keep this warehouse."))


def _once(
    row: GoodsMove, legs: Sequence[tuple[str, int]], by: Actor, at: datetime
) -> GoodsMove:
    row.by_id, row.at = by.staff_id, at
    return claim_scarce(
        locks=[],
        take=lambda: _write(row, legs, by, at),
        refusals={},
        busy=Busy(BUSY),
    )


def _write(
    row: GoodsMove, legs: Sequence[tuple[str, int]], by: Actor, at: datetime
) -> GoodsMove:
    earlier = GoodsMove.objects.filter(pk=row.pk).first()
    if earlier is not None:
        if any(getattr(earlier, name) != getattr(row, name) for name in TOLD):
            raise CannotMoveGoods(SENT_BEFORE)
        return earlier
    row.save(force_insert=True)
    move_in_ledger(f"goods.{row.kind}", str(row.pk), legs, by.username, at)
    record(
        f"aid.goods_{row.kind}",
        target=row,
        by=by.username,
        region_code=row.region_code,
        item=row.item,
        quantity=row.quantity,
    )
    return row


def _shelf(code: str) -> Opening:
    name, item, *_region = code.split("/")
    return Opening(code, item, may_go_below_zero=name in SOURCES)


def move_in_ledger(
    kind: str, key: str, legs: Sequence[tuple[str, int]], by: str, at: datetime
) -> None:
    """Book goods between accounts that open by themselves; raise StockExhausted."""
    open_accounts(_shelf(code) for code, _amount in legs)
    try:
        transfer(key=f"{kind}:{key}", kind=kind, legs=legs, by=by, at=at)
    except BudgetExhausted as refusal:
        raise StockExhausted(
            _("The warehouse holds less than that. Count the stock, or receive more.")
        ) from refusal
