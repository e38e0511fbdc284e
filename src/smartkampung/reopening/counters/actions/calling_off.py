"""The office cannot serve who booked: that is its doing, and they hear of it."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import override

from smartkampung.audit.actions import record
from smartkampung.intake.actions.cases import reach_step
from smartkampung.kernel.wording import long_day
from smartkampung.notify.actions import send
from smartkampung.reopening.counters.models import Booking
from smartkampung.reopening.counters.rules.states import State


def call_off(rows: QuerySet[Booking], *, at: datetime, by: str) -> None:
    """Cancel bookings that nobody has come to; none of them counts as missed.

    Whoever left a phone is told. Call it in a transaction.
    """
    booked = rows.filter(state=State.BOOKED).select_related("counter").order_by("pk")
    for row in booked.select_for_update(no_key=True, of=("self",)):
        row.state, row.ended_at, row.called_off = State.CANCELLED, at, True
        row.save(update_fields=["state", "ended_at", "called_off"])
        reach_step(code_hashes=[bytes(row.code_hash)], step=State.CANCELLED, at=at)
        record(
            "counters.called_off",
            target=row,
            by=by,
            region_code=row.counter.region_id,
        )
        _tell(row)


def _tell(row: Booking) -> None:
    with override(row.language):
        day = long_day(row.on)
    send(
        key=f"counters.called_off:{row.pk}",
        to=row.phone,
        template="counter_called_off",
        context={"due_on": day},
        language=row.language,
    )
