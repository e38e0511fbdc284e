"""The day at the counter: who is next, who walks in, who did not come."""

from datetime import timedelta

import pytest
from django.http import Http404

from smartkampung.reopening.counters.actions.booking import Booked
from smartkampung.reopening.counters.actions.serving import (
    NobodyWaits,
    NoPlaceToday,
    NotYet,
    WrongStep,
    call_next,
    end_day,
    mark,
    walk_in,
)
from smartkampung.reopening.counters.actions.upkeep import every_night
from smartkampung.reopening.counters.models import Booking, Counter
from smartkampung.reopening.counters.queries.followed import wall_of
from smartkampung.reopening.counters.queries.offices import (
    booking_for,
    counter_for,
    counters_for,
    day_of,
    filled,
    queue_of,
    slot_for,
)
from smartkampung.reopening.counters.rules.states import First, State
from tests import cast
from tests.cases import rights
from tests.counters import LETTER, NOW, PHONE, TODAY, TUESDAY, booked, counter, slot

pytestmark = pytest.mark.django_db
EIGHT = NOW + timedelta(hours=1, minutes=5)


def arrive(row: Booking) -> Booking:
    mark(booking=row, state=State.ARRIVED, at=EIGHT, by="sari")
    return row


def come(row: Counter, key: str, first: First | None = None) -> Booked:
    return walk_in(
        counter=row,
        service=LETTER,
        name="Ketut",
        first=first,
        key=key,
        at=EIGHT,
        by="sari",
    )


def test_who_comes_first_is_called_first_then_by_time() -> None:
    row = counter()
    later, early = booked(slot(row, 9)), booked(slot(row, 8))
    old = booked(slot(row, 9), first=First.ELDERLY)
    away = booked(slot(row, 8))
    for one in (later, early, old):
        arrive(one)
    assert [one.pk for one in wall_of(row, TODAY).waiting] == [
        *(old.pk, early.pk, later.pk)
    ]
    called = [call_next(counter=row, at=EIGHT, by="sari").pk for _ in range(3)]
    assert called == [old.pk, early.pk, later.pk]
    with pytest.raises(NobodyWaits):
        call_next(counter=row, at=EIGHT, by="sari")
    assert len(wall_of(row, TODAY).called) == 3
    assert away.pk in [one.pk for one in queue_of(row, TODAY)]


def test_who_waits_stands_above_who_is_to_come_and_who_was_served() -> None:
    row = counter()
    served, coming, waits, called = (booked(slot(row, hour)) for hour in (8, 8, 9, 9))
    for one in (served, waits, called):
        arrive(one)
    mark(booking=served, state=State.CALLED, at=EIGHT, by="sari")
    mark(booking=served, state=State.SERVED, at=EIGHT, by="sari")
    mark(booking=called, state=State.CALLED, at=EIGHT, by="sari")
    found = [one.pk for one in queue_of(row, TODAY)]
    assert found == [called.pk, waits.pk, coming.pk, served.pk]


def test_a_walk_in_takes_the_earliest_place_of_today() -> None:
    row = counter(people=2)
    booked(slot(row, 8))
    again = [come(row, "form") for _ in range(2)]
    assert again[0] == again[1]
    found = Booking.objects.get(pk=again[0].booking_id)
    assert (found.slot, found.state, found.way) == (slot(row, 9), "arrived", "walk_in")
    with pytest.raises(NoPlaceToday):
        come(row, "another")


def test_a_walk_in_sent_again_has_the_same_place_though_an_earlier_is_free() -> None:
    row = counter(people=2)
    earlier = booked(slot(row, 8))
    made = come(row, "door-1")
    Booking.objects.filter(pk=earlier.pk).update(state=State.CANCELLED)
    assert come(row, "door-1") == made
    assert Booking.objects.filter(name="Ketut").count() == 1


def test_a_time_is_missed_once_it_has_passed() -> None:
    mine = booked(slot(counter()))
    with pytest.raises(NotYet):
        mark(booking=mine, state=State.MISSED, at=EIGHT, by="sari")
    passed = mine.slot.ends_at
    for _ in range(2):
        mark(booking=mine, state=State.MISSED, at=passed, by="sari")
    # late, and kindly let in
    mark(booking=mine, state=State.ARRIVED, at=passed, by="sari")
    mark(booking=mine, state=State.CALLED, at=passed, by="sari")
    mark(booking=mine, state=State.SERVED, at=passed, by="sari")
    with pytest.raises(WrongStep):
        mark(booking=mine, state=State.ARRIVED, at=passed, by="sari")


def test_the_end_of_the_day_tells_who_never_came() -> None:
    row = counter()
    gone, there = booked(slot(row)), arrive(booked(slot(row)))
    with pytest.raises(NotYet):
        end_day(counter=row, on=TODAY, at=EIGHT, by="sari")
    ended = end_day(counter=row, on=TODAY, at=slot(row, 9).ends_at, by="sari")
    assert ended.missed == 1
    assert [Booking.objects.get(pk=one.pk).state for one in (gone, there)] == [
        State.MISSED,
        State.LEFT,
    ]


def test_at_night_days_end_and_people_are_forgotten() -> None:
    row = counter()
    mine = booked(slot(row), to=PHONE)
    every_night(at=NOW + timedelta(days=1))
    mine.refresh_from_db()
    assert (mine.state, mine.name) == (State.MISSED, "Wayan")
    every_night(at=NOW + timedelta(days=36))
    mine.refresh_from_db()
    assert (mine.name, mine.phone, mine.phone_index) == ("", None, None)


def test_an_office_sees_its_own_counters_only() -> None:
    here, there = counter(), counter(cast.NEXT_DOOR)
    mine, other = booked(slot(here)), booked(slot(there))
    sari = rights(cast.sari())
    assert list(counters_for(sari)) == [here]
    assert counter_for(sari, here.pk) == here
    assert booking_for(sari, mine.pk) == mine
    assert slot_for(sari, slot(here).pk) == slot(here)
    for find, pk in (
        (counter_for, there.pk),
        (booking_for, other.pk),
        (slot_for, slot(there).pk),
    ):
        with pytest.raises(Http404):
            find(sari, pk)


def test_the_day_shows_each_slot_with_its_people() -> None:
    row = counter()
    mine = booked(slot(row, 9, TUESDAY))
    early, late = day_of(row, TUESDAY)
    assert (early.places.held, late.places.held) == (0, 1)
    assert [one.pk for one in late.bookings] == [mine.pk]
    assert filled(slot(row, 9, TUESDAY)).places.held == 1
