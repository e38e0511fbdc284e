"""At the door: beds, consent, early and late, and another house."""

from datetime import timedelta

import pytest

from smartkampung.accounts.actor import Actor
from smartkampung.isolation.actions.beds import HouseFull
from smartkampung.isolation.actions.claiming import BedTaken
from smartkampung.isolation.actions.looking import NoRoom
from smartkampung.isolation.arrival.actions import late
from smartkampung.isolation.arrival.actions.check_in import Told, check_in
from smartkampung.isolation.arrival.actions.gate import BoundElsewhere, CannotArrive
from smartkampung.isolation.arrival.actions.moving import admit, take_elsewhere
from smartkampung.isolation.arrival.queries.beds import choices_for, other_houses
from smartkampung.isolation.arrival.queries.parties import bed_of
from smartkampung.isolation.models import BedUse, CheckIn, House, Reservation, Stay
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.worklist.models import WorkItem
from tests.arriving import (
    KETUT,
    MADE,
    NOON,
    WAYAN,
    a_party,
    let_in,
    rights,
    stays_of,
)
from tests.cast import HERE, NEXT_DOOR, sari
from tests.isolating import ARRIVAL, a_house, beds_of, book, row_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def door() -> Actor:
    """Sari, who lets people in at the house in Sumberwangi."""
    return rights(sari())


def house_of(party: Reservation) -> House:
    """Return the house of a party that has one."""
    assert party.house is not None
    return party.house


def test_they_are_let_in_with_what_they_say(door: Actor) -> None:
    party, _code = a_party(WAYAN, KETUT)
    told = Told("Komang, adik", "+6285711112222", "Wayan", "Satu tas")
    act_as(Kind.STAFF, scope=[HERE])
    beds = {stay.pk: None for stay in stays_of(party)}
    came = check_in(party=party, beds=beds, told=told, by=door, at=NOON)
    assert {(stay.state, stay.bound) for stay in came} == {("present", True)}
    assert came[0].consented_at == came[0].present_at == NOON
    row = CheckIn.objects.get(stay=came[0])
    assert row.contact_phone is not None
    assert (row.contact_phone.open(), row.belongings) == ("+6285711112222", "Satu tas")
    assert row.bed == bed_of(came[0])
    party.refresh_from_db()
    assert party.state == "arrived"
    assert not WorkItem.objects.filter(kind="isolation.expected", closed_at=None)


def test_another_free_bed_can_be_chosen_at_the_door(door: Actor) -> None:
    party, _code = a_party(beds=2)
    stay = stays_of(party)[0]
    kept, free = choices_for(stay, since=ARRIVAL)
    assert (kept.kept, free.kept) == (True, False)
    came = let_in(party, door, beds={stay.pk: free.bed_id})
    assert bed_of(came[0]) == beds_of(house_of(party))[1]


def test_a_bed_of_a_stranger_is_neither_offered_nor_given(door: Actor) -> None:
    party, _code = a_party(beds=3)
    stay = stays_of(party)[0]
    other = row_of(book(guests=(KETUT,), house_id=party.house_id))
    taken = BedUse.objects.get(stay__reservation=other, live=True).bed_id
    assert taken not in {choice.bed_id for choice in choices_for(stay, since=ARRIVAL)}
    with pytest.raises(BedTaken):
        let_in(party, door, beds={stay.pk: taken})
    stay.refresh_from_db()
    assert stay.state == "expected"


@pytest.mark.parametrize("days", [-2, 1])
def test_who_comes_early_or_late_begins_the_fourteen_days_today(
    door: Actor, days: int
) -> None:
    party, _code = a_party()
    came = let_in(party, door, at=NOON + timedelta(days=days))[0]
    since = ARRIVAL + timedelta(days=days)
    assert (came.during.lower, came.during.upper) == (since, since + timedelta(days=14))
    use = BedUse.objects.get(stay=came, live=True)
    assert use.during == came.during


def test_early_where_the_bed_is_still_taken_offers_other_houses(door: Actor) -> None:
    party, _code = a_party(beds=1)
    before = row_of(
        book(
            guests=(KETUT,),
            setting="home",
            address="Jalan Baru 1",
            arrives_on=ARRIVAL - timedelta(days=3),
        )
    )
    bed = beds_of(house_of(party))[0]
    days = (ARRIVAL - timedelta(days=3), ARRIVAL)
    BedUse.objects.create(stay=before.stays.get(), bed=bed, during=days, taken=days)
    near = a_house("Rumah Kosong")
    with pytest.raises(NoRoom) as caught:
        let_in(party, door, at=NOON - timedelta(days=2))
    assert [one.house_id for one in caught.value.alternatives] == [near.pk]
    assert stays_of(party)[0].state == "expected"


def test_in_part_is_possible_and_the_rest_comes_later(door: Actor) -> None:
    party, _code = a_party(WAYAN, KETUT)
    wayan, ketut = stays_of(party)
    let_in(party, door, beds={wayan.pk: None})
    ketut.refresh_from_db()
    assert ketut.state == "expected"
    with pytest.raises(CannotArrive) as caught:
        let_in(party, door, beds={wayan.pk: None})
    assert caught.value.code == "not_expected"
    let_in(party, door, beds={ketut.pk: None})
    assert Stay.objects.filter(state="present").count() == 2


