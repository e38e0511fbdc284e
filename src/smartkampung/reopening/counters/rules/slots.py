"""How many people a slot takes: by the usual number, the phase, and who comes first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

FULL = 100
MISSED_DAYS = timedelta(days=30)
MOST_MISSED = 2
AHEAD = timedelta(days=14)


def kept_of(capacity: int, share: int) -> int:
    """Return how many places of a slot are kept for those who come first.

    Rounded up, so that a small slot keeps one; but never all, where two may come.
    """
    kept = -(-capacity * share // FULL)
    return min(kept, capacity - 1) if share < FULL and capacity > 1 else kept


@dataclass(frozen=True)
class Places:
    """What a slot has, and who holds it."""

    capacity: int
    kept: int
    held: int
    held_first: int

    @property
    def over(self) -> int:
        """Return how many people more than the capacity hold a place."""
        return max(0, self.held - self.capacity)

    def free(self, *, first: bool, released: bool) -> int:
        """Return how many places somebody may still take.

        ``first`` come first; once the kept places are ``released`` all are alike.
        """
        left = self.capacity - self.held
        if not (first or released):
            left -= max(0, self.kept - self.held_first)
        return max(0, left)


def lowest_free(taken: Iterable[int]) -> int:
    """Return the lowest number, from one, that nobody holds."""
    held = set(taken)
    return next(number for number in range(1, len(held) + 2) if number not in held)


def times(
    on: date, opens: int, closes: int, minutes: int, zone: tzinfo
) -> Iterator[tuple[datetime, datetime]]:
    """Return the whole slots of some hours of a day; what is left over is a pause."""
    begin = datetime.combine(on, time(), tzinfo=zone)
    for start in range(opens, closes - minutes + 1, minutes):
        yield (
            begin + timedelta(minutes=start),
            begin + timedelta(minutes=start + minutes),
        )


def same_day_only(missed: int) -> bool:
    """Say whether somebody who missed so many lately books only for the same day."""
    return missed >= MOST_MISSED
