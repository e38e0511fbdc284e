"""Where somebody stands who waits."""

from smartkampung.isolation.models import Reservation
from smartkampung.isolation.rules.states import ReservationState
from smartkampung.kernel.rls import as_job
from smartkampung.regions.codes import ancestor, within


def place_in_order(reservation: Reservation) -> int:
    """Return the place of a waiting party among those of its kecamatan, from 1.

    Counted as a job: the public sees only the own reservation, but may know how many
    asked before.
    """
    with as_job():
        before = Reservation.objects.filter(
            within("region_code", [ancestor(reservation.region_code, "kecamatan")]),
            state=ReservationState.WAITING,
            waits_since__lte=reservation.waits_since,
        )
        return before.count()
