"""Take a party elsewhere, add somebody to it, or write down that nobody comes."""

from datetime import datetime

from smartkampung.accounts.actor import Actor
from smartkampung.isolation.actions.beds import relocate
from smartkampung.isolation.models import House, Reservation
from smartkampung.kernel.clock import day
from smartkampung.kernel.rls import as_job


def take_elsewhere(
    *, party: Reservation, house_id: int, by: Actor, at: datetime
) -> str:
    """Give a party beds in another house from today; return the name of the house.

    Whoever sends them there may not see them any more. Raises HouseFull, CannotMove
    and Busy; then nothing has changed.
    """
    with as_job():
        relocate(party, house_id=house_id, on=day(at), at=at, by=by.username)
    return House.objects.get(pk=house_id).name
