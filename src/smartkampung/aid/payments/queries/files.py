"""The file of a batch, from its payments as they stand."""

from datetime import datetime

from smartkampung.aid.models import Payment, PaymentBatch
from smartkampung.aid.payments.queries.batches import payer, payments_of
from smartkampung.aid.payments.rules.pain001 import (
    Initiation,
    Order,
    Party,
    write_initiation,
)
from smartkampung.aid.payments.rules.post import Recipient, write_list
from smartkampung.aid.payments.rules.steps import Channel, PaymentState
from smartkampung.regions.codes import village_of
from smartkampung.regions.queries import names


def file_of(batch: PaymentBatch, *, at: datetime) -> bytes:
    """Return what goes to bank or post office. It holds open numbers: seal it."""
    rows = list(payments_of(batch).filter(state=PaymentState.CHOSEN))
    if batch.channel == Channel.POST:
        places = names(village_of(row.entitlement.region_code) for row in rows)
        return write_list(
            batch.message_id, batch.pay_on, [_recipient(row, places) for row in rows]
        )
    whose = payer()
    assert whose is not None  # bars_to_send looked
    return write_initiation(
        Initiation(
            message_id=batch.message_id,
            made_at=at,
            pay_on=batch.pay_on,
            payer=whose,
            orders=[_order(row) for row in rows],
        )
    )


def _order(row: Payment) -> Order:
    account = row.account
    assert account is not None  # chosen by account
    to = Party(account.holder, account.bank_code, account.number.open())
    return Order(row.reference, row.amount, to)


def _recipient(row: Payment, places: dict[str, str]) -> Recipient:
    due = row.entitlement
    person, village = due.person, village_of(due.region_code)
    return Recipient(
        reference=row.reference,
        name=person.name,
        birth_year=str(person.born_on.year) if person.born_on else "",
        nik_last4=person.nik.masked[-4:] if person.nik else "",
        address=due.family.address,
        village=places.get(village, village),
        amount=row.amount,
    )
