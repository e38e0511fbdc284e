"""Without a booking, one more than booked, or nobody at all."""

from datetime import date, timedelta

import pytest

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.isolation.actions.beds import HouseFull
from smartkampung.isolation.actions.intake import IntakeFull, set_limit
from smartkampung.isolation.actions.waiting import release_no_shows
from smartkampung.isolation.actions.wish import Guest
from smartkampung.isolation.arrival.actions.gate import CannotArrive
from smartkampung.isolation.arrival.actions.moving import (
    admit,
    not_coming,
    take_elsewhere,
)
from smartkampung.isolation.arrival.queries.parties import bed_of, expected_for
from smartkampung.isolation.models import Bed, BedUse, Reservation, Room
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.worklist.models import WorkItem
from tests.arriving import (
    KETUT,
    NOON,
    WAYAN,
    a_party,
    let_in,
    rights,
    stays_of,
)
from tests.cast import HERE, sari
from tests.isolating import ARRIVAL, a_house, beds_of, book, row_of

pytestmark = pytest.mark.django_db
MADE = Guest("Made", "P", date(1992, 5, 2), nik="3510094205920003")


@pytest.fixture
def door() -> Actor:
    """Sari, who lets people in at the house in Sumberwangi."""
    return rights(sari())


def test_without_a_booking_they_get_a_place_and_a_code() -> None:
    act_as(Kind.JOB)
    house = a_house()
    row = row_of(book(guests=(WAYAN,), walked_in=True, arrives_on=ARRIVAL, at=NOON))
    assert (row.walked_in, row.house_id, row.state) == (True, house.pk, "booked")


def test_who_waits_for_a_bed_is_booked_where_a_house_is_found(door: Actor) -> None:
    act_as(Kind.JOB)
    waiting = row_of(book(guests=(WAYAN,), walked_in=True, at=NOON))
    assert waiting.state == "waiting"
    house = a_house("Rumah Kosong")
    take_elsewhere(party=waiting, house_id=house.pk, by=door, at=NOON)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.house_id) == ("booked", house.pk)
    assert WorkItem.objects.filter(kind="isolation.expected", closed_at=None).exists()
    assert let_in(waiting, door)[0].state == "present"


def test_one_more_lies_in_the_room_of_the_party(door: Actor) -> None:
    party, _code = a_party(beds=3)
    act_as(Kind.STAFF, scope=[HERE])
    stay = admit(party=party, guest=MADE, by=door, at=NOON)
    assert bed_of(stay) in beds_of(party.house or a_house())
    assert (stay.during.lower, stay.state, stay.bound) == (ARRIVAL, "expected", False)
    assert len(let_in(party, door)) == 2


def test_one_more_never_lies_with_strangers_of_another_sex(door: Actor) -> None:
    party, _code = a_party(beds=3)
    book(guests=(KETUT,), house_id=party.house_id)
    with pytest.raises(HouseFull):
        admit(party=party, guest=MADE, by=door, at=NOON)
    assert party.stays.count() == 1
    assert party.house is not None
    empty = Room.objects.create(house=party.house, name="Kamar 2")
    Bed.objects.create(room=empty, name="1")
    bed = bed_of(admit(party=party, guest=MADE, by=door, at=NOON))
    assert bed is not None
    assert bed.room == empty


def test_one_more_where_no_bed_is_left_or_nobody_may_come_is_refused(
    door: Actor,
) -> None:
    party, _code = a_party(beds=1)
    with pytest.raises(HouseFull):
        admit(party=party, guest=MADE, by=door, at=NOON)
    home, _code = a_party(setting="home", address="Jalan Kawah 3")
    assert bed_of(admit(party=home, guest=MADE, by=door, at=NOON)) is None
    set_limit(most=1, at=NOON, by="test", village=HERE)
    with pytest.raises(IntakeFull):
        admit(party=home, guest=KETUT, by=door, at=NOON)
    Reservation.objects.update(state="ended")
    with pytest.raises(CannotArrive):
        admit(party=home, guest=KETUT, by=door, at=NOON)


def test_who_is_not_coming_gives_the_bed_back(door: Actor) -> None:
    party, _code = a_party(WAYAN, KETUT)
    wayan, ketut = stays_of(party)
    not_coming(party=party, people=[ketut.pk], by=door, at=NOON)
    assert [use.stay_id for use in BedUse.objects.filter(live=True)] == [wayan.pk]
    not_coming(party=party, people=[wayan.pk], by=door, at=NOON)
    party.refresh_from_db()
    assert party.state == "no_show"
    assert {stay.state for stay in stays_of(party)} == {"no_show"}
    assert not BedUse.objects.filter(live=True).exists()


def test_only_who_is_still_expected_can_stay_away(door: Actor) -> None:
    party, _code = a_party(WAYAN, KETUT)
    wayan, ketut = stays_of(party)
    let_in(party, door, beds={wayan.pk: None})
    for people, code in (([], "nobody"), ([wayan.pk], "not_expected")):
        with pytest.raises(CannotArrive) as caught:
            not_coming(party=party, people=people, by=door, at=NOON)
        assert caught.value.code == code
    not_coming(party=party, people=[ketut.pk], by=door, at=NOON)
    party.refresh_from_db()
    assert party.state == "arrived"


def test_who_never_arrives_is_late_and_then_released(door: Actor) -> None:
    party, _code = a_party()
    for days, late in ((1, 1), (2, 1)):
        on = ARRIVAL + timedelta(days=days)
        assert expected_for(door, Permission.STAY_VIEW, today=on).count() == late
    assert release_no_shows(at=NOON + timedelta(days=2)) == 1
    party.refresh_from_db()
    assert party.state == "no_show"
    assert not BedUse.objects.filter(live=True).exists()
    with pytest.raises(CannotArrive) as caught:
        let_in(party, door, at=NOON + timedelta(days=2))
    assert caught.value.code == "over"
