"""Points on pages: opened by the kecamatan, followed by the officer there."""

import uuid

import pytest
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.aid.actions.batch import mark_ready
from smartkampung.aid.goods.actions import move_in_ledger
from smartkampung.aid.models import Point
from smartkampung.kernel.clock import today
from tests import cases, cast, points
from tests.cases import NOW

pytestmark = pytest.mark.django_db
POINTS = "/staff/aid/points/"


def enter(username: str) -> Client:
    """Sign somebody in, reading English."""
    account = Staff.objects.get(username=username)
    return cast.sign_in(cast.english(Client()), account)


def test_a_point_is_opened_followed_and_closed() -> None:
    desk = cases.desk()
    batch = points.filled(desk, 2)
    endang, page = enter("endang"), f"{POINTS}of/{batch.pk}/"
    assert "No point yet" in endang.get(page).content.decode()
    assert endang.post(page, {}).status_code == 422
    told = {"place": "Balai RW 002", "on": f"{today()}", "starts": "08.00"}
    told |= {"ends": "10.00", "capacity": "5", "areas": cast.RT_HERE}
    late = endang.post(page, {**told, "ends": "07.00"})
    assert "The end is not after the beginning." in late.content.decode()
    assert endang.post(page, told).status_code == 302
    assert endang.post(page, {**told, "areas": []}).status_code == 422
    mark_ready(batch=batch, by=desk.endang, at=NOW)
    row = Point.objects.get()
    sari = enter("sari")
    assert "Open a point" not in sari.get(page).content.decode()
    assert sari.post(page, told).status_code == 409
    live = f"{POINTS}{row.pk}/"
    assert "0 of 2 called people" in sari.get(live).content.decode()
    cases.call(points.called(row)[0], desk.sari)
    shown = sari.get(live).content.decode()
    assert "1 of 2 called people" in shown
    assert 'http-equiv="refresh"' in shown
    assert endang.post(f"{live}fill/").status_code == 302
    assert endang.post(f"{live}discard/").status_code == 409
    closed = endang.post(f"{live}close/", follow=True).content.decode()
    assert "Back in the warehouse must be: 1 food pack." in closed
    assert 'http-equiv="refresh"' not in closed


def test_goods_are_taken_to_a_point_and_come_back() -> None:
    desk = cases.desk()
    row = points.opened(desk, points.filled(desk, 1))
    item = row.batch.programme.commodity
    legs = [(f"supplied/{item}", -5), (f"stock/{item}/{cast.KECAMATAN}", 5)]
    move_in_ledger("goods.received", "first", legs, "dian", NOW)
    endang, live = enter("endang"), f"{POINTS}{row.pk}/"
    assert "Take goods to this point" in endang.get(live).content.decode()
    told = {"form_id": f"{uuid.uuid4()}", "region": cast.KECAMATAN, "quantity": "9"}
    assert endang.post(f"{live}carry/", {}).status_code == 422
    assert endang.post(f"{live}carry/", told).status_code == 409
    assert endang.post(f"{live}carry/", {**told, "quantity": "3"}).status_code == 302
    assert "Left at the point" in endang.get(live).content.decode()
    assert endang.post(f"{live}close/").status_code == 409
    back = {"back": "2", "reason": "Satu basah."}
    shown = endang.post(f"{live}close/", back, follow=True).content.decode()
    assert "Back in the warehouse" in shown
    assert "Satu basah." in shown


def test_a_point_is_taken_away() -> None:
    desk = cases.desk()
    row = points.opened(desk, points.filled(desk, 1))
    endang = enter("endang")
    assert endang.post(f"{POINTS}{row.pk}/discard/").status_code == 302
    assert not Point.objects.exists()


def test_a_point_that_reached_everybody_has_nothing_left() -> None:
    desk = cases.desk()
    row = points.opened(desk, cases.draft(desk))
    shown = enter("endang").post(f"{POINTS}{row.pk}/close/", follow=True)
    assert "Everything was handed over" in shown.content.decode()
