"""Many reach for the last place at once: exactly one gets it."""

import itertools
from datetime import timedelta
from functools import partial

import pytest

from smartkampung.kernel.claim import Busy
from smartkampung.kernel.errors import Refused
from smartkampung.reopening.counters.actions.booking import (
    Wish,
    book,
    cancel,
    move,
)
from smartkampung.reopening.counters.actions.serving import (
    call_next,
    mark,
    walk_in,
)
from smartkampung.reopening.counters.models import Booking
from smartkampung.reopening.counters.rules.states import State
from tests.counters import LETTER, NOW, TUESDAY, booked, counter, slot
from tests.races import at_once, together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CROWD = 50


def test_the_last_place_goes_to_exactly_one_of_a_crowd() -> None:
    where = slot(counter(people=2))
    numbers = itertools.count()

    def reach() -> str:
        number = next(numbers)
        wish = Wish(where.pk, LETTER, "Wayan", f"0813{number:08}")
        while True:
            try:
                book(wish, key=f"crowd-{number}", at=NOW)
            except Busy:
                continue
            except Refused as refusal:
                return refusal.code
            return "got it"

    answers = at_once(CROWD, reach)
    assert sorted(answers) == ["got it"] + ["slot_full"] * (CROWD - 1)
    assert Booking.objects.count() == 1


def test_two_who_change_places_never_block_each_other() -> None:
    row = counter(people=4)
    early, late = slot(row, 8), slot(row, 9)
    one, two = booked(early), booked(late)
    together(
        lambda: move(booking=one, slot_id=late.pk, at=NOW),
        lambda: move(booking=two, slot_id=early.pk, at=NOW),
    )
    assert (one.slot_id, two.slot_id) == (late.pk, early.pk)


@pytest.mark.parametrize("change", ["move", "cancel"])
def test_whoever_is_marked_as_they_change_is_told_kindly(change: str) -> None:
    row = counter(people=16)
    where, late = slot(row, 8, TUESDAY), slot(row, 9, TUESDAY)

    def changed(mine: Booking) -> str:
        try:
            if change == "move":
                move(booking=mine, slot_id=late.pk, at=NOW)
            else:
                cancel(booking=mine, at=NOW)
        except Refused as refusal:
            return refusal.code
        return "changed"

    def marked(mine: Booking) -> str:
        try:
            mark(booking=mine, state=State.ARRIVED, at=NOW, by="sari")
        except Refused as refusal:
            return refusal.code
        return "marked"

    for _ in range(6):
        mine = booked(where)
        twin = Booking.objects.get(pk=mine.pk)
        answers = together(partial(changed, mine), partial(marked, twin))
        mine.refresh_from_db()
        assert (mine.state, mine.slot_id, tuple(answers)) in {
            (State.ARRIVED, where.pk, ("too_late", "marked")),
            (State.ARRIVED, late.pk, ("changed", "marked")),
            (State.CANCELLED, where.pk, ("changed", "wrong_step")),
        }


def test_a_walk_in_sent_twice_at_once_gets_one_place() -> None:
    row = counter()
    begun = NOW + timedelta(hours=1)

    def come() -> int:
        made = walk_in(
            counter=row,
            service=LETTER,
            name="Ketut",
            first=None,
            key="door",
            at=begun,
            by="sari",
        )
        return made.booking_id

    assert len(set(at_once(3, come))) == Booking.objects.count() == 1


def test_two_officers_who_call_get_two_people() -> None:
    row = counter()
    for _ in range(2):
        mark(booking=booked(slot(row)), state=State.ARRIVED, at=NOW, by="sari")
    begun = NOW + timedelta(hours=1)
    called = at_once(2, lambda: call_next(counter=row, at=begun, by="sari").pk)
    assert len(set(called)) == 2
