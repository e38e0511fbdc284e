"""Set up a counter: what it serves, when it opens, and when it does not."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused, atomic_or_refuse
from smartkampung.reopening.counters.actions.slots import refit
from smartkampung.reopening.counters.models import ClosedDay, Counter, Opening


class NameTaken(Refused):
    """The office has a counter of this name."""

    code = "name_taken"


class HoursOverlap(Refused):
    """Hours of one weekday overlap."""

    code = "hours_overlap"


class HoursTooShort(Refused):
    """The hours do not hold a single slot."""

    code = "hours_too_short"


class DayIsOver(Refused):
    """The day has passed."""

    code = "day_is_over"


@dataclass(frozen=True)
class Hours:
    """Hours of one weekday (Monday is 0), in minutes of the day."""

    weekday: int
    opens: int
    closes: int
    minutes: int
    people: int
    share: int = 20
    released: int = 2


def open_counter(
    *, region: str, name: str, services: Sequence[str], by: str, at: datetime
) -> Counter:
    """Make a counter, without hours yet. Raises NameTaken."""
    with _name_taken():
        counter = Counter.objects.create(
            region_id=region, name=name, services=list(services), by=by, at=at
        )
        record("counters.counter_opened", target=counter, by=by, region_code=region)
    return counter


def change_counter(
    *,
    counter: Counter,
    name: str,
    services: Sequence[str],
    is_open: bool,
    by: str,
    at: datetime,
) -> None:
    """Change what a counter is called and serves, or shut it to bookings.

    Who booked keeps the booking; shutting it makes work of calling them.
    Raises NameTaken.
    """
    with _name_taken():
        counter.name, counter.services = name, list(services)
        counter.is_open = is_open
        counter.save()
        record(
            "counters.counter_changed",
            target=counter,
            by=by,
            region_code=counter.region_id,
            is_open=is_open,
        )
    refit(counter=counter, at=at)


def _name_taken() -> AbstractContextManager[None]:
    return atomic_or_refuse(
        {
            "counter_name_once": NameTaken(
                _("This office has a counter of this name. Give it another name.")
            )
        }
    )


def set_hours(
    *, counter: Counter, hours: Sequence[Hours], by: str, at: datetime
) -> None:
    """Replace the opening hours of a counter, and fit the slots ahead to them.

    Raises HoursOverlap, HoursTooShort.
    """
    with atomic_or_refuse(
        {
            "openings_apart": HoursOverlap(
                _("Two hours of one day overlap. Let one end before the next begins.")
            ),
            "opening_holds_slots": HoursTooShort(
                _(
                    "The hours must hold at least one slot of 5 minutes or more, for "
                    "one person or more."
                )
            ),
        }
    ):
        Counter.objects.select_for_update(no_key=True).get(pk=counter.pk)
        counter.openings.all().delete()
        Opening.objects.bulk_create(
            Opening(counter=counter, **asdict(one)) for one in hours
        )
        record(
            "counters.hours_set",
            target=counter,
            by=by,
            region_code=counter.region_id,
            hours=[asdict(one) for one in hours],
        )
    refit(counter=counter, at=at)


def close_day(
    *, counter: Counter, on: date, reason: str, by: str, at: datetime
) -> None:
    """Close a counter on a day; closing twice is closing once. Raises DayIsOver."""
    if on < day(at):
        raise DayIsOver(_("This day is over. Choose today or a later day."))
    _row, made = ClosedDay.objects.get_or_create(
        counter=counter, on=on, defaults={"reason": reason, "by": by, "at": at}
    )
    if made:
        _note("counters.day_closed", counter, on, by)
    refit(counter=counter, at=at)


def open_day(*, counter: Counter, on: date, by: str, at: datetime) -> None:
    """Open a closed day again."""
    gone, _rows = ClosedDay.objects.filter(counter=counter, on=on).delete()
    if gone:
        _note("counters.day_opened", counter, on, by)
    refit(counter=counter, at=at)


def _note(name: str, counter: Counter, on: date, by: str) -> None:
    record(
        name, target=counter, by=by, region_code=counter.region_id, on=on.isoformat()
    )
