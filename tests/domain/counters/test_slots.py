"""Slots follow hours, closed days and the phase; nobody who booked is thrown out."""

from datetime import datetime, timedelta

import pytest
from django.core.cache import caches
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from smartkampung.kernel.clock import WIB
from smartkampung.kernel.errors import constraint_name
from smartkampung.regions.models import Region
from smartkampung.reopening.counters.actions.booking import SlotFull
from smartkampung.reopening.counters.actions.offices import (
    DayIsOver,
    Hours,
    HoursOverlap,
    HoursTooShort,
    NameTaken,
    change_counter,
    close_day,
    open_counter,
    open_day,
    set_hours,
)
from smartkampung.reopening.counters.actions.slots import (
    refit,
    refit_all,
    refit_changed,
)
from smartkampung.reopening.counters.models import Booking, ClosedDay, Opening, Slot
from smartkampung.reopening.counters.queries.capacity import STAMP, allowed_on
from smartkampung.reopening.counters.queries.places import offers
from smartkampung.reopening.pilots.models import Pause, PhaseSpell, Pilot
from smartkampung.worklist.models import WorkItem
from tests import cast
from tests.counters import LETTER, NOW, TODAY, TUESDAY, booked, counter, phase, slot

pytestmark = pytest.mark.django_db


def test_slots_are_made_once_for_the_days_ahead() -> None:
    row = counter()
    before = list(Slot.objects.order_by("pk").values())
    assert len(before) == 15 * 2
    refit_all(at=NOW)
    assert list(Slot.objects.order_by("pk").values()) == before
    refit(counter=row, at=NOW + timedelta(days=1))
    assert Slot.objects.count() == 16 * 2


def test_capacity_follows_the_phase_of_the_day() -> None:
    phase("recovery", since=TUESDAY, until=TUESDAY + timedelta(days=1))
    phase("new_normal", since=TUESDAY + timedelta(days=1))
    row = counter(people=8)
    ahead = [slot(row, on=TODAY + timedelta(days=days)).capacity for days in range(4)]
    assert ahead == [4, 6, 8, 8]


def test_the_job_looks_only_where_something_changed() -> None:
    caches["default"].delete(STAMP)  # what another test left may be this very state
    row = counter()
    assert [refit_changed(at=NOW), refit_changed(at=NOW)] == [True, False]
    phase("new_normal", since=TODAY)
    assert refit_changed(at=NOW)
    assert slot(row).capacity == 8


def test_a_phase_that_loosens_is_booked_before_the_job_comes_by() -> None:
    row = counter()
    full = slot(row)
    for _ in range(full.capacity):
        booked(full)
    refit_changed(at=NOW)
    assert offers(row.pk, first=False, at=NOW)[0].free == 0
    phase("new_normal", since=TODAY)
    assert offers(row.pk, first=False, at=NOW)[0].free == 4
    assert slot(row).capacity == 4  # who reads writes nothing
    booked(full)
    assert slot(row).capacity == 8
    for _ in range(3):
        booked(full)
    with pytest.raises(SlotFull):
        booked(full)


def test_a_phase_that_tightens_is_read_before_the_job_comes_by() -> None:
    phase("new_normal", since=TODAY - timedelta(days=3))
    row = counter()
    refit_changed(at=NOW)
    assert offers(row.pk, first=False, at=NOW)[0].free == 8
    PhaseSpell.objects.update(until=TODAY)
    phase("recovery", since=TODAY)
    assert offers(row.pk, first=False, at=NOW)[0].free == 6


def test_the_job_sees_a_pause_and_asks_to_call_people() -> None:
    phase("new_normal", since=TODAY - timedelta(days=3))
    full = slot(counter(), on=TUESDAY)
    for _ in range(full.capacity):
        booked(full)
    refit_changed(at=NOW)
    pilot = Pilot.objects.create(village_id=cast.HERE, state="paused", chosen_on=TODAY)
    Pause.objects.create(pilot=pilot, since=TODAY, reason="Naik.", by="x", at=NOW)
    assert refit_changed(at=NOW)
    full.refresh_from_db()
    assert full.capacity == 4
    assert WorkItem.objects.filter(kind="counters.over", closed_at=None).count() == 1


def test_before_any_guidance_everybody_may_come() -> None:
    row = counter(at=datetime(2020, 3, 2, 7, tzinfo=WIB))
    assert Slot.objects.filter(counter=row).order_by("starts_at")[0].capacity == 8


def test_a_kecamatan_follows_the_strictest_of_its_villages() -> None:
    phase("new_normal", since=TODAY)
    row = counter(cast.KECAMATAN)
    assert slot(row).capacity == 4  # Karangjati is still in the emergency
    phase("recovery", since=TODAY, village=cast.NEXT_DOOR)
    refit(counter=row, at=NOW)
    assert slot(row).capacity == 6


