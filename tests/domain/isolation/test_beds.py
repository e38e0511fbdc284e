"""Beds change hands, people stay longer and go early; nobody is lost on the way."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from smartkampung.isolation.actions import beds
from smartkampung.isolation.actions.beds import CannotMove, Ending, HouseFull
from smartkampung.isolation.actions.claiming import BedTaken
from smartkampung.isolation.actions.intake import IntakeFull, set_limit
from smartkampung.isolation.actions.waiting import expire_offers
from smartkampung.isolation.actions.wish import Guest
from smartkampung.isolation.models import BedUse, House, Reservation, Stay
from smartkampung.isolation.rules.states import Setting, StayState
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.worklist.models import WorkItem, target_of
from tests.cast import HERE, NEXT_DOOR, PUSKESMAS
from tests.isolating import (
    ARRIVAL,
    FORTNIGHT,
    MONDAY,
    a_bed_use,
    a_house,
    beds_of,
    book,
    row_of,
)

pytestmark = pytest.mark.django_db
END = ARRIVAL + FORTNIGHT
AFTER_CLEANING = END + timedelta(days=1)
MADE = Guest("Made", "L", date(1992, 5, 2))
KETUT = Guest("Ketut", "L", date(1993, 5, 2))


@pytest.fixture(autouse=True)
def _as_job() -> None:
    act_as(Kind.JOB)


def a_guest(**fields: Any) -> Stay:
    """Return the stay of who booked alone."""
    return row_of(book(**fields)).stays.get()


def days_in(house: House) -> list[tuple[str, date, date]]:
    """Return who lies where from when to when, in the order of the beds."""
    rows = BedUse.objects.filter(live=True, bed__room__house=house, stay__isnull=False)
    return [
        (use.stay.name, use.during.lower, use.during.upper)
        for use in rows.select_related("stay").order_by("bed", "during")
        if use.stay
    ]


def extend(stay: Stay, until: date) -> list[Reservation]:
    return beds.extend(stay, until=until, at=MONDAY, by="ratna")


def move(stay: Stay, bed_id: int, on: date) -> None:
    beds.move(stay, bed_id=bed_id, on=on, at=MONDAY, by="sari")


def relocate(row: Reservation, house: House, on: date = ARRIVAL) -> None:
    beds.relocate(row, house_id=house.pk, on=on, at=MONDAY, by="sari")


def end(stay: Stay, on: date, state: StayState = StayState.RELEASED) -> None:
    beds.free_from(stay, Ending(on, MONDAY, "ratna", state))


def test_who_is_ill_stays_and_the_bed_with_them() -> None:
    house = a_house(beds=1)
    stay = a_guest()
    assert extend(stay, END + timedelta(days=5)) == []
    assert days_in(house) == [("Wayan", ARRIVAL, END + timedelta(days=5))]
    assert stay.during.upper == END + timedelta(days=5)


def test_the_next_booking_gets_another_bed_of_the_house() -> None:
    house = a_house(beds=2)
    stay = a_guest()
    later = a_guest(arrives_on=AFTER_CLEANING, guests=(MADE,))
    assert extend(stay, END + timedelta(days=5)) == []
    assert {name for name, *_ in days_in(house)} == {"Wayan", "Made"}
    assert BedUse.objects.filter(stay=later, live=True).count() == 1
    assert not WorkItem.objects.filter(kind="isolation.relocate").exists()


@pytest.mark.closes("isolation.relocate")
def test_a_collision_is_visible_work_and_nobody_is_forgotten() -> None:
    house = a_house(beds=1)
    stay = a_guest()
    later = a_guest(arrives_on=AFTER_CLEANING, guests=(MADE,))
    (displaced,) = extend(stay, END + timedelta(days=5))
    assert displaced == later.reservation
    item = WorkItem.objects.get(kind="isolation.relocate")
    assert item.urgent
    assert item.target == f"isolation.reservation:{displaced.pk}"
    assert Reservation.objects.get(pk=displaced.pk).state == "booked"
    other = a_house("Lain", village=NEXT_DOOR)
    relocate(displaced, other)
    assert days_in(other) == [("Made", AFTER_CLEANING, AFTER_CLEANING + FORTNIGHT)]
    assert days_in(house) == [("Wayan", ARRIVAL, END + timedelta(days=5))]
    assert displaced.region_code == NEXT_DOOR
    assert WorkItem.objects.get(kind="isolation.relocate").closed_by == "sari"


def test_a_family_that_is_displaced_stays_together() -> None:
    a_house(beds=2)
    stay = a_guest()
    family = row_of(book(arrives_on=AFTER_CLEANING, guests=(MADE, KETUT)))
    assert extend(stay, END + timedelta(days=5)) == [family]
    assert not BedUse.objects.filter(stay__reservation=family, live=True).exists()


def test_work_on_a_bed_gives_way_to_who_is_ill() -> None:
    house = a_house(beds=1)
    stay = a_guest()
    painted = (AFTER_CLEANING, AFTER_CLEANING + timedelta(days=2))
    a_bed_use(None, beds_of(house)[0], work="cat", during=painted, taken=painted)
    extend(stay, END + timedelta(days=5))
    assert not BedUse.objects.filter(live=True, stay=None).exists()


def test_a_stay_is_never_made_shorter_by_extending_it() -> None:
    a_house()
    with pytest.raises(CannotMove):
        extend(a_guest(), END)


def test_isolation_at_home_is_extended_without_a_bed() -> None:
    a_house()
    stay = a_guest(setting=Setting.HOME, address="Jalan Kawah 3")
    assert extend(stay, END + timedelta(days=5)) == []
    assert stay.during.upper == END + timedelta(days=5)


def test_another_bed_from_the_day_of_the_move() -> None:
    house = a_house(beds=2)
    stay, (one, two) = a_guest(), beds_of(house)
    on = ARRIVAL + timedelta(days=3)
    move(stay, two.pk, on)
    assert days_in(house) == [("Wayan", ARRIVAL, on), ("Wayan", on, END)]
    # The bed left behind is cleaned before somebody else lies in it.
    assert BedUse.objects.get(bed=one, live=True).taken.upper == on + timedelta(days=1)


def test_confirming_the_bed_one_has_changes_nothing() -> None:
    house = a_house(beds=2)
    stay = a_guest()
    move(stay, beds_of(house)[0].pk, ARRIVAL)
    assert days_in(house) == [("Wayan", ARRIVAL, END)]


def test_a_taken_bed_and_a_bed_elsewhere_are_refused() -> None:
    house = a_house(beds=2)
    stay = a_guest()
    a_guest(guests=(MADE,))
    with pytest.raises(BedTaken):
        move(stay, beds_of(house)[1].pk, ARRIVAL)
    with pytest.raises(CannotMove):
        move(stay, beds_of(a_house("Lain"))[0].pk, ARRIVAL)
    assert len(days_in(house)) == 2


def test_a_party_moves_house_together_in_the_middle_of_its_stay() -> None:
    old, new = a_house(beds=2), a_house("Lain", beds=2, village=NEXT_DOOR)
    row = row_of(book(guests=(MADE, KETUT)))
    on = ARRIVAL + timedelta(days=4)
    relocate(row, new, on)
    assert days_in(old) == [("Made", ARRIVAL, on), ("Ketut", ARRIVAL, on)]
    assert days_in(new) == [("Made", on, END), ("Ketut", on, END)]
    assert (row.house_id, row.region_code) == (new.pk, NEXT_DOOR)


def test_a_full_house_takes_nobody_in_and_nothing_changes() -> None:
    old, small = a_house(beds=2), a_house("Kecil", beds=1)
    row = row_of(book(guests=(MADE, KETUT)))
    with pytest.raises(HouseFull):
        relocate(row, small)
    assert len(days_in(old)) == 2


def test_home_to_house_when_home_does_not_suit() -> None:
    house = a_house()
    row = row_of(book(setting=Setting.HOME, address="Jalan Kawah 3"))
    relocate(row, house)
    assert (row.setting, row.address) == ("house", "")
    assert days_in(house) == [("Wayan", ARRIVAL, END)]


@pytest.mark.closes("isolation.expected")
def test_who_leaves_early_frees_the_bed_after_its_cleaning() -> None:
    house = a_house(beds=1)
    stay = a_guest()
    on = ARRIVAL + timedelta(days=6)
    end(stay, on, StayState.HOSPITAL)
    assert (stay.state, stay.during.upper) == ("hospital", on)
    assert days_in(house) == [("Wayan", ARRIVAL, on)]
    assert a_guest(guests=(MADE,), arrives_on=on).reservation.state == "waiting"
    assert book(guests=(MADE,), arrives_on=on + timedelta(days=1)).state == "booked"
    assert Reservation.objects.get(pk=stay.reservation_id).state == "ended"


def test_a_reservation_ends_with_its_last_stay() -> None:
    a_house(beds=2)
    row = row_of(book(guests=(MADE, KETUT)))
    first, second = row.stays.order_by("pk")
    end(first, END)
    assert Reservation.objects.get(pk=row.pk).state == "booked"
    end(second, END)
    assert Reservation.objects.get(pk=row.pk).state == "ended"
    with pytest.raises(CannotMove):
        end(second, END)
    with pytest.raises(CannotMove):
        relocate(row, a_house("Lain"))


def test_who_never_lay_in_the_bed_leaves_no_night_behind() -> None:
    house = a_house(beds=1)
    stay = a_guest()
    end(stay, ARRIVAL, StayState.HOSPITAL)
    assert days_in(house) == []
    assert stay.during.lower == ARRIVAL


def test_the_database_has_the_last_word() -> None:
    house = a_house(beds=1)
    a_guest()
    with pytest.raises(IntegrityError, match="bed_taken_once"):
        a_bed_use(a_guest(guests=(MADE,)), beds_of(house)[0])


def test_a_waiting_party_that_is_moved_is_booked_and_expected() -> None:
    book(house_id=a_house(beds=1).pk)
    waiting = row_of(book(guests=(MADE,)))
    assert waiting.state == "waiting"
    house = a_house("Lain")
    relocate(waiting, house)
    assert (waiting.state, waiting.house_id) == ("booked", house.pk)
    assert WorkItem.objects.filter(
        kind="isolation.expected", target=target_of(waiting), closed_at=None
    )
    expire_offers(at=MONDAY + timedelta(days=9))
    waiting.refresh_from_db()
    assert waiting.state == "booked"


@pytest.mark.parametrize("place", [{"village": NEXT_DOOR}, {"centre": PUSKESMAS}])
def test_a_party_is_moved_only_to_who_has_hands_for_it(place: dict[str, str]) -> None:
    row = row_of(book(house_id=a_house().pk))
    there = a_house("Rumah Budi", village=NEXT_DOOR)
    set_limit(most=0, at=MONDAY, by="test", **place)
    with pytest.raises(IntakeFull):
        relocate(row, there)
    row.refresh_from_db()
    assert (row.region_code, row.centre_id) == (HERE, PUSKESMAS)
    set_limit(most=1, at=MONDAY + timedelta(hours=1), by="kades", **place)
    relocate(row, there)
    assert row.house_id == there.pk


def test_within_the_village_a_party_moves_whatever_the_limit() -> None:
    row = row_of(book(house_id=a_house().pk))
    set_limit(most=0, at=MONDAY, by="test", village=HERE)
    relocate(row, a_house("Lain"))
    assert row.house is not None
    assert row.house.name == "Lain"
