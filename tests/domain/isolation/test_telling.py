"""Who is told of a booking: its phone of every change, and the village before it comes."""

from datetime import date, timedelta

import pytest

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission, Role
from smartkampung.isolation.actions.beds import relocate
from smartkampung.isolation.actions.change import cancel, change_arrival
from smartkampung.isolation.actions.looking import NoRoom
from smartkampung.isolation.arrival.actions.moving import take_elsewhere
from smartkampung.isolation.arrival.queries.parties import expected_for
from smartkampung.isolation.models import Reservation
from smartkampung.isolation.rules.states import Setting
from smartkampung.kernel.clock import day
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.notify.models import Message
from smartkampung.notify.texts import text_of
from smartkampung.worklist.queries import work_for
from tests.cast import HERE, NEXT_DOOR, RT_HERE, RW_HERE
from tests.isolating import ARRIVAL, MONDAY, a_house, book, row_of
from tests.population import actor

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)
PHONE = "+6281234567890"


@pytest.fixture
def booked() -> Reservation:
    act_as(Kind.JOB)
    a_house(beds=1)
    return row_of(book(phone=PHONE, language="id"))


def texts() -> list[str]:
    """Return what was sent after the code."""
    rows = Message.objects.exclude(template="isolation_code").order_by("pk")
    return [
        text_of(row.template, context=row.context, language=row.language)
        for row in rows
    ]


def test_a_change_is_confirmed_with_the_new_day_and_no_name(
    booked: Reservation,
) -> None:
    change_arrival(booked, arrives_on=ARRIVAL + timedelta(days=2), at=LATER)
    [words] = texts()
    assert "6 Juni 2020" in words
    assert "Wayan" not in words
    change_arrival(booked, arrives_on=ARRIVAL, at=LATER + timedelta(minutes=5))
    assert len(texts()) == 2, "each change is confirmed"


def test_a_change_that_is_refused_is_not_confirmed(booked: Reservation) -> None:
    house = booked.house
    assert house is not None
    book(house_id=house.pk, arrives_on=ARRIVAL + timedelta(days=20))
    with pytest.raises(NoRoom):
        change_arrival(booked, arrives_on=ARRIVAL + timedelta(days=10), at=LATER)
    assert texts() == []


def test_a_cancellation_is_confirmed_once(booked: Reservation) -> None:
    cancel(booked, at=LATER)
    cancel(booked, at=LATER + timedelta(minutes=1))
    [words] = texts()
    assert "dibatalkan" in words
    assert "Wayan" not in words


def test_who_left_no_phone_is_not_told() -> None:
    act_as(Kind.JOB)
    a_house()
    row = row_of(book())
    change_arrival(row, arrives_on=ARRIVAL + timedelta(days=2), at=LATER)
    cancel(row, at=LATER)
    assert texts() == []


TOLD = {
    Role.VILLAGE_HEAD: (HERE,),
    Role.RT_HEAD: (RT_HERE,),
    Role.RW_HEAD: (RW_HERE,),
    Role.BABINSA: (HERE,),
    Role.BHABINKAMTIBMAS: (HERE,),
    Role.PUSKESMAS_OFFICER: (HERE, NEXT_DOOR),
}
NOT_TOLD = {
    Role.VILLAGE_OFFICER: (NEXT_DOOR,),
    Role.RT_HEAD: (f"{HERE}.002.008",),
    Role.DINSOS: ("35.10",),
}


def on_the_list_of(who: Actor) -> list[date]:
    """Return the days for which somebody is told to expect people, soon enough.

    It is work only of who lets them in; the others are told.
    """
    act_as(Kind.STAFF, scope=who.regions_where(Permission.STAY_VIEW))
    parties = expected_for(who, Permission.STAY_VIEW, today=day(MONDAY))
    items = work_for(who, list(Permission)).filter(kind="isolation.expected")
    days = sorted(row.arrives_on for row in parties)
    work = days if who.may(Permission.ARRIVAL_AWAIT) else []
    assert sorted(day(item.due_at) for item in items) == work
    act_as(Kind.JOB)
    return days


@pytest.mark.parametrize("role", list(TOLD))
def test_who_must_know_of_them_is_told_days_before_they_come(role: Role) -> None:
    act_as(Kind.JOB)
    a_house()
    book(setting=Setting.HOME, address="Jalan Kawah 3", place=RT_HERE)
    assert on_the_list_of(actor(role, *TOLD[role])) == [ARRIVAL]
    assert day(MONDAY) < ARRIVAL


@pytest.mark.parametrize("role", list(NOT_TOLD))
def test_nobody_else_is_told(role: Role) -> None:
    act_as(Kind.JOB)
    a_house()
    book(setting=Setting.HOME, address="Jalan Kawah 3", place=RT_HERE)
    assert on_the_list_of(actor(role, *NOT_TOLD[role])) == []


def test_another_day_is_told_to_the_village_as_well(booked: Reservation) -> None:
    later = ARRIVAL + timedelta(days=2)
    change_arrival(booked, arrives_on=later, at=LATER)
    assert on_the_list_of(actor(Role.BABINSA, HERE)) == [later]
    cancel(booked, at=LATER)
    assert on_the_list_of(actor(Role.BABINSA, HERE)) == []


@pytest.mark.parametrize("at_the_door", [True, False])
def test_who_is_sent_next_door_is_expected_there_and_here_no_more(
    booked: Reservation, *, at_the_door: bool
) -> None:
    there = a_house("Balai Karangjati", village=NEXT_DOOR)
    sari = actor(Role.VILLAGE_OFFICER, HERE)
    if at_the_door:
        take_elsewhere(party=booked, house_id=there.pk, by=sari, at=LATER)
    else:  # from the board, where a collision was to be solved
        relocate(booked, house_id=there.pk, on=ARRIVAL, at=LATER, by="sari")
    assert on_the_list_of(actor(Role.VILLAGE_HEAD, NEXT_DOOR)) == [ARRIVAL]
    assert on_the_list_of(actor(Role.VILLAGE_HEAD, HERE)) == []
