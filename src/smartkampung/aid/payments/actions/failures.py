"""A person looked at a payment that failed, or about which the bank changed its mind."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.aid.models import Payment
from smartkampung.aid.payments.actions.batches import (
    BUSY,
    batch_lock,
    note,
    wait_again,
)
from smartkampung.aid.payments.rules.steps import HELD
from smartkampung.kernel.claim import Busy, claim_scarce
from smartkampung.kernel.errors import Refused
from smartkampung.worklist.actions import close_work


class NothingFound(Refused):
    """Say what was found out."""

    code = "nothing_found"


def settle(*, payment: Payment, text: str, by: Actor, at: datetime) -> None:
    """Close the work about a payment with what was found out.

    Aid that is still due waits for its next way to the person. Raises NothingFound.
    """
    if not text.strip():
        raise NothingFound(_("Say what was found out, so that others understand it."))

    def take() -> None:
        if not close_work(target=payment, by=by.username):
            return
        due = payment.entitlement
        held = due.payments.filter(state__in=HELD).exists()
        if payment.state == Payment.State.FAILED and not due.cancelled and not held:
            wait_again(payment)
        note("aid.payment_settled", payment.batch, by, payment=payment.pk, text=text)

    claim_scarce(
        locks=[batch_lock(payment.batch)], take=take, refusals={}, busy=Busy(BUSY)
    )
