"""Goods on their way to the village, and cash that the post office pays.

Told through the very actions that pages call, each at its own moment.
"""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction

from smartkampung.accounts.roles import Role
from smartkampung.aid.goods.actions import count_goods, receive_goods, send_goods
from smartkampung.aid.goods.counts import count_shelf
from smartkampung.aid.goods.rules import Cause
from smartkampung.aid.models import Entitlement, GoodsMove, Payment, Programme
from smartkampung.aid.payments.actions.accounts import decide_account, record_account
from smartkampung.aid.payments.actions.answers import read_answer
from smartkampung.aid.payments.actions.batches import approve, choose_all, make_batch
from smartkampung.aid.payments.actions.send import send_batch
from smartkampung.aid.payments.queries.batches import totals_of
from smartkampung.aid.payments.rules.post import BACK, TOTAL
from smartkampung.aid.payments.rules.steps import Channel
from smartkampung.demo.cast import KECAMATAN, VILLAGE
from smartkampung.demo.places import REGENCY
from smartkampung.demo.staff import Officers
from smartkampung.kernel.clock import day, telling
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.residents.models import Person

DAY = timedelta(days=1)
CASH, PACK = "blt_dd", "FOOD_PACK"
# What the post office answers about the first payments; the rest is on its way.
SAID = (("paid", ""), ("returned", "UNCL"))


def supply(*, at: datetime, officers: Officers) -> None:
    """Bring packs to the village, and pay the recipients of its cash."""
    _Goods(at - 9 * DAY, officers).tell()
    _Cash(at - 4 * DAY, officers).tell()


class _Goods:
    """Packs that come to the regency and go down to the village, two wet on the way."""

    def __init__(self, at: datetime, officers: Officers) -> None:
        self.at = at
        self.dinsos = officers.of(Role.DINSOS, REGENCY["code"])
        self.camat = officers.of(Role.KECAMATAN_OFFICER, KECAMATAN)
        self.sari = officers.of(Role.VILLAGE_OFFICER, VILLAGE)

    def tell(self) -> None:
        """Receive, send twice, count, and find a shelf that holds too little."""
        at = self.at
        with _then(at):
            receive_goods(
                form_id=uuid.uuid4(),
                item=PACK,
                region=REGENCY["code"],
                quantity=2_000,
                by=self.dinsos,
                at=at,
            )
            down = self._sent(REGENCY["code"], KECAMATAN, 400, at)
        with _then(at + DAY):
            reason = "Dua paket basah."
            self._count(down, 398, reason, at + DAY)
            down = self._sent(KECAMATAN, VILLAGE, 120, at + DAY)
        with _then(at + 2 * DAY):
            self._count(down, 120, "", at + 2 * DAY)
            self._sent(KECAMATAN, VILLAGE, 30, at + 2 * DAY)
        with _then(at + 3 * DAY):
            count_shelf(
                form_id=uuid.uuid4(),
                item=PACK,
                region=VILLAGE,
                counted=119,
                cause=Cause.SPOILED,
                reason="Satu karung beras berlubang.",
                by=self.sari,
                at=at + 3 * DAY,
            )

    def _sent(self, start: str, to: str, quantity: int, at: datetime) -> GoodsMove:
        return send_goods(
            form_id=uuid.uuid4(),
            item=PACK,
            region=start,
            to=to,
            quantity=quantity,
            by=self.dinsos if start == REGENCY["code"] else self.camat,
            at=at,
        )

    def _count(self, move: GoodsMove, arrived: int, reason: str, at: datetime) -> None:
        by = self.camat if move.to_code == KECAMATAN else self.sari
        count_goods(move=move, arrived=arrived, loss_reason=reason, by=by, at=at)


class _Cash:
    """Two accounts, and a batch of the post office that is half answered."""

    def __init__(self, at: datetime, officers: Officers) -> None:
        self.at, self.officers = at, officers
        self.dinsos = officers.of(Role.DINSOS, REGENCY["code"])
        self.camat = officers.of(Role.KECAMATAN_OFFICER, KECAMATAN)

    def tell(self) -> None:
        """Write accounts down, pay by post, and read a first answer."""
        with _then(self.at):
            dues = Entitlement.objects.filter(programme=CASH, tranche__isnull=False)
            people = [due.person for due in dues.order_by("pk")[:2]]
            self._accounts(people)
        with _then(self.at + DAY):
            self._pay(self.at + DAY)

    def _accounts(self, people: Sequence[Person]) -> None:
        sari = self.officers.of(Role.VILLAGE_OFFICER, VILLAGE)
        head = self.officers.of(Role.VILLAGE_HEAD, VILLAGE)
        for rank, person in enumerate(people):
            number = f"00998877{rank:02}"
            row = record_account(
                form_id=uuid.uuid4(),
                person=person,
                bank="114",
                number=number,
                holder=person.name,
                by=sari,
                at=self.at,
            )
            if not rank:
                decide_account(
                    account=row, confirmed=True, number=number, by=head, at=self.at
                )

    def _pay(self, at: datetime) -> None:
        colleague = self.officers.of(Role.KECAMATAN_OFFICER, KECAMATAN, colleague=True)
        batch = make_batch(
            programme=Programme.objects.get(pk=CASH),
            region_code=KECAMATAN,
            channel=Channel.POST,
            pay_on=day(at + DAY),
            by=self.camat,
            at=at,
        )
        if not choose_all(batch=batch, by=self.camat, at=at):
            return  # a very small regency has nobody to pay
        approve(batch=batch, seen=totals_of(batch), by=colleague, at=at)
        batch = send_batch(batch=batch, by=self.dinsos, at=at)
        rows = list(batch.payments.order_by("pk"))
        content = _answer(batch.message_id, rows)
        read_answer(batch=batch, content=content, by=self.dinsos, at=at + DAY)


def _answer(message: str, rows: Sequence[Payment]) -> bytes:
    told = list(zip(rows, SAID, strict=False))
    lines = [
        ["POS-1", message, row.reference, result, reason, row.amount]
        for row, (result, reason) in told
    ]
    total = sum(row.amount for row, _said in told)
    lines.append(["POS-1", message, TOTAL, len(told), "", total])
    text = [",".join(BACK), *(",".join(map(str, line)) for line in lines)]
    return "\n".join(text).encode()


@contextmanager
def _then(at: datetime) -> Iterator[None]:
    """One transaction of the past, acting as a job does."""
    with transaction.atomic(), telling(at):
        act_as(Kind.JOB)
        yield
