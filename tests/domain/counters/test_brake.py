"""A pause that comes while somebody waits for the lock of a slot still holds."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest
from django.core.cache import caches
from pytest_django import DjangoAssertNumQueries

from smartkampung.reopening.counters.actions import booking, slots
from smartkampung.reopening.counters.actions.booking import SlotFull, move
from smartkampung.reopening.counters.actions.slots import refit, refit_changed
from smartkampung.reopening.counters.models import Booking, Counter, Slot
from smartkampung.reopening.counters.queries.capacity import STAMP, as_of_now
from smartkampung.reopening.pilots.models import Pause, Pilot
from tests import cast
from tests.counters import NOW, TODAY, TUESDAY, booked, counter, phase, slot

pytestmark = pytest.mark.django_db
WITH_SLOTS = slots.with_slots


def test_while_nothing_is_fitted_days_are_asked_for_once(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    phase("new_normal", since=TODAY - timedelta(days=3))
    row = counter(people=8)
    caches["default"].delete(STAMP)
    slots_ = list(Slot.objects.filter(counter=row))
    first = [one.capacity for one in as_of_now(row.region_id, slots_)]
    with django_assert_max_num_queries(4):
        again = [one.capacity for one in as_of_now(row.region_id, slots_)]
    assert again == first
    pilot = Pilot.objects.create(
        village_id=cast.HERE, state="paused", chosen_on=TODAY - timedelta(days=9)
    )
    Pause.objects.create(pilot=pilot, since=TODAY, reason="Naik.", by="ketut", at=NOW)
    stricter = [one.capacity for one in as_of_now(row.region_id, slots_)]
    assert stricter < first


@pytest.fixture
def busy() -> Counter:
    """A counter of a village in new normal: eight people an hour."""
    phase("new_normal", since=TODAY - timedelta(days=3))
    return counter(people=8)


def pause() -> None:
    """Send the village back to half of the usual people, and fit every slot."""
    pilot = Pilot.objects.create(
        village_id=cast.HERE, state="paused", chosen_on=TODAY - timedelta(days=9)
    )
    Pause.objects.create(pilot=pilot, since=TODAY, reason="Naik.", by="ketut", at=NOW)
    assert refit_changed(at=NOW)


@pytest.fixture
def braked(monkeypatch: pytest.MonkeyPatch) -> Callable[[ModuleType], None]:
    """Let the pause come between the question of a module and its lock."""

    def brake(module: ModuleType) -> None:
        def late(wanted: Iterable[int], take: Any, **options: Any) -> Any:
            monkeypatch.setattr(module, "with_slots", WITH_SLOTS)
            pause()
            return WITH_SLOTS(wanted, take, **options)

        monkeypatch.setattr(module, "with_slots", late)

    return brake


def test_who_asked_before_a_pause_books_under_it(
    busy: Counter, braked: Callable[[ModuleType], None]
) -> None:
    where = slot(busy, on=TUESDAY)
    for _ in range(4):
        booked(where)
    refit_changed(at=NOW)
    braked(booking)

    with pytest.raises(SlotFull):
        booked(where)

    assert Booking.objects.count() == 4


def test_who_moves_into_a_paused_slot_stays_where_they_were(
    busy: Counter, braked: Callable[[ModuleType], None]
) -> None:
    early, late = slot(busy, 8, TUESDAY), slot(busy, 9, TUESDAY)
    for _ in range(4):
        booked(late)
    mine = booked(early)
    braked(booking)

    with pytest.raises(SlotFull):
        move(booking=mine, slot_id=late.pk, at=NOW)

    mine.refresh_from_db()
    assert mine.slot_id == early.pk


def test_hours_changed_during_a_pause_do_not_bring_the_phase_back(
    busy: Counter, braked: Callable[[ModuleType], None]
) -> None:
    refit_changed(at=NOW)
    braked(slots)

    refit(counter=busy, at=NOW)

    ahead = Slot.objects.filter(counter=busy, starts_at__gt=NOW)
    assert set(ahead.values_list("capacity", flat=True)) == {4}
    assert caches["default"].get(STAMP) is not None
    assert not refit_changed(at=NOW)
