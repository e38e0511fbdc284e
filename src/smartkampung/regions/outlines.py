"""Polygons made small enough for a phone, and written as SVG paths. No Django."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import hypot

from smartkampung.regions.cells import Point

Ring = Sequence[Point]


def simplified(line: Ring, tolerance: float) -> list[Point]:
    """Return a line with fewer points, nowhere farther off than the tolerance.

    The ends stay. (Douglas and Peucker, without recursion: coasts are long.)
    """
    if len(line) < 3:
        return list(line)
    keep = [False] * len(line)
    keep[0] = keep[-1] = True
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        far, at = 0.0, first
        for index in range(first + 1, last):
            away = _off(line[index], line[first], line[last])
            if away > far:
                far, at = away, index
        if far > tolerance:
            keep[at] = True
            spans += [(first, at), (at, last)]
    return [point for point, kept in zip(line, keep, strict=True) if kept]


def _off(point: Point, start: Point, end: Point) -> float:
    across, down = end[0] - start[0], end[1] - start[1]
    length = hypot(across, down)
    if not length:
        return hypot(point[0] - start[0], point[1] - start[1])
    return abs(across * (start[1] - point[1]) - (start[0] - point[0]) * down) / length


def ring_path(rings: Iterable[Ring]) -> str:
    """Return closed rings as SVG path data, in whole units and relative steps.

    Rings that shrink to less than a triangle are left out.
    """
    return "".join(_steps(ring, closed=True) for ring in rings)


def line_path(lines: Iterable[Ring]) -> str:
    """Return open lines as SVG path data."""
    return "".join(_steps(line, closed=False) for line in lines)


def _steps(line: Ring, *, closed: bool) -> str:
    whole: list[tuple[int, int]] = []
    for x, y in line:
        point = (round(x), round(y))
        if not whole or whole[-1] != point:
            whole.append(point)
    if closed and len(whole) > 1 and whole[0] == whole[-1]:
        whole.pop()
    if len(whole) < (3 if closed else 2):
        return ""
    steps = "".join(
        f"{_number(x1 - x0, first=not at)}{_number(y1 - y0)}"
        for at, ((x0, y0), (x1, y1)) in enumerate(pairwise(whole))
    )
    return f"M{whole[0][0]} {whole[0][1]}l{steps}{'z' if closed else ''}"


def _number(value: int, *, first: bool = False) -> str:
    # A minus sign separates numbers by itself.
    return str(value) if first or value < 0 else f" {value}"
