"""What the office cannot keep is cancelled by the office, and nobody missed it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from smartkampung.kernel.errors import constraint_name
from smartkampung.notify.models import Message
from smartkampung.notify.texts import text_of
from smartkampung.reopening.counters.actions.offices import close_day, set_hours
from smartkampung.reopening.counters.actions.serving import end_day, mark
from smartkampung.reopening.counters.actions.slots import refit
from smartkampung.reopening.counters.actions.upkeep import every_night
from smartkampung.reopening.counters.models import Booking, Counter, Slot
from smartkampung.reopening.counters.queries.places import offers
from smartkampung.reopening.counters.rules.states import State
from smartkampung.reopening.guidance.models import Guidance
from tests.counters import NOW, PHONE, TODAY, TUESDAY, booked, counter, slot

pytestmark = pytest.mark.django_db
WEDNESDAY = TUESDAY + timedelta(days=1)


def close(row: Counter, *days: int) -> None:
    for number in days:
        on = TODAY + timedelta(days=number)
        close_day(counter=row, on=on, reason="Petugas sakit", by="camat", at=NOW)


def state_of(row: Booking) -> tuple[str, bool]:
    row.refresh_from_db()
    return row.state, row.called_off


def test_a_day_that_the_office_closes_calls_bookings_off_and_tells() -> None:
    row = counter()
    mine, other = booked(slot(row, 8, TUESDAY)), booked(slot(row, 8, WEDNESDAY))
    close(row, 1, 1)
    assert state_of(mine) == (State.CANCELLED, True)
    assert state_of(other) == (State.BOOKED, False)
    told = Message.objects.get(template="counter_called_off")
    text = text_of(told.template, context=told.context, language=told.language)
    assert "24 November 2026" in text
    assert "Wayan" not in text


def test_whoever_was_called_off_books_as_if_nothing_was() -> None:
    row = counter()
    for on in (TUESDAY, WEDNESDAY):
        booked(slot(row, 8, on), to=PHONE)
    close(row, 1, 2)
    later = NOW + timedelta(days=3)
    every_night(at=later)
    assert not Booking.objects.filter(state=State.MISSED).exists()
    booked(slot(row, 8, TODAY + timedelta(days=5)), to=PHONE, at=later)


def test_a_phase_that_shuts_counters_calls_off() -> None:
    row = counter()
    mine = booked(slot(row, 8, TUESDAY))
    first = Guidance.objects.filter(kind="phases").order_by("pk")[0]
    body = first.body | {
        "phases": [
            one | {"settings": one["settings"] | {"counter": 0}}
            for one in first.body["phases"]
        ]
    }
    before = NOW - timedelta(days=2)
    Guidance.objects.create(
        kind="phases",
        since=TUESDAY,
        body=body,
        by="x",
        at=before,
        verified_by="y",
        verified_at=before,
    )
    refit(counter=row, at=NOW)
    assert state_of(mine) == (State.CANCELLED, True)
    found = offers(row.pk, first=False, at=NOW)
    assert {one.on for one in found if one.free} == {TODAY}


def test_a_day_in_which_the_office_closes_misses_nobody() -> None:
    row = counter()
    mine, here = booked(slot(row, 8)), booked(slot(row, 8))
    mark(booking=here, state=State.CALLED, at=NOW, by="sari")
    begun = NOW + timedelta(hours=1, minutes=5)
    close_day(counter=row, on=TODAY, reason="Listrik padam", by="camat", at=begun)
    assert state_of(mine) == (State.BOOKED, False)  # its time has begun
    end_day(counter=row, on=TODAY, at=NOW + timedelta(hours=9), by="sari")
    assert state_of(mine) == (State.CANCELLED, True)
    assert state_of(here) == (State.LEFT, False)


def test_hours_that_are_no_more_are_missed_by_nobody() -> None:
    row = counter()
    mine = booked(slot(row, 8, TUESDAY))
    set_hours(counter=row, hours=[], by="camat", at=NOW)
    assert Slot.objects.get(pk=mine.slot_id).capacity == 0
    ended = end_day(counter=row, on=TUESDAY, at=NOW + timedelta(days=3), by="sari")
    assert ended.missed == 0
    assert state_of(mine) == (State.CANCELLED, True)


def test_booking_called_off_is_cancelled() -> None:
    row = booked(slot(counter()))
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Booking.objects.filter(pk=row.pk).update(called_off=True)
    assert constraint_name(caught.value) == "booking_called_off_is_cancelled"
