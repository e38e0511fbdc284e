"""Lines over months, several in one chart: what components/curves.html draws.

A month without a value breaks its line; it is never drawn as nought. Lines differ by
their dashes, not by colour alone.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import floor, log10

LEFT, RIGHT, TOP, BOTTOM = 46, 314, 14, 136
STYLES = ("first", "second", "third")
STEPS = (1, 2, 2.5, 5, 10)
WANTED = 4  # about so many levels
NEAR_EDGE = 14


@dataclass(frozen=True)
class Stroke:
    """One line: its unbroken pieces, months that stand alone, and its last value."""

    label: str
    style: str
    pieces: tuple[str, ...]
    alone: tuple[tuple[str, str], ...]
    last: tuple[str, str]


@dataclass(frozen=True)
class Level:
    """A height with its word; a ``mark`` is one that means something."""

    y: str
    text: str
    mark: bool = False


@dataclass(frozen=True)
class Tick:
    """A word below a month; it ends there where the middle would be cut off."""

    x: str
    text: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Curves:
    """A whole chart; ``key`` tells it apart on its page."""

    key: str
    strokes: tuple[Stroke, ...]
    levels: tuple[Level, ...]
    marks: tuple[Level, ...]
    ticks: tuple[Tick, ...]
    bands: tuple[str, ...] = ()


Row = tuple[str, Sequence[float | None]]
Band = Sequence[tuple[float, float] | None]


def curves(
    key: str,
    rows: Sequence[Row],
    *,
    ticks: Mapping[int, str],
    words: Callable[[float], str],
    marks: Sequence[tuple[float, str]] = (),
    bands: Sequence[Band] = (),
) -> Curves | None:
    """Return the chart of some lines over the same months; nothing without two values.

    ``ticks`` says what stands below which month, ``words`` how a height is called,
    ``marks`` which heights mean something, such as a threshold; ``bands`` between
    which two heights the truth lies.
    """
    known = [value for _, values in rows for value in values if value is not None]
    if len(known) < 2:
        return None
    heights = [*known, *(value for value, _ in marks)]
    heights += [end for band in bands for ends in band if ends for end in ends]
    low, high = min(0.0, *heights), max(0.0, *heights)
    levels = _levels(low, high)
    low, high = min(low, levels[0]), max(high, levels[-1])

    def y(value: float) -> str:
        return f"{BOTTOM - (BOTTOM - TOP) * (value - low) / ((high - low) or 1):.1f}"

    months = max(len(values) for _, values in rows)
    step = (RIGHT - LEFT) / max(months - 1, 1)

    def x(at: int) -> str:
        return f"{LEFT + step * at:.1f}"

    return Curves(
        key,
        tuple(
            _stroke(label, STYLES[at % len(STYLES)], values, x, y)
            for at, (label, values) in enumerate(rows)
        ),
        tuple(Level(y(value), words(value)) for value in levels),
        tuple(Level(y(value), text, True) for value, text in marks),
        tuple(_tick(x(at), text) for at, text in ticks.items()),
        tuple(piece for band in bands for piece in _pieces(band, x, y)),
    )


def _tick(x: str, text: str) -> Tick:
    return Tick(x, text, "end" if float(x) > RIGHT - NEAR_EDGE else "middle")


def _pieces(
    band: Band, x: Callable[[int], str], y: Callable[[float], str]
) -> Iterator[str]:
    """Yield the unbroken pieces of a band as polygons: along the top, and back."""
    lows = list(_runs([ends[0] if ends else None for ends in band]))
    highs = list(_runs([ends[1] if ends else None for ends in band]))
    for low, high in zip(lows, highs, strict=True):
        points = [*high, *reversed(low)]
        yield " ".join(f"{x(at)},{y(value)}" for at, value in points)


def _levels(low: float, high: float) -> list[float]:
    rough = (high - low) / WANTED or 1.0
    power = 10.0 ** floor(log10(rough))
    step = next(power * one for one in STEPS if power * one >= rough)
    first, last = floor(low / step), -floor(-high / step)
    return [step * at for at in range(first, last + 1)]


def _stroke(
    label: str,
    style: str,
    values: Sequence[float | None],
    x: Callable[[int], str],
    y: Callable[[float], str],
) -> Stroke:
    runs = [[f"{x(at)},{y(value)}" for at, value in run] for run in _runs(values)]
    last = runs[-1][-1].split(",") if runs else ("", "")
    return Stroke(
        label,
        style,
        tuple(" ".join(run) for run in runs if len(run) > 1),
        tuple(
            (each[0], each[1])
            for run in runs
            if len(run) == 1
            for each in [run[0].split(",")]
        ),
        (last[0], last[1]),
    )


def _runs(values: Sequence[float | None]) -> Iterator[list[tuple[int, float]]]:
    """Yield the unbroken pieces of a line."""
    run: list[tuple[int, float]] = []
    for at, value in enumerate(values):
        if value is not None:
            run.append((at, value))
        elif run:
            yield run
            run = []
    if run:
        yield run
