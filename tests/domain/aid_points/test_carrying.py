"""Goods taken to a point: drawn there, counted at its end, back in the warehouse."""

import uuid
from typing import Any

import pytest

from smartkampung.aid.actions.batch import BatchRefused, mark_ready
from smartkampung.aid.goods.actions import (
    CannotMoveGoods,
    StockExhausted,
    move_in_ledger,
)
from smartkampung.aid.models import Point
from smartkampung.aid.points.actions import close_point, discard_point
from smartkampung.aid.points.carrying import carry_out
from smartkampung.aid.points.queries import goods_at
from smartkampung.ledger.queries import balances
from tests import cases, cast, points
from tests.cases import NOW
from tests.domain.aid.test_promises import Broken

pytestmark = pytest.mark.django_db
FORM = uuid.UUID(int=7)


def ready(packs: int = 10, people: int = 2) -> tuple[cases.Desk, Point, str]:
    """Return a point of a batch that is announced, and the item of its programme."""
    desk = cases.desk()
    batch = points.filled(desk, people)
    point = points.opened(desk, batch)
    mark_ready(batch=batch, by=desk.endang, at=NOW)
    item = batch.programme.commodity
    legs = [(f"supplied/{item}", -packs), (shelf(item), packs)]
    move_in_ledger("goods.received", "first", legs, "dian", NOW)
    return desk, point, item


def shelf(item: str) -> str:
    return f"stock/{item}/{cast.KECAMATAN}"


def carry(desk: cases.Desk, point: Point, quantity: int, **more: Any) -> None:
    """Let Endang take packs to the point."""
    told: dict[str, Any] = {"form_id": FORM, "region": cast.KECAMATAN}
    told |= {"by": desk.endang, "at": NOW, **more}
    carry_out(point=point, quantity=quantity, **told)


def close(desk: cases.Desk, point: Point, **more: Any) -> Any:
    return close_point(point=point, by=desk.endang, at=NOW, **more)


def held(item: str, point: Point) -> dict[str, int]:
    """Return what shelf, point, hands and losses hold."""
    names = {
        "shelf": shelf(item),
        "point": f"carried/{item}/{point.pk}",
        "given": f"given/{item}",
        "lost": f"lost/{item}",
    }
    found = balances(list(names.values()))
    return {name: found.get(code, 0) for name, code in names.items()}


def test_leftovers_return_to_stock_when_the_point_is_closed() -> None:
    desk, point, item = ready()
    carry(desk, point, 2)
    carry(desk, point, 2)
    cases.call(points.called(point)[0], desk.sari)
    assert held(item, point) == {"shelf": 8, "point": 1, "given": 1, "lost": 0}
    goods = goods_at(point)
    assert goods is not None
    assert (goods.taken, goods.given, goods.left) == (2, 1, 1)
    assert close(desk, point, back=1) == {item: 1}
    assert held(item, point) == {"shelf": 9, "point": 0, "given": 1, "lost": 0}
    point.refresh_from_db()
    assert (point.returned, point.missing) == (1, 0)


def test_what_is_missing_is_lost_with_a_reason() -> None:
    desk, point, item = ready()
    carry(desk, point, 3)
    for told in ({}, {"back": 4}, {"back": 2}):
        with pytest.raises(BatchRefused):
            close(desk, point, **told)
    close(desk, point, back=2, reason="Basah kehujanan.")
    assert held(item, point) == {"shelf": 9, "point": 0, "given": 0, "lost": 1}
    point.refresh_from_db()
    assert (point.missing, point.loss_reason) == (1, "Basah kehujanan.")


def test_no_more_is_handed_over_at_a_point_than_was_taken_there() -> None:
    desk, point, item = ready()
    carry(desk, point, 1)
    first, second = points.called(point)
    cases.call(first, desk.sari)
    with pytest.raises(StockExhausted):
        cases.call(second, desk.sari)
    assert close(desk, point, back=0) == {item: 0}


def test_goods_come_from_one_warehouse_of_the_kecamatan_that_one_keeps() -> None:
    desk, point, item = ready()
    with pytest.raises(CannotMoveGoods):
        carry(desk, point, 1, region="35.10.09.2003")
    with pytest.raises(StockExhausted):
        carry(desk, point, 11)
    Point.objects.filter(pk=point.pk).update(warehouse="35.10.09.2003")
    with pytest.raises(CannotMoveGoods):
        carry(desk, point, 1)
    assert held(item, point)["shelf"] == 10


def test_a_point_with_goods_is_not_taken_away_and_a_closed_one_gets_none() -> None:
    desk, point, _item = ready()
    carry(desk, point, 1)
    with pytest.raises(BatchRefused):
        discard_point(point=point, by=desk.endang, at=NOW)
    close(desk, point, back=1)
    with pytest.raises(BatchRefused):
        carry(desk, point, 1, form_id=uuid.uuid4())


def test_point_leftovers_are_told() -> None:
    _desk, point, _item = ready()
    with Broken("point_leftovers_are_told"):
        Point.objects.filter(pk=point.pk).update(returned=1)
