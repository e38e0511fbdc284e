"""Packs go from the regency to the hand of the family, and the ledger misses none."""

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Role
from smartkampung.aid.goods import actions, queries
from smartkampung.aid.goods.actions import CannotMoveGoods, StockExhausted
from smartkampung.aid.models import GoodsMove, Handover
from smartkampung.ledger.queries import accounts_that_disagree, balances, movements_of
from tests import cases, cast
from tests.cases import NOW, call

pytestmark = pytest.mark.django_db
PACK = "FOOD_PACK"


def dian() -> Actor:
    """Return the keeper of the regency's warehouse."""
    return cases.rights(cast.staff("dian", Role.DINSOS, cast.REGENCY))


def supplied(keeper: Actor, quantity: int = 100, **more: Any) -> GoodsMove:
    """Take packs into the regency's warehouse."""
    given: dict[str, Any] = {"form_id": uuid.uuid4(), "region": cast.REGENCY, **more}
    return actions.receive_goods(
        item=PACK, quantity=quantity, by=keeper, at=NOW, **given
    )


def sent(keeper: Actor, quantity: int, start: str, to: str) -> GoodsMove:
    """Send packs on."""
    return actions.send_goods(
        form_id=uuid.uuid4(),
        item=PACK,
        region=start,
        to=to,
        quantity=quantity,
        by=keeper,
        at=NOW,
    )


def counted(move: GoodsMove, keeper: Actor, arrived: int, why: str = "") -> None:
    """Count what arrived."""
    actions.count_goods(move=move, arrived=arrived, loss_reason=why, by=keeper, at=NOW)


def held(where: str) -> int:
    """Return how many packs an account holds."""
    return balances([where]).get(where, 0)


def stock(region: str) -> int:
    """Return how many packs a warehouse holds."""
    return held(f"stock/{PACK}/{region}")


def in_the_village(desk: cases.Desk, quantity: int) -> None:
    """Bring packs from the regency to the village, with nothing lost."""
    keeper = dian()
    supplied(keeper, quantity)
    counted(sent(keeper, quantity, cast.REGENCY, cast.KECAMATAN), desk.endang, quantity)
    counted(sent(desk.endang, quantity, cast.KECAMATAN, cast.HERE), desk.sari, quantity)


def test_packs_go_down_with_losses_and_leftovers_come_back() -> None:
    desk, keeper = cases.desk(), dian()
    supplied(keeper, 100)
    move = sent(keeper, 40, cast.REGENCY, cast.KECAMATAN)
    assert (stock(cast.REGENCY), held(f"moving/{PACK}")) == (60, 40)
    assert list(queries.on_the_way_to(cast.KECAMATAN)) == [move]
    counted(move, desk.endang, 38, "Dua dus basah.")
    assert (stock(cast.KECAMATAN), held(f"lost/{PACK}")) == (38, 2)
    counted(sent(desk.endang, 10, cast.KECAMATAN, cast.HERE), desk.sari, 10)
    back = sent(desk.sari, 4, cast.HERE, cast.KECAMATAN)
    counted(back, desk.endang, 4)
    assert (stock(cast.HERE), stock(cast.KECAMATAN)) == (6, 32)
    assert held(f"moving/{PACK}") == 0
    assert held(f"supplied/{PACK}") == -100
    assert accounts_that_disagree() == []


def test_a_hand_over_draws_from_the_village() -> None:
    desk = cases.desk(budget=3)
    in_the_village(desk, 5)
    call(cases.at_the_counter(desk), desk.sari)
    assert (stock(cast.HERE), held(f"given/{PACK}")) == (4, 1)
    kinds = [
        row.transfer.kind for row in movements_of(f"stock/{PACK}/{cast.HERE}", most=5)
    ]
    assert sorted(kinds) == ["goods.arrived", "goods.given"]


def test_what_is_not_there_is_not_handed_over() -> None:
    desk = cases.desk(budget=3)
    in_the_village(desk, 1)
    actions.spoil_goods(
        form_id=uuid.uuid4(),
        item=PACK,
        region=cast.HERE,
        quantity=1,
        reason="Banjir.",
        by=desk.sari,
        at=NOW,
    )
    assert held(f"spoiled/{PACK}") == 1
    due = cases.at_the_counter(desk)
    with pytest.raises(StockExhausted):
        call(due, desk.sari)
    assert not Handover.objects.exists()
    assert cases.held() == (2, 1, 0)


