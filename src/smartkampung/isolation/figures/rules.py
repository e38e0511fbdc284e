"""Pure counting: what holds on each day, and which part of a whole."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

DAY = timedelta(days=1)
Span = tuple[date | None, date | None, int]


class Window(NamedTuple):
    """Half-open days that a page shows; ``today`` is one of them."""

    since: date
    until: date
    today: date

    @classmethod
    def around(cls, today: date, *, before: int, after: int) -> "Window":
        """Return so many days before today, today, and so many after."""
        return cls(today - before * DAY, today + (after + 1) * DAY, today)

    @property
    def days(self) -> Iterator[date]:
        """Yield each day."""
        for number in range((self.until - self.since).days):
            yield self.since + number * DAY


def per_day(spans: Iterable[Span], window: Window) -> dict[date, int]:
    """Return how many hold on each day of a window.

    A span is half-open days and how many there are of it; a side that is None is open.
    """
    steps: dict[date, int] = defaultdict(int)
    for since, until, count in spans:
        first = max(since or window.since, window.since)
        last = min(until or window.until, window.until)
        if first < last:
            steps[first] += count
            steps[last] -= count
    held, found = 0, {}
    for on in window.days:
        held += steps[on]
        found[on] = held
    return found


def part_of(count: int, whole: int) -> float | None:
    """Return a percentage; None of nothing."""
    return 100 * count / whole if whole else None
