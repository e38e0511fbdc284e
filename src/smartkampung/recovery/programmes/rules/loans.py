"""Paying a loan back: a plan of instalments, what is due, what is late. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from smartkampung.kernel.months import months_later


@dataclass(frozen=True)
class Due:
    """One instalment of a plan."""

    number: int
    due_on: date
    amount: int


@dataclass(frozen=True)
class Line:
    """One instalment, and how much of it has been paid."""

    due: Due
    paid: int
    late: bool

    @property
    def open(self) -> int:
        """Return what is still to be paid of it."""
        return self.due.amount - self.paid


@dataclass(frozen=True)
class Standing:
    """Where a loan stands on a day.

    ``arrears``: what should have been paid by now and was not. ``ahead``: what was paid
    before it was due. ``late_since``: the day of the oldest instalment still open.
    """

    left: int
    arrears: int
    ahead: int
    late_since: date | None
    next_due: Due | None
    lines: tuple[Line, ...]


def plan(amount: int, *, months: int, first_on: date) -> list[Due]:
    """Return monthly instalments that add up exactly; the last one takes the rest."""
    each = amount // months
    parts = [each] * (months - 1) + [amount - each * (months - 1)]
    return [
        Due(number, months_later(first_on, number - 1), part)
        for number, part in enumerate(parts, 1)
        if part
    ]


def standing(instalments: Sequence[Due], *, paid: int, on: date) -> Standing:
    """Return where a plan stands when so much was paid under it.

    Money pays the oldest instalment first, whenever it comes: paying early is paying
    ahead. An instalment is late from the day after its own.
    """
    ends = list(accumulate(due.amount for due in instalments))
    total = ends[-1] if ends else 0
    lines = []
    for due, end in zip(instalments, ends, strict=True):
        part = min(due.amount, max(0, paid - (end - due.amount)))
        lines.append(Line(due, part, late=due.due_on < on and part < due.amount))
    due_by_now = sum(due.amount for due in instalments if due.due_on < on)
    open_lines = [line for line in lines if line.open]
    late = [line for line in lines if line.late]
    return Standing(
        left=total - paid,
        arrears=max(0, due_by_now - paid),
        ahead=max(0, paid - due_by_now),
        late_since=late[0].due.due_on if late else None,
        next_due=open_lines[0].due if open_lines else None,
        lines=tuple(lines),
    )
