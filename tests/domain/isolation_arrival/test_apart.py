"""One late member of a party moves their own days, and nobody else's."""

from datetime import date, timedelta

import pytest

from smartkampung.accounts.actor import Actor
from smartkampung.isolation.actions.beds import HouseFull
from smartkampung.isolation.actions.wish import Guest
from smartkampung.isolation.arrival.actions.late import release_latecomers
from smartkampung.isolation.arrival.queries.parties import bed_of
from smartkampung.isolation.models import BedUse, Stay
from smartkampung.kernel.rls import Kind, act_as
from tests.arriving import KETUT, NOON, WAYAN, a_party, let_in, rights, stays_of
from tests.cast import sari
from tests.isolating import ARRIVAL, beds_of, book

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def door() -> Actor:
    """Sari, who lets people in at the house in Sumberwangi."""
    return rights(sari())


def days_of(stay: Stay) -> tuple[date, date]:
    stay.refresh_from_db()
    return stay.during.lower, stay.during.upper


def fortnight(since: date) -> tuple[date, date]:
    return since, since + 14 * DAY


def test_who_comes_after_the_rest_begins_today_and_the_rest_goes_on(
    door: Actor,
) -> None:
    party, _code = a_party(WAYAN, KETUT)
    wayan, ketut = stays_of(party)
    let_in(party, door, beds={wayan.pk: None})
    let_in(party, door, beds={ketut.pk: None}, at=NOON + 3 * DAY)
    assert days_of(wayan) == fortnight(ARRIVAL)
    assert days_of(ketut) == fortnight(ARRIVAL + 3 * DAY)
    use = BedUse.objects.get(stay=ketut, live=True)
    assert (use.during.lower, use.during.upper) == days_of(ketut)
    party.refresh_from_db()
    assert party.arrives_on == ARRIVAL


@pytest.mark.parametrize("days", [-1, 1])
def test_one_who_comes_on_another_day_leaves_the_day_of_the_rest(
    door: Actor, days: int
) -> None:
    party, _code = a_party(WAYAN, KETUT)
    wayan, ketut = stays_of(party)
    let_in(party, door, beds={wayan.pk: None}, at=NOON + days * DAY)
    assert days_of(wayan) == fortnight(ARRIVAL + days * DAY)
    assert days_of(ketut) == fortnight(ARRIVAL)
    assert BedUse.objects.get(stay=ketut, live=True).during.lower == ARRIVAL


def test_all_who_are_left_may_still_come_together_on_another_day(door: Actor) -> None:
    party, _code = a_party(WAYAN, KETUT)
    wayan, ketut = stays_of(party)
    let_in(party, door, beds={wayan.pk: None, ketut.pk: None}, at=NOON + DAY)
    party.refresh_from_db()
    assert party.arrives_on == ARRIVAL + DAY
    assert days_of(wayan) == days_of(ketut) == fortnight(ARRIVAL + DAY)


def test_a_bed_that_is_booked_next_is_left_to_who_booked_it(door: Actor) -> None:
    party, _code = a_party(WAYAN, KETUT, beds=3)
    wayan, ketut = stays_of(party)
    let_in(party, door, beds={wayan.pk: None})
    house, kept = party.house, bed_of(ketut)
    assert house is not None
    assert kept is not None
    after = ARRIVAL + 15 * DAY
    next_one = book(
        house_id=house.pk,
        arrives_on=after,
        guests=(Guest("Nyoman", "L", date(1980, 1, 1)),),
    )
    act_as(Kind.JOB)
    BedUse.objects.filter(stay__reservation=next_one.reservation_id).update(bed=kept)
    let_in(party, door, beds={ketut.pk: None}, at=NOON + 2 * DAY)
    assert days_of(ketut) == fortnight(ARRIVAL + 2 * DAY)
    assert bed_of(ketut) not in (None, kept)


def test_where_no_bed_is_left_nothing_changes_and_that_is_said(door: Actor) -> None:
    party, _code = a_party(WAYAN, KETUT)
    wayan, ketut = stays_of(party)
    let_in(party, door, beds={wayan.pk: None})
    house, kept = party.house, bed_of(ketut)
    assert house is not None
    act_as(Kind.JOB)
    taken = (ARRIVAL + 15 * DAY, ARRIVAL + 20 * DAY)
    for bed in beds_of(house):
        free = not BedUse.objects.filter(
            bed=bed, live=True, taken__overlap=taken
        ).exists()
        if free:
            BedUse.objects.create(bed=bed, during=taken, taken=taken, work="cat ulang")
    with pytest.raises(HouseFull):
        let_in(party, door, beds={ketut.pk: None}, at=NOON + 2 * DAY)
    assert days_of(ketut) == fortnight(ARRIVAL)
    assert bed_of(ketut) == kept


def test_who_never_follows_the_party_loses_the_bed_after_a_day(door: Actor) -> None:
    party, _code = a_party(WAYAN, KETUT)
    wayan, ketut = stays_of(party)
    let_in(party, door, beds={wayan.pk: None})
    act_as(Kind.JOB)
    assert release_latecomers(at=NOON + DAY) == 0
    assert release_latecomers(at=NOON + 2 * DAY) == 1
    assert release_latecomers(at=NOON + 2 * DAY) == 0
    ketut.refresh_from_db()
    wayan.refresh_from_db()
    assert (wayan.state, ketut.state) == ("present", "no_show")
    assert not BedUse.objects.filter(stay=ketut, live=True).exists()
    party.refresh_from_db()
    assert party.state == "arrived"
