"""Minutes that count: those of open office hours, outside holidays."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise

PROMISED_MINUTES = 15
DAY_MINUTES = 24 * 60
# Longer than any row of holidays; whoever is never open is told so.
LONGEST_WAIT_DAYS = 60
Span = tuple[int, int]  # minutes since midnight, half-open


class NeverOpen(ValueError):
    """No office hour within two months."""


@dataclass(frozen=True)
class Hours:
    """The open spans of a week, by weekday (Monday is 0)."""

    days: Mapping[int, tuple[Span, ...]] = field(default_factory=dict)

    def on(self, day: date, holidays: Collection[date]) -> tuple[Span, ...]:
        """Return when the office is open on a day."""
        return () if day in holidays else self.days.get(day.weekday(), ())


_WEEK = ((8 * 60, 15 * 60 + 30),)
USUAL = Hours(
    {**dict.fromkeys(range(4), _WEEK), 4: ((8 * 60, 11 * 60 + 30), (13 * 60, 15 * 60))}
)


def faults_of(hours: Hours) -> list[int]:
    """Return the weekdays whose spans overlap or lie outside a day; 7 for none open."""
    wrong = [day for day, spans in hours.days.items() if not _possible(spans)]
    return wrong or ([] if any(hours.days.values()) else [7])


def _possible(spans: tuple[Span, ...]) -> bool:
    inside = all(0 <= since < until <= DAY_MINUTES for since, until in spans)
    return inside and all(left[1] <= right[0] for left, right in pairwise(spans))


def due_after(
    start: datetime, minutes: int, hours: Hours, holidays: Collection[date]
) -> datetime:
    """Return when so many open minutes have passed; raise NeverOpen.

    A request of the evening is due fifteen minutes after the office opens.
    """
    left = timedelta(minutes=minutes)
    last = start.date() + timedelta(days=LONGEST_WAIT_DAYS)
    for since, until in _open(start, last, hours, holidays):
        if since + left <= until:
            return since + left
        left -= until - since
    raise NeverOpen


def minutes_between(
    start: datetime, end: datetime, hours: Hours, holidays: Collection[date]
) -> int:
    """Return how many open minutes lie between two moments."""
    open_time = timedelta()
    for since, until in _open(start, end.date(), hours, holidays):
        open_time += max(timedelta(), min(until, end) - since)
    return int(open_time.total_seconds() // 60)


def _open(
    start: datetime, last: date, hours: Hours, holidays: Collection[date]
) -> Iterator[tuple[datetime, datetime]]:
    """Yield the open spans from a moment until the end of a day, in order."""
    day = start.date()
    while day <= last:
        midnight = datetime.combine(day, time(), tzinfo=start.tzinfo)
        for since, until in hours.on(day, holidays):
            begins = max(start, midnight + timedelta(minutes=since))
            ends = midnight + timedelta(minutes=until)
            if begins < ends:
                yield begins, ends
        day += timedelta(days=1)
