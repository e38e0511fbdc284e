"""A party lost its beds to somebody who is ill: Sari finds it another house."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from smartkampung.isolation.actions import beds
from smartkampung.isolation.actions.wish import Guest
from smartkampung.isolation.models import House, Reservation
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.rls import Kind, act_as
from tests import cast
from tests.cast import NEXT_DOOR
from tests.isolating import a_house, book, row_of

pytestmark = pytest.mark.django_db
MADE = Guest("Made", "L")


@pytest.fixture
def party() -> Reservation:
    """Return Made, whose bed was kept by Wayan, who fell ill."""
    act_as(Kind.JOB)
    a_house(beds=1)
    stay = row_of(book(arrives_on=today(), at=now())).stays.get()
    after = stay.during.upper + timedelta(days=1)
    row = row_of(book(arrives_on=after, at=now(), guests=(MADE,)))
    beds.extend(stay, until=after, at=now(), by="ratna")
    return row


def page(party: Reservation) -> str:
    return reverse("isolation_houses:move", args=[party.pk])


def test_the_work_stands_on_the_board_and_leads_to_the_page(
    party: Reservation,
) -> None:
    board = cast.sign_in(Client(), cast.sari()).get(reverse("staff_home"))
    assert page(party) in board.content.decode()


def test_sari_moves_made_next_door_out_of_her_own_sight(party: Reservation) -> None:
    there = a_house("Rumah Budi", village=NEXT_DOOR)
    sari = cast.sign_in(Client(), cast.sari())
    shown = sari.get(page(party)).content.decode()
    assert "Rumah Budi" in shown
    assert "Made" in shown
    answer = sari.post(page(party), {"house": there.pk})
    assert answer.status_code == 302
    act_as(Kind.JOB)
    party.refresh_from_db()
    assert (party.house, party.region_code) == (there, NEXT_DOOR)
    assert page(party) not in sari.get(reverse("staff_home")).content.decode()
    assert sari.get(page(party)).status_code == 404


def test_a_house_that_filled_up_meanwhile_is_refused_kindly(
    party: Reservation, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = a_house("Rumah Budi", village=NEXT_DOOR)
    monkeypatch.setattr(beds, "lay_in", lambda *_args, **_rest: False)
    answer = cast.sign_in(Client(), cast.sari()).post(page(party), {"house": there.pk})
    assert answer.status_code == 409
    act_as(Kind.JOB)
    assert Reservation.objects.get(pk=party.pk).house != there


@pytest.mark.parametrize("typed", ["", "0", "x"])
def test_only_a_house_with_room_can_be_chosen(party: Reservation, typed: str) -> None:
    a_house("Rumah Budi", village=NEXT_DOOR)
    answer = cast.sign_in(Client(), cast.sari()).post(page(party), {"house": typed})
    assert answer.status_code == 422


def test_no_room_anywhere_names_the_next_door(party: Reservation) -> None:
    shown = cast.sign_in(Client(), cast.sari()).get(page(party)).content.decode()
    assert House.objects.count() == 1
    assert "Puskesmas" in shown


def test_a_neighbour_does_not_see_the_party(party: Reservation) -> None:
    assert cast.sign_in(Client(), cast.budi()).get(page(party)).status_code == 404
