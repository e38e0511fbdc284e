"""Two hundred people press send for one bed. Neither lock nor constraint is for show.

The mutants prove that the race can see: without the lock the constraint has the last
word, and without both a bed is given away many times.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction

from smartkampung.isolation.actions import claiming
from smartkampung.isolation.actions.change import bind
from smartkampung.isolation.actions.reserve import reserve
from smartkampung.isolation.models import BedUse, House, Reservation, Stay
from smartkampung.kernel.claim import Lock, claim_scarce
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.rls import Kind, act_as
from tests.isolating import MONDAY, a_house, a_wish, book, row_of
from tests.races import at_once, together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def ask_for(house: House) -> str:
    """Try to book one house as a member of the public; return what was said."""
    try:
        with transaction.atomic():
            act_as(Kind.PUBLIC)
            return reserve(
                a_wish(house_id=house.pk), key=uuid4().hex, at=MONDAY
            ).state.value
    except Refused as refused:
        return refused.code


def race(threads: int) -> Counter[str]:
    """Let so many people book one bed at once; return what they were told."""
    house = a_house(beds=1)
    return Counter(at_once(threads, lambda: ask_for(house)))


def doubled() -> int:
    """Return how many live uses a bed has beyond its first."""
    return BedUse.objects.filter(live=True).count() - 1


@contextmanager
def without_constraint() -> Iterator[None]:
    """Take the promise away, and give it back when the doubled rows are gone."""
    change = "ALTER TABLE isolation_beduse {}"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conname = 'bed_taken_once'"
        )
        (definition,) = cursor.fetchone()
        cursor.execute(change.format("DROP CONSTRAINT bed_taken_once"))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE isolation_beduse CASCADE")
            cursor.execute(change.format(f"ADD CONSTRAINT bed_taken_once {definition}"))


@pytest.fixture
def no_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everybody choose a bed without waiting for the others."""

    def unlocked(*, locks: list[Lock], **rest: Any) -> object:
        return claim_scarce(locks=[], **rest)

    monkeypatch.setattr(claiming, "claim_scarce", unlocked)


def test_two_hundred_ask_for_one_bed_and_one_gets_it() -> None:
    said = race(200)
    assert said["booked"] == 1
    # The others were told while they waited for the lock: nobody ran into the promise.
    assert set(said) <= {"booked", "no_room", "busy"}
    assert doubled() == 0


@pytest.mark.usefixtures("no_locks")
def test_without_the_lock_the_constraint_has_the_last_word() -> None:
    said = race(40)
    assert said["booked"] == 1
    assert said["bed_taken"] > 0
    assert doubled() == 0


def test_without_the_constraint_the_lock_is_enough() -> None:
    with without_constraint():
        assert race(40)["booked"] == 1


@pytest.mark.usefixtures("no_locks")
def test_without_both_a_bed_is_given_away_many_times() -> None:
    with without_constraint():
        assert race(40)["booked"] > 1
        assert doubled() > 0


def test_a_family_never_comes_apart_under_load() -> None:
    house = a_house(beds=3)
    guests = a_wish().guests * 2

    def family() -> str:
        try:
            with transaction.atomic():
                act_as(Kind.PUBLIC)
                wish = a_wish(guests=guests, house_id=house.pk)
                return reserve(wish, key=uuid4().hex, at=MONDAY).state.value
        except Refused as refused:
            return refused.code

    said = Counter(together(*[family] * 10, *[lambda: ask_for(house)] * 10))
    with transaction.atomic():
        act_as(Kind.JOB)
        sizes = [
            BedUse.objects.filter(stay__reservation=row, live=True).count()
            == row.stays.count()
            for row in Reservation.objects.all()
        ]
    assert all(sizes)
    assert 1 <= said["booked"] <= 3
    assert doubled() <= 2


def test_the_same_form_pressed_many_times_books_once() -> None:
    a_house(beds=4)

    def send() -> str:
        with transaction.atomic():
            act_as(Kind.PUBLIC)
            return reserve(a_wish(), key="one-form", at=MONDAY).code

    assert len(set(at_once(8, send))) == 1
    assert doubled() == 0


def test_a_person_is_bound_once_at_two_checkpoints() -> None:
    a_house(beds=2)
    with transaction.atomic():
        act_as(Kind.JOB)
        stays = [row_of(book()).stays.get() for _ in range(2)]

    def at_checkpoint(stay: Stay) -> str:
        try:
            with transaction.atomic():
                act_as(Kind.JOB)
                bind(stay, at=MONDAY, by="rina")
                return "bound"
        except Refused as refused:
            return refused.code

    said = together(*[lambda stay=stay: at_checkpoint(stay) for stay in stays])
    assert sorted(said) == ["already_staying", "bound"]
