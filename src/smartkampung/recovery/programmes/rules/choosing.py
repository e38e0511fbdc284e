"""Who takes which free place: those sent home first, then by way and rank. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class InLine:
    """Somebody who stands in line for an offer.

    ``way`` says how the ranking chose them: by rank, by a quota, by lot. ``again``:
    their last programme was closed before its end, so they come first.
    """

    person: int
    affected: int | None
    place: int
    way: str
    chosen: bool
    again: bool = False


def choose(
    free: Sequence[int], ways: Mapping[int, str], line: Sequence[InLine]
) -> list[tuple[int, InLine]]:
    """Return who takes each free number; fewer when the line is shorter.

    ``ways`` holds the way of whoever had a number before: the next of the same way
    takes it, so that a quota stays kept; where nobody of that way waits, and for
    numbers that nobody had, the next by rank.
    """
    waiting = sorted(line, key=lambda one: (not one.again, not one.chosen, one.place))
    taken: list[tuple[int, InLine]] = []
    # Whose way is known choose first: the others would take their successors away.
    for number in sorted(free, key=lambda number: (number not in ways, number)):
        if not waiting:
            break
        one = _next(waiting, ways.get(number))
        waiting.remove(one)
        taken.append((number, one))
    return taken


def _next(waiting: Sequence[InLine], way: str | None) -> InLine:
    if way is None or waiting[0].again:
        return waiting[0]
    return next((one for one in waiting if one.way == way), waiting[0])
