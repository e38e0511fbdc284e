"""Tell the village before people arrive, and people when there is news."""

from smartkampung.isolation.models import Reservation
from smartkampung.kernel.clock import start_of_day
from smartkampung.notify.actions import send
from smartkampung.worklist.actions import open_work

EXPECTED = "isolation.expected"
RELOCATE = "isolation.relocate"
SEES_STAYS, RECEIVES = "isolation.stay_view", "isolation.arrival_record"


def expect(reservation: Reservation) -> None:
    """Put a party on the list of village head, RT, pillars and Puskesmas.

    They all hold the same permission over the place where the party will be.
    """
    open_work(
        kind=EXPECTED,
        target=reservation,
        permission=SEES_STAYS,
        region_code=reservation.region_code,
        due_at=start_of_day(reservation.arrives_on),
    )


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
