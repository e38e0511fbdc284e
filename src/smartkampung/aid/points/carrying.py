"""Goods that are taken to a hand-over point, and what comes back at its end."""

import uuid
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.aid.actions.batch import BUSY, BatchRefused, batch_lock, note_batch
from smartkampung.aid.goods.actions import CannotMoveGoods, move_in_ledger, must_keep
from smartkampung.aid.goods.rules import MONEY, carried, counter, stock
from smartkampung.aid.models import Point
from smartkampung.aid.points.queries import Goods, goods_at
from smartkampung.kernel.claim import Busy, claim_scarce
from smartkampung.regions.codes import inside


def carry_out(
    *,
    form_id: uuid.UUID,
    point: Point,
    region: str,
    quantity: int,
    by: Actor,
    at: datetime,
) -> None:
    """Take goods out of a warehouse of one's own to a point; the same form counts once.

    Hand-overs there draw from them. Raises CannotMoveGoods, StockExhausted.
    """
    must_keep(by, region)
    if not inside(region, point.batch.kecamatan_code):
        raise CannotMoveGoods(_("This warehouse is not of the kecamatan of the point."))

    def take() -> None:
        now_is = Point.objects.select_related("batch__programme").get(pk=point.pk)
        item = now_is.batch.programme.commodity
        if now_is.closed_at is not None:
            raise BatchRefused(_("This point is closed."))
        if item == MONEY:
            raise CannotMoveGoods(_("This programme gives money, not goods."))
        if now_is.warehouse not in ("", region):
            raise CannotMoveGoods(
                _("The goods of this point come from another warehouse already.")
            )
        legs = [
            (stock(item, region), -quantity),
            (carried(item, now_is.pk), quantity),
        ]
        move_in_ledger("goods.carried", str(form_id), legs, by.username, at)
        now_is.warehouse = region
        now_is.save(update_fields=["warehouse"])
        note_batch(
            "aid.point_supplied", now_is.batch, by, point=now_is.pk, quantity=quantity
        )

    claim_scarce(
        locks=[batch_lock(point.batch)], take=take, refusals={}, busy=Busy(BUSY)
    )


def bring_back(
    point: Point, *, back: int | None, reason: str, by: Actor, at: datetime
) -> Goods | None:
    """Book what came back of a point to its warehouse, and what is missing as lost.

    The caller holds the locks and saves the point. Nothing where no goods were taken
    there. Raises BatchRefused.
    """
    found = goods_at(point)
    if found is None:
        return None
    if back is None:
        raise BatchRefused(_("Count what came back, and write the number down."))
    if back > found.left:
        raise BatchRefused(_("No more can come back than is left at the point."))
    missing = found.left - back
    if missing and not reason.strip():
        raise BatchRefused(_("Say why less came back than was left."))
    legs = [(carried(found.item, point.pk), -found.left)]
    legs += [(stock(found.item, point.warehouse), back)] if back else []
    legs += [(counter("lost", found.item), missing)] if missing else []
    if found.left:
        move_in_ledger("goods.brought_back", str(point.pk), legs, by.username, at)
    point.returned, point.missing = back, missing
    point.loss_reason = reason.strip() if missing else ""
    return found
