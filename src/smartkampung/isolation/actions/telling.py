"""Tell the village before people arrive, and people when there is news."""

from datetime import date, datetime, timedelta

from django.utils.translation import override

from smartkampung.isolation.models import Reservation
from smartkampung.kernel.clock import start_of_day
from smartkampung.kernel.wording import long_day
from smartkampung.notify.actions import send
from smartkampung.worklist.actions import open_work, readdress_work, reschedule_work

EXPECTED = "isolation.expected"
RELOCATE = "isolation.relocate"
AWAITS, RECEIVES = "isolation.arrival_await", "isolation.arrival_record"


def expect(reservation: Reservation) -> None:
    """Put a party on the list of who lets it in: the village, or its Puskesmas.

    RT, pillars and kecamatan are told of it, and find it among the arrivals.
    """
    open_work(
        kind=EXPECTED,
        target=reservation,
        permission=AWAITS,
        region_code=reservation.region_code,
        due_at=_end_of(reservation.arrives_on),
    )


def expect_anew(reservation: Reservation) -> None:
    """Put a party on the list for its new day, where it now comes, and there only."""
    expect(reservation)
    readdress_work(target=reservation, region_code=reservation.region_code)
    reschedule_work(
        target=reservation, kind=EXPECTED, due_at=_end_of(reservation.arrives_on)
    )


def _end_of(on: date) -> datetime:
    """Return the last second of a day: whoever comes that day is not late before."""
    return start_of_day(on + timedelta(days=1)) - timedelta(seconds=1)


def tell_code(reservation: Reservation, code: str) -> None:
    """Send the code to the phone that was typed, if one was."""
    send(
        key=f"isolation.{reservation.pk}.code",
        to=reservation.phone,
        template="isolation_code",
        secret=code,
        language=reservation.language,
    )


def tell_news(reservation: Reservation, what: str) -> None:
    """Say that there is news, and nothing more: a phone is read by the whole house."""
    send(
        key=f"isolation.{reservation.pk}.{what}",
        to=reservation.phone,
        template="isolation_news",
        language=reservation.language,
    )


def tell_changed(reservation: Reservation, *, at: datetime) -> None:
    """Confirm a new day of arrival, once for each change."""
    with override(reservation.language):
        due_on = long_day(reservation.arrives_on)
    send(
        key=f"isolation.{reservation.pk}.changed.{at.timestamp():.0f}",
        to=reservation.phone,
        template="isolation_changed",
        context={"due_on": due_on},
        language=reservation.language,
    )


def tell_cancelled(reservation: Reservation) -> None:
    """Confirm that a booking is cancelled."""
    send(
        key=f"isolation.{reservation.pk}.cancelled",
        to=reservation.phone,
        template="isolation_cancelled",
        language=reservation.language,
    )
