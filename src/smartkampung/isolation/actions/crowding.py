"""Keep one name and one telephone from taking the beds of all, without saying so.

Whoever books proves nothing, so a name may stand in few open bookings at a time, and a
telephone make few a day. For one booking more everything looks full: a refusal of its
own would tell a stranger that somebody is coming home.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count

from smartkampung.intake.actions.limits import over
from smartkampung.intake.rules import Limit
from smartkampung.isolation.models import Stay
from smartkampung.isolation.rules.intake import MOST_UNPROVEN
from smartkampung.isolation.rules.states import ReservationState, StayState
from smartkampung.kernel.rls import as_job

PER_PHONE = Limit("isolation.booked.phone", 6, timedelta(days=1))
CODES_PER_PHONE = Limit("isolation.code.phone", 6, timedelta(days=1))
HOLD_BEDS = (ReservationState.HELD, ReservationState.BOOKED)


def crowded(identities: Iterable[bytes | None], *, but: int | None = None) -> bool:
    """Say whether one of these stands in as many unproven open bookings as it may.

    ``but`` leaves one reservation out. Asked as a job: the public sees no other.
    """
    known = [bytes(one) for one in identities if one is not None]
    with as_job():
        rows = Stay.objects.filter(
            identity__in=known,
            bound=False,
            state=StayState.EXPECTED,
            reservation__state__in=HOLD_BEDS,
        )
        counts = (
            rows.exclude(reservation=but).values("identity").annotate(n=Count("pk"))
        )
        return counts.filter(n__gte=MOST_UNPROVEN).exists()


def too_many_from(phone: str, *, at: datetime) -> bool:
    """Count a booking that a telephone was typed for; say whether it is too many."""
    return bool(phone) and over(PER_PHONE, key=phone, at=at)


def may_text(phone: str, *, at: datetime) -> bool:
    """Say whether a telephone that nobody proved may get one more code today."""
    return bool(phone) and not over(CODES_PER_PHONE, key=phone, at=at)
