"""Wayan books from Surabaya: a bed, his family together, once, or a place in the order."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from smartkampung.isolation.actions.change import bind, cancel, change_arrival
from smartkampung.isolation.actions.claiming import AlreadyStaying
from smartkampung.isolation.actions.intake import IntakeFull, set_limit
from smartkampung.isolation.actions.looking import NoRoom
from smartkampung.isolation.actions.reserve import (
    BadDates,
    BadParty,
)
from smartkampung.isolation.actions.wish import Guest
from smartkampung.isolation.models import Bed, BedUse, House, Reservation, Room, Stay
from smartkampung.isolation.rules.states import Need, Setting
from smartkampung.kernel.clock import day
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.notify.models import Message
from smartkampung.regions.models import Region, ServedVillage
from smartkampung.worklist.models import WorkItem
from tests.cast import FAR_AWAY, HERE, NEXT_DOOR, PUSKESMAS
from tests.isolating import (
    ARRIVAL,
    MONDAY,
    WAYAN_NIK,
    a_bed_use,
    a_house,
    beds_of,
    book,
    row_of,
)

pytestmark = pytest.mark.django_db
WAYAN = Guest("Wayan", "L", date(1990, 3, 12), nik=WAYAN_NIK)
SPOUSE = Guest("Made", "P", date(1992, 5, 2))
SARI = Guest("Sari", "P", date(1988, 1, 9))
CHILD = Guest("Ketut", "L", date(2015, 5, 2))


@pytest.fixture(autouse=True)
def _public() -> None:
    act_as(Kind.PUBLIC)


def beds_taken() -> int:
    return BedUse.objects.filter(live=True).count()


def test_wayan_gets_a_bed_for_a_fortnight_and_a_code() -> None:
    house = a_house()
    booked = book()
    act_as(Kind.JOB)
    row = row_of(booked)
    assert (booked.state, row.house_id, row.region_code) == ("booked", house.pk, HERE)
    use = BedUse.objects.get()
    assert (use.during.lower, use.during.upper) == (ARRIVAL, date(2020, 6, 18))
    assert use.taken.upper == date(2020, 6, 19)
    assert not row.stays.get().bound


def test_the_public_sees_only_what_the_code_opens() -> None:
    a_house()
    booked = book()
    assert not Reservation.objects.exists()
    act_as(Kind.JOB)
    code = bytes(row_of(booked).code_hash)
    act_as(Kind.PUBLIC, tracking=code)
    assert Stay.objects.get().name == "Wayan"


def test_the_village_and_the_puskesmas_are_told_before() -> None:
    a_house()
    booked = book()
    item = WorkItem.objects.get()
    assert item.kind == "isolation.expected"
    assert item.target == f"isolation.reservation:{booked.reservation_id}"
    assert (item.permission, item.region_code) == ("isolation.arrival_await", HERE)
    assert day(item.due_at) == ARRIVAL


def test_the_code_goes_to_the_phone_and_stands_nowhere_else() -> None:
    a_house()
    booked = book(phone="081234567890")
    message = Message.objects.get()
    assert message.secret is not None
    assert message.secret.open() == booked.code
    assert message.context == {}


def test_the_same_form_sent_twice_books_once() -> None:
    a_house()
    first, second = book(key="form-1"), book(key="form-1")
    assert first == second
    assert beds_taken() == 1


def test_a_family_shares_a_room_or_nobody_comes() -> None:
    small, large = a_house("Kecil", beds=2), a_house("Besar", beds=3)
    booked = book(guests=(WAYAN, SPOUSE, CHILD))
    act_as(Kind.JOB)
    assert row_of(booked).house_id == large.pk
    with pytest.raises(NoRoom):
        book(guests=(WAYAN, SPOUSE, CHILD), house_id=small.pk)
    assert beds_taken() == 3
    assert Reservation.objects.count() == 1


def test_a_full_house_names_the_nearest_with_room() -> None:
    full, near = a_house("Penuh", beds=1), a_house("Dekat")
    a_house("Kecamatan lain", village=FAR_AWAY)
    book(house_id=full.pk)
    with pytest.raises(NoRoom) as refused:
        book(house_id=full.pk)
    assert [one.house_id for one in refused.value.alternatives] == [near.pk]


def test_nobody_is_offered_a_bed_beside_strangers_of_another_sex() -> None:
    full, shared = a_house("Penuh", beds=1), a_house("Bersama", beds=2)
    book(house_id=full.pk)
    book(house_id=shared.pk, guests=(WAYAN,))
    with pytest.raises(NoRoom) as refused:
        book(house_id=full.pk, guests=(SARI,))
    assert not refused.value.alternatives
    with pytest.raises(NoRoom) as refused:
        book(house_id=full.pk)
    assert [one.house_id for one in refused.value.alternatives] == [shared.pk]


def test_grown_ups_are_not_offered_a_cot() -> None:
    full, cots, large = a_house("Penuh", beds=1), a_house("Bayi"), a_house("Besar")
    for house, is_cot in ((cots, True), (large, False)):
        room = Room.objects.get(house=house)
        Bed.objects.create(room=room, name="3", cot=is_cot)
    book(house_id=full.pk)
    with pytest.raises(NoRoom) as refused:
        book(house_id=full.pk, guests=(WAYAN, SPOUSE, SARI))
    offered = refused.value.alternatives
    assert [(one.house_id, one.free) for one in offered] == [(large.pk, 3)]


def test_the_own_village_comes_first_then_the_nearest() -> None:
    a_house("Di sebelah", village=NEXT_DOOR, beds=1)
    own = a_house("Di sini", beds=1)
    Region.objects.filter(code=HERE).update(lat=-8.2, lng=114.3)
    House.objects.filter(name="Di sini").update(lat=None)
    booked = [book() for _ in range(3)]
    act_as(Kind.JOB)
    assert row_of(booked[0]).house_id == own.pk
    assert row_of(booked[1]).region_code == NEXT_DOOR
    assert booked[2].state == "waiting"


def test_who_finds_no_room_waits_in_the_order_of_asking() -> None:
    a_house(beds=1)
    book()
    waiting = book()
    act_as(Kind.JOB)
    row = row_of(waiting)
    assert (waiting.state, row.house_id, row.waits_since) == ("waiting", None, MONDAY)


def test_a_shut_house_takes_nobody() -> None:
    a_house(opened=False)
    assert book().state == "waiting"


def test_needs_are_kept_to() -> None:
    a_house()
    assert book(needs=frozenset({Need.WHEELCHAIR})).state == "waiting"
    House.objects.update(wheelchair=True)
    assert book(needs=frozenset({Need.WHEELCHAIR})).state == "booked"


def test_home_isolation_is_the_same_record_with_an_address() -> None:
    a_house(beds=1)
    booked = book(
        setting=Setting.HOME, address="Jalan Kawah 3", place=f"{HERE}.002.007"
    )
    act_as(Kind.JOB)
    row = row_of(booked)
    assert (row.setting, row.region_code) == ("home", f"{HERE}.002.007")
    assert row.centre_id == PUSKESMAS
    assert beds_taken() == 0


def test_a_home_in_nobodys_care_is_told_where_to_ask() -> None:
    a_house()
    ServedVillage.objects.all().delete()
    with pytest.raises(IntakeFull, match="Puskesmas"):
        book(setting=Setting.HOME, address="Jalan Kawah 3")


@pytest.mark.parametrize("place", ["village", "centre"])
def test_intake_is_kept_to_what_hands_can_do(place: str) -> None:
    house = a_house(beds=4)
    where = {"village": HERE, "centre": PUSKESMAS}[place]
    set_limit(most=2, at=MONDAY, by="dinkes", **{place: where})
    book(guests=(WAYAN, CHILD))
    with pytest.raises(IntakeFull):
        book(house_id=house.pk)
    assert book().state == "waiting"
    later = book(house_id=house.pk, arrives_on=ARRIVAL + timedelta(days=30))
    assert later.state == "booked"


def test_the_puskesmas_counts_people_of_all_its_villages_on_any_day() -> None:
    a_house(beds=2)
    there = a_house(village=NEXT_DOOR)
    set_limit(most=1, at=MONDAY, by="dinkes", centre=PUSKESMAS)
    book(arrives_on=ARRIVAL + timedelta(days=10))
    with pytest.raises(IntakeFull):
        book(house_id=there.pk)


@pytest.mark.parametrize("away", [-4, 88])
def test_days_that_nobody_can_book(away: int) -> None:
    a_house()
    with pytest.raises(BadDates):
        book(arrives_on=ARRIVAL + timedelta(days=away))


@pytest.mark.parametrize("people", [0, 13])
def test_parties_of_one_to_twelve(people: int) -> None:
    a_house()
    with pytest.raises(BadParty):
        book(guests=(WAYAN,) * people)


def test_two_may_book_in_wayans_name_and_only_he_is_bound() -> None:
    a_house()
    act_as(Kind.JOB)
    first, second = (row_of(book()).stays.get() for _ in range(2))
    bind(second, at=MONDAY, by="rina")
    with pytest.raises(AlreadyStaying):
        bind(first, at=MONDAY, by="rina")
    assert not Stay.objects.get(pk=first.pk).bound
    bind(second, at=MONDAY, by="rina")
    assert Stay.objects.get(pk=second.pk).bound


def test_a_passport_binds_like_a_nik_and_a_baby_needs_neither() -> None:
    a_house(beds=3)
    tourist = Guest("Anna", "P", None, document_kind="passport", document="X123")
    booked = book(guests=(tourist, replace(tourist, document="", name="Bayi")))
    act_as(Kind.JOB)
    anna, baby = row_of(booked).stays.order_by("pk")
    assert (anna.identity is None, baby.identity) == (False, None)
    bind(baby, at=MONDAY, by="rina")
    assert not baby.bound


def test_a_cancelled_bed_is_free_and_cancelling_twice_does_nothing() -> None:
    a_house(beds=1)
    booked = book()
    act_as(Kind.JOB)
    row = row_of(booked)
    cancel(row, at=MONDAY)
    cancel(row, at=MONDAY + timedelta(days=1))
    assert (row.state, row.ended_at) == ("cancelled", MONDAY)
    assert beds_taken() == 0
    assert not WorkItem.objects.filter(closed_at=None).exists()
    assert book().state == "booked"


def test_another_day_moves_the_bed_with_it() -> None:
    a_house(beds=1)
    booked = book()
    act_as(Kind.JOB)
    row = row_of(booked)
    change_arrival(row, arrives_on=ARRIVAL + timedelta(days=3), at=MONDAY)
    use = BedUse.objects.get(live=True)
    assert use.during.lower == row.arrives_on == row.stays.get().during.lower
    assert row.stays.get().state == "expected"


def test_a_day_that_is_taken_leaves_the_old_one() -> None:
    house = a_house(beds=1)
    a_bed_use(
        None,
        beds_of(house)[0],
        work="cat ulang",
        during=(date(2020, 6, 20), date(2020, 6, 21)),
        taken=(date(2020, 6, 20), date(2020, 6, 21)),
    )
    other = a_house("Lain")
    booked = book(house_id=house.pk)
    act_as(Kind.JOB)
    row = row_of(booked)
    with pytest.raises(NoRoom) as refused:
        change_arrival(row, arrives_on=ARRIVAL + timedelta(days=3), at=MONDAY)
    assert [one.house_id for one in refused.value.alternatives] == [other.pk]
    assert Reservation.objects.get(pk=row.pk).arrives_on == ARRIVAL
    assert BedUse.objects.get(live=True, stay__isnull=False).during.lower == ARRIVAL
    with pytest.raises(BadDates):
        change_arrival(row, arrives_on=date(2020, 5, 1), at=MONDAY)


def test_who_waits_may_name_another_day() -> None:
    a_house(opened=False)
    booked = book()
    act_as(Kind.JOB)
    row = row_of(booked)
    change_arrival(row, arrives_on=ARRIVAL + timedelta(days=3), at=MONDAY)
    assert row.arrives_on == ARRIVAL + timedelta(days=3)
    assert row.state == "waiting"
