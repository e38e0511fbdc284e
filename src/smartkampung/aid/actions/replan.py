"""Mend the plan of a batch: another day or place, or away with an empty one."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.aid.actions.batch import (
    BUSY,
    BatchRefused,
    batch_lock,
    must_be,
    must_be_soon,
    note_batch,
)
from smartkampung.aid.models import Batch
from smartkampung.kernel.claim import Busy, claim_scarce
from smartkampung.kernel.later import later

State = Batch.State


def move_batch(
    *, batch: Batch, hand_over_on: date, place: str, by: Actor, at: datetime
) -> None:
    """Change day and place of a batch that is not closed.

    Who was told already, and has not received yet, is told anew. Raises BatchRefused.
    """
    must_be_soon(hand_over_on, at)

    def take() -> None:
        now_is = Batch.objects.get(pk=batch.pk)
        must_be(now_is, State.DRAFT, State.READY)
        now_is.hand_over_on, now_is.place = hand_over_on, place
        now_is.save(update_fields=["hand_over_on", "place"])
        if now_is.state == State.READY:
            later("aid.tell_batch", batch_id=now_is.pk)
        note_batch("aid.batch_moved", now_is, by, hand_over_on=str(hand_over_on))

    claim_scarce(locks=[batch_lock(batch)], take=take, refusals={}, busy=Busy(BUSY))


def discard_batch(*, batch: Batch, by: Actor, at: datetime) -> None:
    """Delete a draft that nobody is in; raise BatchRefused when somebody is."""

    def take() -> None:
        now_is = Batch.objects.get(pk=batch.pk)
        must_be(now_is, State.DRAFT)
        if now_is.dues.exists():
            raise BatchRefused(
                _("The batch is not empty. Take the recipients out first.")
            )
        note_batch("aid.batch_discarded", now_is, by, stage=now_is.stage)
        now_is.delete()

    claim_scarce(locks=[batch_lock(batch)], take=take, refusals={}, busy=Busy(BUSY))