def test_where_no_stock_is_kept_nothing_is_drawn() -> None:
    desk = cases.desk(budget=3)
    call(cases.at_the_counter(desk), desk.sari)
    assert held(f"given/{PACK}") == 0


def test_the_same_form_sent_twice_counts_once() -> None:
    cases.desk()
    keeper, form = dian(), uuid.uuid4()
    supplied(keeper, form_id=form)
    supplied(keeper, form_id=form)
    with pytest.raises(CannotMoveGoods):
        supplied(keeper, 90, form_id=form)
    with pytest.raises(CannotMoveGoods):
        actions.spoil_goods(
            form_id=form,
            item=PACK,
            region=cast.REGENCY,
            quantity=100,
            reason="Banjir.",
            by=keeper,
            at=NOW,
        )
    assert stock(cast.REGENCY) == 100


def test_no_warehouse_goes_below_zero() -> None:
    cases.desk()
    keeper = dian()
    supplied(keeper, 5)
    with pytest.raises(StockExhausted):
        sent(keeper, 6, cast.REGENCY, cast.KECAMATAN)
    assert GoodsMove.objects.count() == 1


def test_goods_skip_no_warehouse_and_only_its_keeper_moves_them() -> None:
    desk, keeper = cases.desk(), dian()
    supplied(keeper)
    with pytest.raises(CannotMoveGoods):
        sent(keeper, 1, cast.REGENCY, cast.HERE)
    with pytest.raises(CannotMoveGoods):
        sent(desk.sari, 1, cast.REGENCY, cast.KECAMATAN)
    with pytest.raises(CannotMoveGoods):
        supplied(desk.endang, region=cast.KECAMATAN)
    move = sent(keeper, 9, cast.REGENCY, cast.KECAMATAN)
    with pytest.raises(CannotMoveGoods):
        counted(move, desk.sari, 9)
    with pytest.raises(CannotMoveGoods):
        counted(move, desk.endang, 8)
    with pytest.raises(CannotMoveGoods):
        counted(move, desk.endang, 10)
    counted(move, desk.endang, 9)
    with pytest.raises(CannotMoveGoods):
        counted(move, desk.endang, 9)


def test_everybody_sees_the_warehouses_of_their_area() -> None:
    desk = cases.desk()
    in_the_village(desk, 5)
    seen = [(row.region, row.amount) for row in queries.held_for(desk.endang)]
    assert seen == [(cast.KECAMATAN, 0), (cast.HERE, 5)]
    assert queries.items() == [PACK, "NUTRITION_PACK"]
    assert queries.warehouse_for(desk.endang, cast.HERE) == cast.HERE
    for outside in (cast.FAR_AWAY, cast.RT_HERE, cast.REGENCY):
        with pytest.raises(Http404):
            queries.warehouse_for(desk.endang, outside)


# -- promises of the database -------------------------------------------------


def breaks(name: str, row: GoodsMove, **changes: Any) -> None:
    """Change a row past every action, and expect the database to refuse."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        GoodsMove.objects.filter(pk=row.pk).update(**changes)


def shipment() -> GoodsMove:
    """Return packs on their way to the kecamatan."""
    cases.desk()
    keeper = dian()
    supplied(keeper)
    return sent(keeper, 9, cast.REGENCY, cast.KECAMATAN)


def test_goods_move_moves_something() -> None:
    breaks("goods_move_moves_something", shipment(), quantity=0)


def test_goods_move_spoiled_has_reason() -> None:
    breaks("goods_move_spoiled_has_reason", shipment(), kind="spoiled", to_code="")


def test_goods_move_goes_somewhere() -> None:
    row = shipment()
    breaks("goods_move_goes_somewhere", row, to_code="")
    breaks("goods_move_goes_somewhere", row, to_code=row.region_code)


def test_goods_move_arrival_is_whole() -> None:
    row = shipment()
    breaks("goods_move_arrival_is_whole", row, arrived=9)
    other = {
        "arrived_by": cast.staff("x", Role.DINSOS, cast.REGENCY),
        "arrived_at": NOW,
    }
    breaks("goods_move_arrival_is_whole", row, arrived=10, loss_reason="?", **other)
    breaks("goods_move_arrival_is_whole", row, arrived=8, **other)


def test_goods_move_counted_by_another() -> None:
    row = shipment()
    breaks(
        "goods_move_counted_by_another",
        row,
        arrived=9,
        arrived_at=NOW,
        arrived_by=row.by_id,
    )
