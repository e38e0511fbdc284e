"""Indicative areas around village centres, where no official polygon was loaded.

Every place gets what lies nearer to it than to any other place (a Voronoi cell), cut
off at a reach of its own, so that forest and sea do not swell the villages beside
them. Each side of a cell remembers who lies beyond it: sides inside one kecamatan can
be left out when the kecamatan is drawn as a whole. Plain geometry, no Django.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, dist, pi, radians, sin

Point = tuple[float, float]
OUTSIDE = -1
CORNERS = 32
KM_PER_DEGREE = 111.32
# How far a village reaches, in km, and as a multiple of the way to its neighbours.
LEAST_REACH, MOST_REACH, REACH = 1.5, 6.0, 1.1
NEIGHBOURS = 3


@dataclass(frozen=True)
class Cell:
    """A convex polygon; ``beyond[i]`` lies behind the side from corner i to i + 1.

    It is the index of the neighbouring place, or ``OUTSIDE``.
    """

    corners: tuple[Point, ...]
    beyond: tuple[int, ...]


def plane(lat: float, lng: float, middle_lat: float) -> Point:
    """Return kilometres east and south; true enough within one regency."""
    return lng * KM_PER_DEGREE * cos(radians(middle_lat)), -lat * KM_PER_DEGREE


def cells(places: Sequence[Point]) -> list[Cell]:
    """Return one cell for each place, in order.

    Cells do not overlap. Two places at one point share it: the later one gets an
    empty cell.
    """
    return [_cell(index, places) for index in range(len(places))]


def _cell(index: int, places: Sequence[Point]) -> Cell:
    here = places[index]
    others = sorted((dist(here, there), number) for number, there in enumerate(places))
    others = [(away, number) for away, number in others if number != index]
    cell = _disc(here, _reach([away for away, _ in others]))
    for away, number in others:
        if away == 0:
            if number < index:
                return Cell((), ())
            continue
        # Farther than twice the farthest corner, nobody can cut anything off.
        if away > 2 * max(dist(here, corner) for corner in cell.corners):
            break
        cell = cut(cell, here, places[number], number)
    return cell


def _reach(ways: list[float]) -> float:
    near = [way for way in ways if way > 0][:NEIGHBOURS]
    if not near:
        return LEAST_REACH
    return min(MOST_REACH, max(LEAST_REACH, REACH * sum(near) / len(near)))


def _disc(middle: Point, radius: float) -> Cell:
    turns = [2 * pi * step / CORNERS for step in range(CORNERS)]
    corners = [
        (middle[0] + radius * cos(t), middle[1] + radius * sin(t)) for t in turns
    ]
    return Cell(tuple(corners), (OUTSIDE,) * CORNERS)


def cut(cell: Cell, here: Point, there: Point, name: int) -> Cell:
    """Keep the part of a cell that is nearer to ``here``; the new side is ``name``."""
    normal = (there[0] - here[0], there[1] - here[1])
    half = ((there[0] + here[0]) / 2, (there[1] + here[1]) / 2)
    sides = [
        (x - half[0]) * normal[0] + (y - half[1]) * normal[1] for x, y in cell.corners
    ]
    corners: list[Point] = []
    beyond: list[int] = []
    for at, (corner, side) in enumerate(zip(cell.corners, sides, strict=True)):
        after = (at + 1) % len(sides)
        if side <= 0:
            corners.append(corner)
            beyond.append(cell.beyond[at])
        if (side <= 0) == (sides[after] <= 0):
            continue
        crossing = _between(corner, cell.corners[after], side / (side - sides[after]))
        corners.append(crossing)
        beyond.append(name if side <= 0 else cell.beyond[at])
    return Cell(tuple(corners), tuple(beyond))


def _between(start: Point, end: Point, part: float) -> Point:
    return start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1])


def area(ring: Sequence[Point]) -> float:
    """Return the area of a polygon."""
    return abs(_doubled(ring)) / 2


def middle(ring: Sequence[Point]) -> Point:
    """Return the centre of gravity of a polygon (the mean of a degenerate one)."""
    doubled = _doubled(ring)
    if not doubled:
        count = max(1, len(ring))
        return sum(p[0] for p in ring) / count, sum(p[1] for p in ring) / count
    x = y = 0.0
    for (x0, y0), (x1, y1) in _sides(ring):
        cross = x0 * y1 - x1 * y0
        x += (x0 + x1) * cross
        y += (y0 + y1) * cross
    return x / (3 * doubled), y / (3 * doubled)


def _doubled(ring: Sequence[Point]) -> float:
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in _sides(ring))


def _sides(ring: Sequence[Point]) -> list[tuple[Point, Point]]:
    return list(zip(ring, [*ring[1:], *ring[:1]], strict=True))
