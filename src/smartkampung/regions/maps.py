"""Maps of what lies in a region, ready to draw: official borders, or indicative cells.

A map is made once and remembered for some minutes; an import shows after that.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import dist

from django.core.cache import caches

from smartkampung.regions.cells import (
    OUTSIDE,
    Cell,
    Point,
    area,
    cells,
    middle,
    plane,
)
from smartkampung.regions.codes import ancestor, inside, level, within
from smartkampung.regions.models import Region
from smartkampung.regions.outlines import line_path, ring_path, simplified
from smartkampung.regions.queries import REMEMBERED_SECONDS, VILLAGES

Ring = list[Point]
WIDTH, MARGIN = 1000, 14
TOLERANCE = 1.2
# Official borders are used when at least this part of the regions has them.
ENOUGH = 0.5


@dataclass(frozen=True)
class Shape:
    """One region on a map; (x, y) is where its name stands."""

    code: str
    name: str
    path: str
    x: int
    y: int


@dataclass(frozen=True)
class RegionMap:
    """Shapes in the units of ``view_box``; ``edges`` are drawn over them.

    ``indicative`` says that the borders are ours and not official.
    """

    view_box: str
    shapes: tuple[Shape, ...]
    edges: str
    indicative: bool
    source: str
    missing: tuple[str, ...] = field(default=())


def map_of(code: str) -> RegionMap | None:
    """Return the map of the parts of a regency or of a kecamatan.

    None when nothing is known about where its parts are.
    """
    key = f"region-map:{code}"
    found: RegionMap | str | None = caches["local"].get(key)
    if found is None:
        found = _official(code) or _indicative(code) or ""
        caches["local"].set(key, found, REMEMBERED_SECONDS)
    return found if isinstance(found, RegionMap) else None


def _official(code: str) -> RegionMap | None:
    parts = Region.objects.filter(parent_id=code).order_by("code")
    known = {row.code: row.boundary for row in parts if row.boundary}
    if not known or len(known) < ENOUGH * len(parts):
        return None
    rows = [row for row in parts if row.code in known]
    middle_lat = known[rows[0].code][0][0][0][1]
    flat = {code: _flat(shape, middle_lat) for code, shape in known.items()}
    fit = _Fit([point for rings in flat.values() for ring in rings for point in ring])
    shapes = []
    for row in rows:
        rings = [[fit(point) for point in ring] for ring in flat[row.code]]
        x, y = middle(max(rings, key=area))
        path = ring_path(simplified(ring, TOLERANCE) for ring in rings)
        shapes.append(Shape(row.code, row.name, path, round(x), round(y)))
    missing = tuple(row.name for row in parts if not row.boundary)
    sources = sorted({row.boundary_source for row in rows if row.boundary_source})
    return RegionMap(
        fit.view_box, tuple(shapes), "", False, ", ".join(sources), missing
    )


def _flat(polygons: list[list[list[list[float]]]], middle_lat: float) -> list[Ring]:
    rings = [ring for polygon in polygons for ring in polygon]
    return [[plane(lat, lng, middle_lat) for lng, lat in ring] for ring in rings]


def _indicative(code: str) -> RegionMap | None:
    # Neighbours outside a kecamatan bound its villages too: all places of the
    # regency take part, those inside are drawn.
    rows = list(
        Region.objects.filter(
            within("code", [ancestor(code, "regency")]),
            kind__in=VILLAGES,
            lat__isnull=False,
            lng__isnull=False,
        )
        .defer("boundary")
        .order_by("code")
    )
    if not any(inside(row.code, code) for row in rows):
        return None
    middle_lat = rows[0].lat or 0
    places = [plane(row.lat or 0, row.lng or 0, middle_lat) for row in rows]
    depth = "kecamatan" if level(code) == "regency" else "village"
    owners = [ancestor(row.code, depth) for row in rows]
    drawn = [
        (owner, cell)
        for owner, cell in zip(owners, cells(places), strict=True)
        if inside(owner, code)
    ]
    fit = _Fit([corner for _, cell in drawn for corner in cell.corners])
    groups: dict[str, list[Cell]] = {}
    for owner, cell in drawn:
        groups.setdefault(owner, []).append(cell)
    names = dict(Region.objects.filter(code__in=groups).values_list("code", "name"))
    shapes = tuple(
        _group(owner, names[owner], group, fit) for owner, group in groups.items()
    )
    lines = (line for owner, cell in drawn for line in _outer(owner, cell, owners))
    edges = line_path([fit(point) for point in line] for line in lines)
    return RegionMap(fit.view_box, shapes, edges, indicative=True, source="")


def _group(
    code: str, name: str, group: list[Cell], fit: Callable[[Point], Point]
) -> Shape:
    rings = [[fit(corner) for corner in cell.corners] for cell in group]
    weights = [area(ring) for ring in rings]
    total = sum(weights) or 1
    centres = [middle(ring) for ring in rings]
    balance = (
        sum(c[0] * w for c, w in zip(centres, weights, strict=True)) / total,
        sum(c[1] * w for c, w in zip(centres, weights, strict=True)) / total,
    )
    # The name stands in a cell: the balance of a bent group may lie outside it.
    x, y = min(centres, key=lambda centre: dist(centre, balance))
    return Shape(code, name, ring_path(rings), round(x), round(y))


def _outer(owner: str, cell: Cell, owners: list[str]) -> list[Ring]:
    """Return the sides of a cell that part its owner from somebody else."""
    lines: list[Ring] = []
    for at, beyond in enumerate(cell.beyond):
        if beyond != OUTSIDE and owners[beyond] == owner:
            continue
        start, end = cell.corners[at], cell.corners[(at + 1) % len(cell.corners)]
        if lines and lines[-1][-1] == start:
            lines[-1].append(end)
        else:
            lines.append([start, end])
    if len(lines) > 1 and lines[-1][-1] == lines[0][0]:
        lines[0] = lines.pop()[:-1] + lines[0]
    return lines


class _Fit:
    """Moves kilometres into the units of the drawing."""

    def __init__(self, points: list[Point]) -> None:
        self.west = min(x for x, _ in points)
        self.north = min(y for _, y in points)
        width = max(max(x for x, _ in points) - self.west, 0.001)
        height = max(y for _, y in points) - self.north
        # A tall region must not become taller than it is wide on the screen.
        self.scale = (WIDTH - 2 * MARGIN) / max(width, height)
        across = round(width * self.scale) + 2 * MARGIN
        down = round(height * self.scale) + 2 * MARGIN
        self.view_box = f"0 0 {across} {down}"

    def __call__(self, point: Point) -> Point:
        """Return a point of the plane in drawing units."""
        return (
            (point[0] - self.west) * self.scale + MARGIN,
            (point[1] - self.north) * self.scale + MARGIN,
        )
