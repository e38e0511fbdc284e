"""Nobody takes the beds of all in one name, and nobody learns that a name has booked."""

from datetime import date, timedelta

import pytest

from smartkampung.isolation.actions.change import bind, cancel
from smartkampung.isolation.actions.intake import IntakeFull
from smartkampung.isolation.actions.looking import NoRoom
from smartkampung.isolation.actions.wish import Guest
from smartkampung.isolation.models import BedUse, Reservation, Stay
from smartkampung.isolation.rules.states import Setting
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.notify.models import Message
from tests.isolating import ARRIVAL, MONDAY, WAYAN_NIK, a_house, book, row_of

pytestmark = pytest.mark.django_db
WAYAN = Guest("Siapa saja", "L", date(1990, 3, 12), nik=WAYAN_NIK)
KETUT = Guest("Ketut", "L", date(1991, 3, 12))
PHONE = "+6281999999999"


@pytest.fixture(autouse=True)
def house_id() -> int:
    act_as(Kind.JOB)
    return a_house(beds=12).pk


def three_in_one_name() -> list[Reservation]:
    return [row_of(book(guests=(WAYAN,))) for _again in range(3)]


def taken() -> int:
    return BedUse.objects.filter(live=True).count()


def test_one_name_holds_three_beds_and_then_waits_as_if_all_were_full() -> None:
    assert [row.state for row in three_in_one_name()] == ["booked"] * 3
    fourth = row_of(book(guests=(KETUT, WAYAN)))
    assert (fourth.state, taken()) == ("waiting", 3)
    assert row_of(book(guests=(KETUT,))).state == "booked"


def test_a_chosen_house_and_a_home_are_full_for_that_name(house_id: int) -> None:
    three_in_one_name()
    with pytest.raises(NoRoom):
        book(guests=(WAYAN,), house_id=house_id)
    with pytest.raises(IntakeFull):
        book(guests=(WAYAN,), setting=Setting.HOME, address="Jalan Kawah 3")


def test_who_proved_the_name_or_gave_a_bed_back_books_again() -> None:
    first, second, _third = three_in_one_name()
    cancel(second, at=MONDAY)
    assert row_of(book(guests=(WAYAN,))).state == "booked"
    bind(Stay.objects.get(reservation=first), at=MONDAY, by="gate")
    later = ARRIVAL + timedelta(days=30)
    assert row_of(book(guests=(WAYAN,), arrives_on=later)).state == "booked"


def test_no_freed_bed_is_offered_beyond_the_three() -> None:
    first, *_others = three_in_one_name()
    fourth = row_of(book(guests=(WAYAN,)))
    ketut = row_of(book(guests=(KETUT,)))
    cancel(ketut, at=MONDAY)
    fourth.refresh_from_db()
    assert fourth.state == "waiting"
    cancel(first, at=MONDAY)
    fourth.refresh_from_db()
    assert fourth.state == "held"


def test_an_officer_takes_in_whoever_stands_there() -> None:
    three_in_one_name()
    from_gate = row_of(book(guests=(WAYAN,), walked_in=True, by="gede"))
    assert from_gate.state == "booked"


def test_one_telephone_gets_six_codes_a_day_and_six_beds() -> None:
    rows = [row_of(book(guests=(KETUT,), phone=PHONE)) for _again in range(8)]
    assert [row.state for row in rows] == ["booked"] * 6 + ["waiting"] * 2
    assert Message.objects.filter(template="isolation_code").count() == 6
    tomorrow = MONDAY + timedelta(days=1)
    assert row_of(book(guests=(KETUT,), phone=PHONE, at=tomorrow)).state == "booked"
