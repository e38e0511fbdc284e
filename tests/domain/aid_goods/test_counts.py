"""Counts: shelf against books, and two people before a difference is booked."""

import uuid
from typing import Any

import pytest

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Role
from smartkampung.aid.goods.actions import (
    CannotMoveGoods,
    StockExhausted,
    spoil_goods,
)
from smartkampung.aid.goods.counts import CountIncomplete, count_shelf, decide_count
from smartkampung.aid.goods.rules import Cause, CountFault
from smartkampung.aid.models import StockCount
from smartkampung.ledger.queries import accounts_that_disagree
from tests import cases, cast
from tests.cases import NOW
from tests.domain.aid.test_promises import Broken
from tests.domain.aid_goods.test_goods import PACK, dian, held, stock, supplied

pytestmark = pytest.mark.django_db


def second() -> Actor:
    """Return another officer of Dinsos."""
    return cases.rights(cast.staff("rini", Role.DINSOS, cast.REGENCY))


def shelf(keeper: Actor, counted: int, **more: Any) -> StockCount:
    """Count the packs of the regency's warehouse."""
    told: dict[str, Any] = {"cause": Cause.MISSING, "reason": "Rusak.", **more}
    told = {"form_id": uuid.uuid4(), "region": cast.REGENCY, **told}
    return count_shelf(item=PACK, counted=counted, by=keeper, at=NOW, **told)


@pytest.fixture
def keeper() -> Actor:
    """Return who keeps 100 packs."""
    cases.desk()
    made = dian()
    supplied(made)
    return made


def test_a_count_that_agrees_needs_nobody_else(keeper: Actor) -> None:
    assert shelf(keeper, 100).state == "agrees"
    assert cases.open_work_kinds() == []


@pytest.mark.parametrize(
    ("counted", "cause", "beside"),
    [
        (90, Cause.SPOILED, "spoiled"),
        (90, Cause.MISSING, "lost"),
        (110, Cause.FOUND, "found"),
    ],
)
def test_a_difference_is_booked_by_a_second_person(
    keeper: Actor, counted: int, cause: Cause, beside: str
) -> None:
    form = uuid.uuid4()
    row = shelf(keeper, counted, cause=cause, form_id=form)
    assert shelf(keeper, counted, cause=cause, form_id=form) == row
    with pytest.raises(CannotMoveGoods):
        shelf(keeper, counted - 1, cause=cause, form_id=form)
    assert stock(cast.REGENCY) == 100
    assert cases.open_work_kinds() == ["aid.approve_count"]
    with pytest.raises(CannotMoveGoods):
        decide_count(count=row, booked=True, by=keeper, at=NOW)
    rini = second()
    decide_count(count=row, booked=True, by=rini, at=NOW)
    with pytest.raises(CannotMoveGoods):
        decide_count(count=row, booked=True, by=rini, at=NOW)
    assert stock(cast.REGENCY) == counted
    assert held(f"{beside}/{PACK}") == 100 - counted
    assert accounts_that_disagree() == []
    assert cases.open_work_kinds() == []


@pytest.mark.closes("aid.approve_count")
def test_a_refused_count_moves_nothing(keeper: Actor) -> None:
    row = shelf(keeper, 90)
    decide_count(count=row, booked=False, by=second(), at=NOW)
    assert stock(cast.REGENCY) == 100


def test_more_cannot_be_missing_than_is_left(keeper: Actor) -> None:
    row = shelf(keeper, 40)
    spoil_goods(
        form_id=uuid.uuid4(),
        item=PACK,
        region=cast.REGENCY,
        quantity=50,
        reason="Banjir.",
        by=keeper,
        at=NOW,
    )
    with pytest.raises(StockExhausted):
        decide_count(count=row, booked=True, by=second(), at=NOW)
    assert StockCount.objects.get().state == "waiting"


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ({"cause": None}, CountFault.CAUSE_DOES_NOT_FIT),
        ({"cause": Cause.FOUND}, CountFault.CAUSE_DOES_NOT_FIT),
        ({"reason": " "}, CountFault.REASON_MISSING),
    ],
)
def test_a_difference_says_why(
    keeper: Actor, told: dict[str, Any], fault: CountFault
) -> None:
    with pytest.raises(CountIncomplete) as caught:
        shelf(keeper, 90, **told)
    assert caught.value.faults == [fault]


def test_only_the_keeper_counts(keeper: Actor) -> None:
    with pytest.raises(CannotMoveGoods):
        shelf(keeper, 0, region=cast.KECAMATAN)


def breaks(keeper: Actor, name: str, **change: Any) -> None:
    """Change a waiting count past the actions."""
    row = shelf(keeper, 90)
    with Broken(name):
        StockCount.objects.filter(pk=row.pk).update(**change)


def test_stock_count_needs_two_people(keeper: Actor) -> None:
    signed = {"decided_by": keeper.staff_id, "decided_at": NOW, "state": "booked"}
    breaks(keeper, "stock_count_needs_two_people", **signed)


def test_stock_count_difference_has_reason(keeper: Actor) -> None:
    breaks(keeper, "stock_count_difference_has_reason", reason="")


def test_stock_count_decision_is_signed(keeper: Actor) -> None:
    breaks(keeper, "stock_count_decision_is_signed", state="booked")


def test_stock_count_counts(keeper: Actor) -> None:
    breaks(keeper, "stock_count_counts", counted=-1)


def test_stock_count_one_waiting(keeper: Actor) -> None:
    row = shelf(keeper, 90)
    with pytest.raises(CannotMoveGoods):
        shelf(keeper, 80)
    row.pk = uuid.uuid4()
    with Broken("stock_count_one_waiting"):
        row.save(force_insert=True)
