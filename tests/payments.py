"""Batches of payments of the cast, and a bank and a post office that answer them."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.aid.models import (
    AccountList,
    BankAccount,
    Entitlement,
    Payment,
    PaymentAnswer,
    PaymentBatch,
)
from smartkampung.aid.payments.actions.accounts import decide_account, record_account
from smartkampung.aid.payments.actions.answers import read_answer
from smartkampung.aid.payments.actions.batches import approve, choose_all, make_batch
from smartkampung.aid.payments.actions.send import send_batch
from smartkampung.aid.payments.queries.batches import totals_of
from smartkampung.aid.payments.rules.steps import Channel
from smartkampung.aid.payments.simulator import CLOSED as CLOSED
from smartkampung.aid.payments.simulator import PAID as PAID
from smartkampung.aid.payments.simulator import Said, report
from smartkampung.ledger.queries import balances
from smartkampung.residents.models import Person
from tests import cases, cast, population, rounds
from tests.cases import NOW, TODAY
from tests.standing import standing

CASH = "blt_dd"
PAYER = "114:0012345678:Kas Daerah Blambangan"
ACCOUNTS = ("budget", "committed", "in_transit", "paid", "handed_out")


@dataclass(frozen=True)
class Counter:
    """Everybody who pays: Endang makes, Bambang approves, Dian sends."""

    round: rounds.Round
    head: Actor
    dian: Actor
    wayan: Person
    komang: Person

    @property
    def sari(self) -> Actor:
        """Return who writes accounts down."""
        return self.round.desk.sari

    @property
    def endang(self) -> Actor:
        """Return who makes batches."""
        return self.round.desk.endang

    @property
    def bambang(self) -> Actor:
        """Return who approves them."""
        return self.round.desk.bambang


def counter() -> Counter:
    """Open the counter: two recipients of cash, both with an account in force."""
    settings.PAYER = PAYER
    return _counter()


@standing
def _counter() -> Counter:
    made = counter_without_dues(money=2_000_000)
    for person in (made.wayan, made.komang):
        rounds.a_due(made.round, rounds.a_recipient(made.round, person))
    return made


def counter_without_dues(*, money: int, packs: int = 0, places: int = 5) -> Counter:
    """Open the counter before anybody is due anything."""
    settings.PAYER = PAYER
    return _counter_without_dues(money=money, packs=packs, places=places)


@standing
def _counter_without_dues(*, money: int, packs: int, places: int) -> Counter:
    desk = cases.desk(budget=packs)
    round_ = rounds.a_round(code=CASH, budget=money, quota=places, desk=desk)
    head = cast.staff("ketut", Role.VILLAGE_HEAD, cast.HERE, name="I Ketut Rata")
    dian = cast.staff("dian", Role.DINSOS, cast.REGENCY)
    wayan = population.wayan()
    komang = population.person("Komang", "3510095505900001")
    made = Counter(round_, cases.rights(head), cases.rights(dian), wayan, komang)
    for rank, person in enumerate((wayan, komang)):
        account(made, person, f"00112233{rank}")
    return made


def office_of_cash() -> Counter:
    """Open the counter before the village meets, with its own fund."""
    made = counter_without_dues(money=2_000_000)
    rounds.funded(rounds.Office(made.round, made.head), 100_000_000)
    return made


def account(desk: Counter, person: Person, number: str, **more: Any) -> BankAccount:
    """Return an account that Sari wrote down and the village head confirmed."""
    row = waiting_account(desk.sari, person, number, **more)
    decide_account(account=row, confirmed=True, number=number, by=desk.head, at=NOW)
    return BankAccount.objects.get(pk=row.pk)


def waiting_account(
    sari: Actor, person: Person, number: str = "0099887766", **more: Any
) -> BankAccount:
    """Return an account that Sari wrote down."""
    told: dict[str, Any] = {
        "form_id": uuid.uuid4(),
        "person": person,
        "bank": "114",
        "number": number,
        "holder": person.name,
        "by": sari,
        "at": NOW,
    }
    return record_account(**{**told, **more})


def a_list(by: Actor, kind: str) -> AccountList:
    """Return a list of accounts of Sari's RT that is being checked."""
    return AccountList.objects.create(
        kind=kind,
        region_code=cast.RT_HERE,
        digest="print",
        path="",
        brought_by_id=by.staff_id,
        brought_at=NOW,
    )


def draft(desk: Counter, channel: Channel = Channel.BANK) -> PaymentBatch:
    """Return a batch with everybody whom it can pay."""
    batch = empty(desk, channel)
    choose_all(batch=batch, by=desk.endang, at=NOW)
    return batch


def empty(desk: Counter, channel: Channel = Channel.BANK) -> PaymentBatch:
    """Return a draft of Endang's with nobody in it."""
    return make_batch(
        programme=desk.round.cycle.programme,
        region_code=cast.KECAMATAN,
        channel=channel,
        pay_on=TODAY + timedelta(days=1),
        by=desk.endang,
        at=NOW,
    )


def approved(desk: Counter, channel: Channel = Channel.BANK) -> PaymentBatch:
    """Return a batch that Bambang approved."""
    batch = draft(desk, channel)
    approve(batch=batch, seen=totals_of(batch), by=desk.bambang, at=NOW)
    return fresh(batch)


def sent(desk: Counter, channel: Channel = Channel.BANK) -> PaymentBatch:
    """Return a batch that Dian sent."""
    return send_batch(batch=approved(desk, channel), by=desk.dian, at=NOW)


def fresh(batch: PaymentBatch) -> PaymentBatch:
    """Return a batch as it is now."""
    return PaymentBatch.objects.get(pk=batch.pk)


def payment_of(batch: PaymentBatch, person: Person) -> Payment:
    """Return what a batch pays to a person."""
    return Payment.objects.get(batch=batch, entitlement__person=person)


def due_of(person: Person) -> Entitlement:
    """Return what a person is due."""
    return Entitlement.objects.get(person=person)


def bank_says(
    desk: Counter,
    batch: PaymentBatch,
    said: Mapping[Person, Said],
    *,
    answer: str = "ANSWER-1",
) -> PaymentAnswer:
    """Let the bank answer about some people, and read it."""
    lines = {payment_of(batch, who).reference: word for who, word in said.items()}
    content = report(
        message_id=answer,
        about=batch.message_id,
        count=batch.count,
        total=batch.total,
        lines=lines,
        at=NOW,
    )
    return read_answer(batch=batch, content=content, by=desk.dian, at=NOW)


def held() -> dict[str, int]:
    """Return what the accounts of the programme hold."""
    found = balances([f"{name}/{CASH}" for name in ACCOUNTS])
    return {name: found[f"{name}/{CASH}"] for name in ACCOUNTS}


def a_failed_payment(due: Entitlement) -> Payment:
    """Return a payment that was refused, in a batch of the kecamatan."""
    return a_payment(due, state=Payment.State.FAILED, reason="UNCL")


def a_payment(due: Entitlement, **more: Any) -> Payment:
    """Return a payment in a batch of the kecamatan."""
    maker = due.programme.code[:8]
    batch = PaymentBatch.objects.create(
        programme=due.programme,
        region_code=cast.KECAMATAN,
        channel=Channel.POST,
        pay_on=TODAY,
        message_id=f"SK-{maker}-{due.pk}",
        made_by=Staff.objects.get(username="endang"),
        made_at=NOW,
    )
    return Payment.objects.create(
        batch=batch,
        entitlement=due,
        reference=f"R{due.pk}",
        amount=due.amount,
        **more,
    )
