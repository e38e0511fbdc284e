"""Freed beds go to who asked first; offers end; who never comes gives the bed back."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Q

from smartkampung.isolation.actions import waiting
from smartkampung.isolation.actions.beds import Ending, free_from, relocate
from smartkampung.isolation.actions.change import cancel, change_arrival
from smartkampung.isolation.actions.intake import set_limit
from smartkampung.isolation.actions.waiting import OfferGone, take_up
from smartkampung.isolation.actions.wish import Guest
from smartkampung.isolation.models import BedUse, House, Reservation
from smartkampung.isolation.queries.waiting import place_in_order
from smartkampung.isolation.rules.states import ReservationState as State
from smartkampung.isolation.rules.states import StayState
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.notify.models import Message
from smartkampung.worklist.models import WorkItem
from tests.cast import FAR_AWAY, HERE
from tests.isolating import ARRIVAL, MONDAY, a_house, book, row_of

pytestmark = pytest.mark.django_db
MADE, KETUT = Guest("Made", "L"), Guest("Ketut", "L")
LATER = [MONDAY + timedelta(minutes=minute) for minute in range(9)]


@pytest.fixture(autouse=True)
def _as_job() -> None:
    act_as(Kind.JOB)


@pytest.fixture
def full() -> Reservation:
    """Return the booking that takes the only bed."""
    a_house(beds=1)
    return row_of(book())


def waits(minute: int, **fields: Any) -> Reservation:
    """Return somebody who asked so many minutes later, and found no room."""
    row = row_of(book(at=LATER[minute], **fields))
    assert row.state == "waiting"
    return row


def states(*rows: Reservation) -> list[str]:
    for row in rows:
        row.refresh_from_db()
    return [row.state for row in rows]


def test_a_freed_bed_is_offered_to_who_asked_first(full: Reservation) -> None:
    second, third = waits(1, phone="081234567890"), waits(2)
    cancel(full, at=LATER[3])
    assert states(second, third) == ["held", "waiting"]
    assert second.held_until == LATER[3] + timedelta(hours=24)
    news = Message.objects.exclude(template="isolation_code").get()
    assert (news.template, news.secret) == ("isolation_news", None)


def test_a_newcomer_does_not_slip_in_between(full: Reservation) -> None:
    waits(1)
    cancel(full, at=LATER[2])
    assert book(at=LATER[3]).state == "waiting"


def test_who_does_not_fit_keeps_the_place_and_lets_others_pass(
    full: Reservation,
) -> None:
    family, alone = waits(1, guests=(MADE, KETUT)), waits(2)
    assert [place_in_order(row) for row in (family, alone)] == [1, 2]
    cancel(full, at=LATER[3])
    assert states(family, alone) == ["waiting", "held"]
    larger = a_house("Besar", beds=2)
    assert waiting.offer_freed(larger.pk, at=LATER[4]) == [family]


def test_other_kecamatan_have_a_list_of_their_own(full: Reservation) -> None:
    far = waits(1, village=FAR_AWAY)
    cancel(full, at=LATER[2])
    assert states(far) == ["waiting"]
    assert place_in_order(far) == 1


def test_nobody_is_offered_what_the_village_cannot_receive(full: Reservation) -> None:
    family = waits(1)
    set_limit(most=0, at=MONDAY, by="dinkes", village=HERE)
    cancel(full, at=LATER[2])
    assert states(family) == ["waiting"]


def test_an_offer_taken_up_is_a_booking(full: Reservation) -> None:
    second = waits(1)
    cancel(full, at=LATER[2])
    take_up(second, at=LATER[3])
    assert states(second) == ["booked"]
    open_items = WorkItem.objects.filter(closed_at=None)
    assert [item.target for item in open_items] == [
        f"isolation.reservation:{second.pk}"
    ]
    with pytest.raises(OfferGone):
        take_up(second, at=LATER[4])


def test_an_offer_that_nobody_takes_up_goes_to_the_next(full: Reservation) -> None:
    second, third = waits(1), waits(2)
    cancel(full, at=LATER[3])
    on_time = LATER[3] + timedelta(hours=24)
    assert waiting.expire_offers(at=on_time - timedelta(seconds=1)) == 0
    assert waiting.expire_offers(at=on_time) == 1
    assert states(second, third) == ["expired", "held"]
    second.refresh_from_db()
    with pytest.raises(OfferGone):
        take_up(second, at=on_time)


def test_an_offer_never_outlasts_the_day_of_arrival(full: Reservation) -> None:
    second = waits(1)
    cancel(full, at=MONDAY + timedelta(days=3))
    second.refresh_from_db()
    assert second.held_until is not None
    assert second.held_until < MONDAY + timedelta(days=4)


def test_waiting_ends_with_the_day_of_arrival(full: Reservation) -> None:
    second = waits(1)
    assert waiting.expire_offers(at=MONDAY + timedelta(days=3)) == 0
    assert waiting.expire_offers(at=MONDAY + timedelta(days=4)) == 1
    assert states(second) == ["expired"]


def test_who_never_comes_gives_the_bed_to_the_next(full: Reservation) -> None:
    day_after = MONDAY + timedelta(days=4)
    second = waits(1, arrives_on=ARRIVAL + timedelta(days=5))
    assert waiting.release_no_shows(at=day_after) == 0
    assert waiting.release_no_shows(at=day_after + timedelta(days=1)) == 1
    assert states(full, second) == ["no_show", "held"]
    assert full.stays.get().state == "no_show"


def test_who_has_arrived_is_no_no_show(full: Reservation) -> None:
    Reservation.objects.filter(pk=full.pk).update(state="arrived")
    assert waiting.release_no_shows(at=MONDAY + timedelta(days=30)) == 0
    cancel(full, at=MONDAY)
    assert states(full) == ["arrived"]


def test_who_leaves_early_makes_room_for_who_waits(full: Reservation) -> None:
    second = waits(1, arrives_on=ARRIVAL + timedelta(days=8))
    leaving = Ending(ARRIVAL + timedelta(days=7), MONDAY, "ratna", StayState.HOSPITAL)
    free_from(full.stays.get(), leaving)
    assert states(second) == ["held"]
    assert House.objects.get() == second.house
    assert BedUse.objects.filter(live=True).count() == 2


def test_an_offer_taken_up_while_the_job_looks_stays_a_booking(
    full: Reservation,
) -> None:
    second = waits(1)
    cancel(full, at=LATER[2])
    second.refresh_from_db()
    end = second.held_until
    assert end is not None
    seen_late = Q(state="held", held_until__lte=end)
    take_up(second, at=end - timedelta(seconds=1))
    assert not waiting.close(second, State.EXPIRED, at=end, by="job", while_=seen_late)
    assert states(second) == ["booked"]
    assert BedUse.objects.filter(stay__reservation=second, live=True).exists()


def test_who_moved_the_day_while_the_job_looks_is_no_no_show(full: Reservation) -> None:
    at = MONDAY + timedelta(days=5)
    missing = Q(arrives_on__lt=at.date() - timedelta(days=1))
    stale = Reservation.objects.get(pk=full.pk)
    change_arrival(full, arrives_on=ARRIVAL + timedelta(days=16), at=at)
    assert not waiting.close(stale, State.NO_SHOW, at=at, by="job", while_=missing)
    assert states(full) == ["booked"]


def test_a_party_that_moved_gives_back_the_beds_where_it_is(full: Reservation) -> None:
    stale = Reservation.objects.get(pk=full.pk)
    other = a_house("Lain", beds=1)
    relocate(full, house_id=other.pk, on=ARRIVAL, at=MONDAY, by="sari")
    assert waiting.close(stale, State.CANCELLED, at=MONDAY, by="public")
    assert not BedUse.objects.filter(live=True).exists()
    assert stale.house_id == other.pk


def test_who_waits_and_comes_on_another_day_is_offered_what_is_free_then(
    full: Reservation,
) -> None:
    second = waits(1)
    free = ARRIVAL + timedelta(days=40)
    change_arrival(second, arrives_on=free, at=LATER[2])
    assert (second.state, second.arrives_on) == ("held", free)
    assert row_of(book(arrives_on=free, at=LATER[3])).state == "waiting"


def test_who_waits_and_finds_no_bed_on_other_days_waits_on(full: Reservation) -> None:
    second = waits(1)
    change_arrival(second, arrives_on=ARRIVAL + timedelta(days=1), at=LATER[2])
    assert second.state == "waiting"
