"""Columns over days: the plain values that components/columns.html draws."""

from collections.abc import Sequence
from dataclasses import dataclass

LEFT, RIGHT, TOP, BOTTOM = 8, 312, 20, 108
GAP = 0.22  # of the room of a column


@dataclass(frozen=True)
class Piece:
    """One rectangle, as SVG writes it."""

    y: str
    height: str
    state: str


@dataclass(frozen=True)
class Column:
    """One day: its pieces from the ground up, and what a pointer reads."""

    x: str
    width: str
    spoken: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Mark:
    """A word below a column."""

    x: str
    text: str
    anchor: str


@dataclass(frozen=True)
class Columns:
    """A whole chart; ``top`` is what its full height stands for."""

    columns: tuple[Column, ...]
    marks: tuple[Mark, ...]
    top: str
    top_y: str
    now_x: str


@dataclass(frozen=True)
class Day:
    """What stands on a day: parts (value, state) from the ground up, or one ground.

    ``ground`` is how many there could be: drawn behind, and not added.
    """

    label: str
    spoken: str
    parts: tuple[tuple[float, str], ...]
    ground: float = 0


def columns(
    days: Sequence[Day], *, now: int, now_words: str, top: str = "{:.0f}"
) -> Columns | None:
    """Return the chart of some days; nothing where there is nothing to show.

    ``now`` is the index of today; from the next day on, columns are drawn as plans.
    """
    most = max(
        (max(day.ground, sum(v for v, _ in day.parts)) for day in days), default=0
    )
    if most <= 0:
        return None
    step = (RIGHT - LEFT) / len(days)
    shown = tuple(
        Column(
            f"{LEFT + step * at:.1f}",
            f"{step * (1 - GAP):.1f}",
            day.spoken,
            tuple(_pieces(day, most)),
        )
        for at, day in enumerate(days)
    )
    middle = LEFT + step * (now + 0.5 - GAP / 2)
    return Columns(
        shown,
        _marks(days, now, now_words, middle),
        top.format(most),
        str(TOP),
        f"{middle:.1f}",
    )


def _pieces(day: Day, most: float) -> list[Piece]:
    scale = (BOTTOM - TOP) / most
    found = []
    if day.ground:
        high = day.ground * scale
        found.append(Piece(f"{BOTTOM - high:.1f}", f"{high:.1f}", "ground"))
    base = float(BOTTOM)
    for value, state in day.parts:
        high = value * scale
        base -= high
        if high:
            found.append(Piece(f"{base:.1f}", f"{high:.1f}", state))
    return found


def _marks(
    days: Sequence[Day], now: int, now_words: str, middle: float
) -> tuple[Mark, ...]:
    """Name the first day, today and the last; today wins where they would touch."""
    last = now >= len(days) * 0.95  # words in the middle would be cut off at the edge
    marks = [
        Mark(str(RIGHT), now_words, "end")
        if last
        else Mark(f"{middle:.1f}", now_words, "middle")
    ]
    if now > len(days) * 0.25:
        marks.append(Mark(str(LEFT), days[0].label, "start"))
    if now < len(days) * 0.75:
        marks.append(Mark(str(RIGHT), days[-1].label, "end"))
    return tuple(marks)
