"""People take places, move and give them back; never more people than places."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from smartkampung.intake.actions.answers import KeyReused
from smartkampung.kernel.errors import constraint_name
from smartkampung.notify.models import Message
from smartkampung.regions.models import Region
from smartkampung.reopening.counters.actions.booking import (
    BookedAlready,
    NotServed,
    SlotFull,
    SlotGone,
    TodayOnly,
    TooLate,
    Wish,
    book,
    cancel,
    move,
)
from smartkampung.reopening.counters.actions.serving import mark
from smartkampung.reopening.counters.actions.slots import refit
from smartkampung.reopening.counters.models import Booking, Slot
from smartkampung.reopening.counters.queries.followed import booking_by_code
from smartkampung.reopening.counters.queries.places import offers
from smartkampung.reopening.counters.rules.states import First, State
from smartkampung.worklist.models import WorkItem
from tests import cast
from tests.counters import (
    LETTER,
    NOW,
    PHONE,
    TODAY,
    TUESDAY,
    booked,
    code_of,
    counter,
    phase,
    phone,
    slot,
)

pytestmark = pytest.mark.django_db


def test_a_booking_opens_by_its_code_and_hides_the_phone() -> None:
    answer = code_of(slot(counter()), to=PHONE)
    found = booking_by_code(answer.code, at=NOW)
    assert found is not None
    assert (found.pk, found.place, found.state) == (answer.booking_id, 1, "booked")
    assert PHONE not in str(Booking.objects.filter(pk=found.pk).values())
    message = Message.objects.get()
    assert (message.template, message.context) == ("counter_booked", {})


def test_the_same_form_sent_twice_books_once() -> None:
    wish = Wish(slot(counter()).pk, LETTER, "Wayan", PHONE)
    first, second = (book(wish, key="form", at=NOW) for _ in range(2))
    assert first == second
    assert Booking.objects.count() == 1
    with pytest.raises(KeyReused):
        book(Wish(wish.slot_id, LETTER, "Made", phone()), key="form", at=NOW)


def test_a_full_slot_takes_nobody_more_until_somebody_cancels() -> None:
    where = slot(counter(people=4))
    first, _second = booked(where), booked(where)
    with pytest.raises(SlotFull):
        booked(where)
    for _ in range(2):
        cancel(booking=first, at=NOW)
    assert booked(where).place == 1
    assert first.state == State.CANCELLED


def test_whoever_is_over_is_kept_and_nobody_is_let_in() -> None:
    good = phase("new_normal", since=TODAY - timedelta(days=3))
    row = counter(people=4)
    people = [booked(slot(row)) for _ in range(4)]
    good.until = TODAY
    good.save(update_fields=["until"])
    # No job came by since: the booking itself looks at what applies.
    with pytest.raises(SlotFull):
        booked(slot(row))
    refit(counter=row, at=NOW)
    cancel(booking=people[0], at=NOW)
    with pytest.raises(SlotFull):
        booked(slot(row))  # three of two: place number one is free, and stays so
    cancel(booking=people[1], at=NOW)
    assert not WorkItem.objects.filter(closed_at=None).exists()
    cancel(booking=people[2], at=NOW)
    assert booked(slot(row)).place == 1


def test_a_phase_that_fell_is_seen_before_any_job_came_by() -> None:
    good = phase("new_normal", since=TODAY - timedelta(days=3))
    row = counter(people=6)
    for _ in range(3):
        booked(slot(row))
    good.until = TODAY
    good.save(update_fields=["until"])
    assert slot(row).capacity == 6
    with pytest.raises(SlotFull):
        booked(slot(row))


def test_a_phase_that_opens_is_seen_with_the_next_booking() -> None:
    row = counter(people=4)
    booked(slot(row)), booked(slot(row))
    phase("new_normal", since=TODAY)
    assert booked(slot(row)).place == 3  # the job is still to come by
    assert booked(slot(row)).place == 4
    with pytest.raises(SlotFull):
        booked(slot(row))


def test_nobody_waits_at_the_slot_for_what_the_phase_says() -> None:
    row = counter(cast.KECAMATAN)
    for number in range(20):
        code = f"{cast.KECAMATAN}.3{number:03}"
        Region.objects.create(code=code, name=f"Desa {number}", kind="desa")
    with CaptureQueriesContext(connection) as asked:
        booked(slot(row, 8, TUESDAY))
    queries = [one["sql"] for one in asked]
    locked = next(n for n, sql in enumerate(queries) if "set_config('lock" in sql)
    assert len(queries) < 40
    # Only whether anything changed since it was asked.
    under = [sql for sql in queries[locked:] if "pilots_" in sql or "guidance_" in sql]
    assert len(under) == 1


def test_places_are_kept_for_those_who_come_first() -> None:
    row = counter(people=4, share=50)
    where = slot(row, 9, TUESDAY)
    booked(where)
    with pytest.raises(SlotFull):
        booked(where)
    free = {one.slot_id: one.free for one in offers(row.pk, first=False, at=NOW)}
    assert free[where.pk] == 0
    assert booked(where, first=First.PREGNANT).place == 2
    # two hours before, what nobody took is for everybody
    other = slot(row, 8, TUESDAY)
    booked(other)
    late = other.starts_at - timedelta(hours=2)
    assert booked(other, at=late).place == 2


def test_a_phone_books_once_for_a_counter_and_day() -> None:
    row = counter()
    first = booked(slot(row), to=PHONE)
    with pytest.raises(BookedAlready):
        booked(slot(row, 9), to=PHONE)
    assert booked(slot(row, on=TUESDAY), to=PHONE)
    cancel(booking=first, at=NOW)
    assert booked(slot(row, 9), to=PHONE)


def test_who_missed_two_times_books_for_the_same_day() -> None:
    row = counter()
    for hour in (8, 9):
        missed = booked(slot(row, hour), to=PHONE)
        mark(booking=missed, state=State.MISSED, at=missed.slot.ends_at, by="sari")
    with pytest.raises(TodayOnly):
        booked(slot(row, on=TUESDAY), to=PHONE)
    tuesday = NOW + timedelta(days=1)
    today = booked(slot(row, on=TUESDAY), to=PHONE, at=tuesday)
    with pytest.raises(TodayOnly):
        move(
            booking=today,
            slot_id=slot(row, on=TUESDAY + timedelta(days=1)).pk,
            at=tuesday,
        )
    a_month_later = NOW + timedelta(days=31)
    refit(counter=row, at=a_month_later)
    assert booked(
        slot(row, on=a_month_later.date() + timedelta(days=1)),
        to=PHONE,
        at=a_month_later,
    )


def test_moving_frees_the_old_place() -> None:
    row = counter(people=2)
    mine = booked(slot(row))
    for _ in range(2):
        move(booking=mine, slot_id=slot(row, 9, TUESDAY).pk, at=NOW)
    assert (mine.on, mine.place, len(mine.moved_from)) == (TUESDAY, 1, 1)
    assert booked(slot(row)).place == 1


def test_where_the_new_time_is_full_the_old_one_stands() -> None:
    row = counter(people=2)
    booked(slot(row, 9))
    mine = booked(slot(row))
    with pytest.raises(SlotFull):
        move(booking=mine, slot_id=slot(row, 9).pk, at=NOW)
    mine.refresh_from_db()
    assert mine.slot == slot(row)


def test_moving_stays_at_the_counter() -> None:
    mine = booked(slot(counter()))
    other = counter(cast.NEXT_DOOR)
    with pytest.raises(SlotGone):
        move(booking=mine, slot_id=slot(other).pk, at=NOW)


def test_what_has_begun_is_left_as_it_is() -> None:
    row = counter()
    mine, where = booked(slot(row)), slot(row)
    begun = where.starts_at + timedelta(minutes=1)
    with pytest.raises(TooLate):
        move(booking=mine, slot_id=slot(row, 9).pk, at=begun)
    with pytest.raises(SlotGone):
        booked(where, at=begun)
    mark(booking=mine, state=State.ARRIVED, at=begun, by="sari")
    with pytest.raises(TooLate):
        cancel(booking=mine, at=begun)


def test_what_is_not_served_is_refused() -> None:
    where = slot(counter())
    with pytest.raises(NotServed):
        book(Wish(where.pk, "Paspor", "Wayan", PHONE), key="x", at=NOW)


def test_one_phone_is_not_flooded() -> None:
    row = counter()
    for days in range(7):
        booked(slot(row, on=TODAY + timedelta(days=days)), to=PHONE)
    assert Message.objects.count() == 5


def direct(where: Slot, **other: Any) -> Booking:
    """Write a booking past every action."""
    number = Booking.objects.count()
    values: dict[str, Any] = {
        "slot": where,
        "counter_id": where.counter_id,
        "on": where.on,
        "place": number + 1,
        "service": LETTER,
        "way": "page",
        "code_hash": bytes([number]),
        "by": "x",
        "made_at": NOW,
        **other,
    }
    with transaction.atomic():
        return Booking.objects.create(**values)


def refused(name: str) -> Any:
    return pytest.raises(IntegrityError, match=name)


def test_booking_within_capacity() -> None:
    row = counter(people=2)
    direct(slot(row))
    with pytest.raises(IntegrityError) as caught:
        direct(slot(row))
    assert constraint_name(caught.value) == "booking_within_capacity"
    other = direct(slot(row, 9))
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Booking.objects.filter(pk=other.pk).update(slot=slot(row), place=7)
    assert constraint_name(caught.value) == "booking_within_capacity"


def test_booking_place_once() -> None:
    where = slot(counter())
    direct(where, place=1)
    with pytest.raises(IntegrityError) as caught:
        direct(where, place=1)
    assert constraint_name(caught.value) == "booking_place_once"


def test_booking_once_a_day() -> None:
    where = slot(counter())
    direct(where, phone_index=b"x")
    with pytest.raises(IntegrityError) as caught:
        direct(where, phone_index=b"x")
    assert constraint_name(caught.value) == "booking_once_a_day"


def test_booking_code_once() -> None:
    where = slot(counter())
    direct(where, code_hash=b"x")
    with pytest.raises(IntegrityError) as caught:
        direct(where, code_hash=b"x")
    assert constraint_name(caught.value) == "booking_code_once"


def test_booking_stands_in_its_slot() -> None:
    with pytest.raises(IntegrityError) as caught:
        direct(slot(counter()), on=TUESDAY)
    assert constraint_name(caught.value) == "booking_stands_in_its_slot"


def test_booking_steps_in_order() -> None:
    row = direct(slot(counter()))
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Booking.objects.filter(pk=row.pk).update(state=State.SERVED)
    assert constraint_name(caught.value) == "booking_steps_in_order"