def test_who_comes_a_day_later_begins_alone_and_lies_with_the_party(
    door: Actor,
) -> None:
    party, _code = a_party(WAYAN, KETUT, MADE)
    wayan, ketut, made = stays_of(party)
    let_in(party, door, beds={wayan.pk: None})
    let_in(party, door, beds={ketut.pk: None}, at=NOON + timedelta(days=1))
    for stay in (wayan, ketut, made):
        stay.refresh_from_db()
    assert [stay.state for stay in (wayan, ketut, made)] == [
        "present",
        "present",
        "expected",
    ]
    assert [(stay.during.lower - ARRIVAL).days for stay in (wayan, ketut, made)] == [
        0,
        1,
        0,
    ]
    use = BedUse.objects.get(stay=ketut, live=True)
    assert (use.during.lower, use.during.upper) == (
        ketut.during.lower,
        ketut.during.upper,
    )
    party.refresh_from_db()
    assert (party.arrives_on, party.state) == (ARRIVAL, "arrived")


def test_who_joined_on_a_later_day_is_let_in_that_day(door: Actor) -> None:
    party, _code = a_party(WAYAN)
    let_in(party, door)
    later = NOON + timedelta(days=2)
    party.refresh_from_db()
    stay = admit(party=party, guest=KETUT, by=door, at=later)
    let_in(party, door, beds={stay.pk: None}, at=later)
    stay.refresh_from_db()
    assert (stay.state, stay.during.lower) == ("present", later.date())


def test_at_home_who_comes_later_begins_that_day_too(door: Actor) -> None:
    party, _code = a_party(WAYAN, KETUT, setting="home", address="Jalan Kawah 3")
    wayan, ketut = stays_of(party)
    let_in(party, door, beds={wayan.pk: None})
    let_in(party, door, beds={ketut.pk: None}, at=NOON + timedelta(days=1))
    ketut.refresh_from_db()
    assert (ketut.during.lower - ARRIVAL).days == 1


def test_the_bed_of_who_stays_away_from_an_arrived_party_is_given_away(
    door: Actor,
) -> None:
    party, _code = a_party(WAYAN, KETUT, beds=2)
    wayan, ketut = stays_of(party)
    let_in(party, door, beds={wayan.pk: None})
    waits = row_of(book(guests=(MADE,), arrives_on=ARRIVAL + timedelta(days=4)))
    assert waits.state == "waiting"
    act_as(Kind.JOB)
    assert late.release_latecomers(at=NOON + timedelta(days=1)) == 0
    assert late.release_latecomers(at=NOON + timedelta(days=2)) == 1
    ketut.refresh_from_db()
    assert ketut.state == "no_show"
    wayan.refresh_from_db()
    assert wayan.state == "present"


def test_who_came_in_while_the_job_looked_keeps_the_bed(door: Actor) -> None:
    party, _code = a_party(WAYAN, KETUT)
    wayan, ketut = stays_of(party)
    let_in(party, door, beds={wayan.pk: None})
    today = NOON + timedelta(days=2)
    let_in(party, door, beds={ketut.pk: None}, at=today)
    act_as(Kind.JOB)
    assert not late._release(ketut, today)
    assert bed_of(ketut) is not None


def test_nobody_is_let_in_without_a_bed(door: Actor) -> None:
    party, _code = a_party()
    BedUse.objects.update(live=False)
    with pytest.raises(CannotArrive) as caught:
        let_in(party, door)
    assert caught.value.code == "no_bed"
    with pytest.raises(CannotArrive) as caught:
        let_in(party, door, beds={})
    assert caught.value.code == "nobody"


def test_who_is_bound_elsewhere_is_not_let_in(door: Actor) -> None:
    party, _code = a_party()
    other = book(guests=(WAYAN,), house_id=a_house("Rumah Kosong").pk)
    Stay.objects.filter(reservation=other.reservation_id).update(bound=True)
    with pytest.raises(BoundElsewhere):
        let_in(party, door)


def test_home_gets_the_same_record_with_its_address(door: Actor) -> None:
    party, _code = a_party(setting="home", address="Jalan Kawah 3")
    came = let_in(party, door)
    assert came[0].state == "present"
    assert CheckIn.objects.get().bed is None


def test_who_stands_at_another_house_is_taken_in_there(door: Actor) -> None:
    party, _code = a_party()
    right = a_house("Rumah Kosong", village=NEXT_DOOR)
    assert [near.house_id for near in other_houses(party, today=ARRIVAL)] == [right.pk]
    act_as(Kind.STAFF, scope=[HERE])
    name = take_elsewhere(party=party, house_id=right.pk, by=door, at=NOON)
    assert name == "Rumah Kosong"
    act_as(Kind.JOB)
    party.refresh_from_db()
    assert (party.house_id, party.region_code) == (right.pk, NEXT_DOOR)
    assert bed_of(stays_of(party)[0]) in beds_of(right)


def test_a_full_house_takes_nobody_and_the_old_beds_stay(door: Actor) -> None:
    party, _code = a_party(WAYAN, KETUT)
    small = a_house("Rumah Kecil", beds=1)
    before = set(BedUse.objects.filter(live=True).values_list("pk", flat=True))
    with pytest.raises(HouseFull):
        take_elsewhere(party=party, house_id=small.pk, by=door, at=NOON)
    assert set(BedUse.objects.filter(live=True).values_list("pk", flat=True)) == before
