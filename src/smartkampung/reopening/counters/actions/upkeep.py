"""What happens to counters by itself."""

from datetime import datetime, timedelta

from smartkampung.kernel.clock import day
from smartkampung.reopening.counters.actions.serving import end_day
from smartkampung.reopening.counters.actions.slots import ROBOT, refit_all
from smartkampung.reopening.counters.models import Booking, Counter
from smartkampung.reopening.counters.rules.states import OPEN

# A little longer than missed bookings count.
REMEMBERED = timedelta(days=35)


def every_night(*, at: datetime) -> None:
    """End the days that are over, make the slots ahead, forget who came long ago."""
    today = day(at)
    left = Booking.objects.filter(on__lt=today, state__in=OPEN)
    for counter_id, on in sorted(set(left.values_list("counter_id", "on"))):
        counter = Counter.objects.get(pk=counter_id)
        end_day(counter=counter, on=on, at=at, by=ROBOT)
    refit_all(at=at)
    Booking.objects.filter(on__lt=today - REMEMBERED).exclude(
        name="", phone=None
    ).update(name="", phone=None, phone_index=None)
