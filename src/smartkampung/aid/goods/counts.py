"""Count what is really on a shelf; a second person has the difference booked."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.goods.actions import (
    SENT_BEFORE,
    CannotMoveGoods,
    move_in_ledger,
)
from smartkampung.aid.goods.queries import book_of, own_warehouses
from smartkampung.aid.goods.rules import (
    BESIDE,
    Cause,
    CountFault,
    count_faults,
    counter,
    stock,
)
from smartkampung.aid.models import StockCount
from smartkampung.audit.actions import record
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.errors import Refused, atomic_or_refuse
from smartkampung.worklist.actions import close_work, open_work

DECIDE_WITHIN = timedelta(days=3)
State = StockCount.State
BUSY = _("Somebody else looks at the same count. Please try again in a moment.")
OWN = _("You counted this yourself, so somebody else must decide.")


class CountIncomplete(Refused):
    """What was written down does not do; ``faults`` is complete."""

    code = "count_incomplete"

    def __init__(self, found: Sequence[CountFault]) -> None:
        super().__init__(_("The shelf and the books differ. Say why."))
        self.faults = list(found)


def count_shelf(
    *,
    form_id: uuid.UUID,
    item: str,
    region: str,
    counted: int,
    cause: Cause | None,
    reason: str,
    by: Actor,
    at: datetime,
) -> StockCount:
    """Write down a count; a difference from the books waits for a second person.

    The same form twice is one. Raises CountIncomplete, CannotMoveGoods.
    """
    if region not in own_warehouses(by):
        raise CannotMoveGoods(_("You do not keep this warehouse."))
    earlier = StockCount.objects.filter(pk=form_id).first()
    if earlier is not None:
        told = (earlier.region_code, earlier.item, earlier.counted, earlier.by_id)
        if told != (region, item, counted, by.staff_id):
            raise CannotMoveGoods(SENT_BEFORE)
        return earlier
    book = book_of(item, region)
    found = count_faults(book=book, counted=counted, cause=cause, reason=reason)
    if found:
        raise CountIncomplete(found)
    agrees = counted == book
    waits = CannotMoveGoods(
        _("A difference of these goods waits for a second person already.")
    )
    with atomic_or_refuse({"stock_count_one_waiting": waits}):
        row = StockCount.objects.create(
            id=form_id,
            item=item,
            region_code=region,
            book=book,
            counted=counted,
            cause="" if agrees or cause is None else cause.value,
            reason="" if agrees else reason,
            state=State.AGREES if agrees else State.WAITING,
            by_id=by.staff_id,
            at=at,
        )
        if not agrees:
            _ask(row)
        _note("aid.stock_counted", row, by, book=book, counted=counted)
    return row


def decide_count(*, count: StockCount, booked: bool, by: Actor, at: datetime) -> None:
    """Book the difference of a count, or refuse it; raise CannotMoveGoods.

    What is booked is the difference that was found, whatever moved since.
    """

    def take() -> None:
        row = StockCount.objects.get(pk=count.pk)
        if row.state != State.WAITING:
            raise CannotMoveGoods(_("This count was decided on already."))
        row.state = State.BOOKED if booked else State.REFUSED
        row.decided_by_id, row.decided_at = by.staff_id, at
        row.save(update_fields=["state", "decided_by", "decided_at"])
        if booked:
            _book(row, by, at)
        close_work(target=row, by=by.username)
        _note("aid.stock_count_decided", row, by, booked=booked)

    claim_scarce(
        locks=[Lock(Rank.PERSON, StockCount.objects.filter(pk=count.pk))],
        take=take,
        refusals={"stock_count_needs_two_people": CannotMoveGoods(OWN)},
        busy=Busy(BUSY),
    )


def _book(row: StockCount, by: Actor, at: datetime) -> None:
    difference = row.counted - row.book
    beside = counter(BESIDE[Cause(row.cause)], row.item)
    legs = [(stock(row.item, row.region_code), difference), (beside, -difference)]
    move_in_ledger("goods.adjusted", str(row.pk), legs, by.username, at)


def _ask(row: StockCount) -> None:
    open_work(
        kind="aid.approve_count",
        target=row,
        permission=Permission.STOCK_APPROVE,
        region_code=row.region_code,
        due_at=row.at + DECIDE_WITHIN,
        not_by=[row.by.username],
    )


def _note(name: str, row: StockCount, by: Actor, **detail: object) -> None:
    region = row.region_code
    record(
        name, target=row, by=by.username, region_code=region, item=row.item, **detail
    )