@pytest.mark.closes("counters.over")
def test_whoever_booked_stays_when_the_phase_falls() -> None:
    good = phase("new_normal", since=TODAY - timedelta(days=3))
    row = counter(people=3)
    people = [booked(slot(row)) for _ in range(3)]
    good.until = TODAY
    good.save(update_fields=["until"])
    refit(counter=row, at=NOW)
    found = slot(row)
    assert found.capacity == 1
    assert set(Booking.objects.values_list("state", flat=True)) == {"booked"}
    assert Booking.objects.count() == len(people)
    work = WorkItem.objects.get(kind="counters.over", closed_at=None)
    assert (work.target, work.region_code) == (f"counters.slot:{found.pk}", cast.HERE)
    phase("new_normal", since=TODAY)
    refit(counter=row, at=NOW)
    assert not WorkItem.objects.filter(closed_at=None).exists()


def test_a_closed_day_takes_nobody() -> None:
    row = counter()
    booked(slot(row, on=TUESDAY))
    for _ in range(2):
        close_day(counter=row, on=TUESDAY, reason="Hari raya", by="camat", at=NOW)
    # The slot that nobody booked is gone; the other one takes nobody more.
    left = Slot.objects.get(counter=row, on=TUESDAY)
    assert (left.starts_at.astimezone(WIB).hour, left.capacity) == (8, 0)
    assert not WorkItem.objects.filter(closed_at=None).exists()
    open_day(counter=row, on=TUESDAY, by="camat", at=NOW)
    open_day(counter=row, on=TUESDAY, by="camat", at=NOW)
    assert slot(row, 9, TUESDAY).capacity == slot(row, 8, TUESDAY).capacity == 4


def test_hours_that_change_leave_people_to_be_called() -> None:
    row = counter()
    booked(slot(row, 9, TUESDAY))
    shorter = [Hours(day, 480, 540, minutes=60, people=8) for day in range(7)]
    set_hours(counter=row, hours=shorter, by="camat", at=NOW)
    assert Booking.objects.get().state == "booked"
    assert WorkItem.objects.filter(kind="counters.over", closed_at=None).count() == 1


def test_a_kecamatan_asks_for_all_its_villages_at_once() -> None:
    row = counter(cast.KECAMATAN)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            refit(counter=row, at=NOW)
        return len(queries)

    few = asked()
    for number in range(20):
        code = f"{cast.KECAMATAN}.3{number:03}"
        Region.objects.create(code=code, name=f"Desa {number}", kind="desa")
    assert (asked(), allowed_on(cast.KECAMATAN, TODAY).percent) == (few, 50)
    assert few < 70


def test_a_day_that_is_over_cannot_be_closed() -> None:
    with pytest.raises(DayIsOver):
        close_day(
            counter=counter(),
            on=TODAY - timedelta(days=1),
            reason="Lupa",
            by="camat",
            at=NOW,
        )


def test_a_counter_that_is_shut_has_no_slots() -> None:
    row = counter()
    change_counter(
        counter=row, name=row.name, services=[LETTER], is_open=False, by="x", at=NOW
    )
    assert not Slot.objects.filter(counter=row).exists()


def test_new_hours_fit_the_slots_ahead() -> None:
    row = counter()
    longer = [Hours(day, 480, 660, minutes=60, people=4) for day in range(7)]
    set_hours(counter=row, hours=longer, by="camat", at=NOW)
    assert [slot(row, hour).capacity for hour in (8, 9, 10)] == [2, 2, 2]


def test_counter_name_once() -> None:
    counter(name="Loket satu")
    with pytest.raises(NameTaken):
        open_counter(
            region=cast.HERE, name="Loket satu", services=[LETTER], by="x", at=NOW
        )


def test_openings_apart() -> None:
    row = counter()
    twice = [Hours(0, 480, 600, 30, 4), Hours(0, 590, 700, 30, 4)]
    with pytest.raises(HoursOverlap):
        set_hours(counter=row, hours=twice, by="x", at=NOW)
    assert row.openings.count() == 7


def test_opening_holds_slots() -> None:
    row = counter()
    with pytest.raises(HoursTooShort):
        set_hours(counter=row, hours=[Hours(0, 480, 490, 30, 4)], by="x", at=NOW)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Opening.objects.create(
            counter=row, weekday=7, opens=0, closes=60, minutes=30, people=1
        )
    assert constraint_name(caught.value) == "opening_holds_slots"


def test_closed_day_once() -> None:
    row = counter()
    day = {"counter": row, "on": TUESDAY, "reason": "Libur", "by": "x", "at": NOW}
    ClosedDay.objects.create(**day)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        ClosedDay.objects.create(**day)
    assert constraint_name(caught.value) == "closed_day_once"


def test_slot_once_at_a_time() -> None:
    twice = slot(counter())
    twice.pk = None
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        twice.save(force_insert=True)
    assert constraint_name(caught.value) == "slot_once_at_a_time"


def test_slot_keeps_what_it_has() -> None:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Slot.objects.filter(counter=counter()).update(kept=99)
    assert constraint_name(caught.value) == "slot_keeps_what_it_has"
