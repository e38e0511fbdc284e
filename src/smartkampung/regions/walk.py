"""The order of a walk over places: place by place, nearest next. Knows no Django."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from math import cos, hypot, radians

Position = tuple[float, float]
KECAMATAN, VILLAGE, RW = 3, 4, 5  # segments of a code


@dataclass(frozen=True)
class Spot:
    """What is known of a region for walking there."""

    dusun: str = ""
    at: Position | None = None


def route(codes: Iterable[str], spots: Mapping[str, Spot], *, start: str) -> list[str]:
    """Return places in the order of a walk that begins at ``start``.

    What lies in one kecamatan, village, dusun, RW stays together. Of several, the one
    nearest to the last comes next; those whose position nobody knows follow by code.
    """
    paths = {code: _path(code, spots) for code in sorted(set(codes))}
    return list(_walk(paths, spots, paths.get(start, ()), depth=0, last=None))


def _walk(
    paths: Mapping[str, tuple[str, ...]],
    spots: Mapping[str, Spot],
    start: tuple[str, ...],
    *,
    depth: int,
    last: Position | None,
) -> Iterator[str]:
    """Yield codes; ``last`` is where one stands when they begin."""
    if len(paths) <= 1 or depth > RW:
        yield from paths
        return
    ordered = sorted(paths, key=lambda code: (paths[code][depth], code))
    groups = {
        key: list(rows) for key, rows in groupby(ordered, lambda c: paths[c][depth])
    }
    centres = {key: _centre(rows, spots) for key, rows in groups.items()}
    first = start[depth] if start and start[depth] in groups else None
    while groups:
        key = first if first is not None else _next(groups, centres, last)
        first = None
        inside = {code: paths[code] for code in groups.pop(key)}
        yield from _walk(inside, spots, start, depth=depth + 1, last=last)
        last = centres[key] or last


def _next(
    groups: Iterable[str],
    centres: Mapping[str, Position | None],
    last: Position | None,
) -> str:
    """Return the nearest group; where nothing is known, the next by code."""

    def far(key: str) -> tuple[bool, float, str]:
        there = centres[key]
        return (there is None, _far(last, there), key)

    # What lies above the others (the village itself) is done before leaving.
    return min(groups, key=lambda key: (key != "", *far(key)))


def _far(here: Position | None, there: Position | None) -> float:
    if here is None or there is None:
        return 0.0
    return hypot(there[0] - here[0], (there[1] - here[1]) * cos(radians(here[0])))


def _centre(codes: Iterable[str], spots: Mapping[str, Spot]) -> Position | None:
    known = [at for code in codes if (at := _position(code, spots))]
    if not known:
        return None
    return (
        sum(a for a, _ in known) / len(known),
        sum(b for _, b in known) / len(known),
    )


def _position(code: str, spots: Mapping[str, Spot]) -> Position | None:
    """Return where a place is, or else what encloses it, up to the village."""
    steps = code.split(".")
    for depth in range(len(steps), VILLAGE - 1, -1):
        spot = spots.get(".".join(steps[:depth]))
        if spot is not None and spot.at is not None:
            return spot.at
    return spots[code].at if code in spots else None


def _path(code: str, spots: Mapping[str, Spot]) -> tuple[str, ...]:
    """Return the kecamatan, village, dusun, RW and RT of a code; "" where it ends."""
    steps = code.split(".")

    def upto(depth: int) -> str:
        return ".".join(steps[:depth]) if len(steps) >= depth else ""

    rw = upto(RW)
    dusun = spots[rw].dusun if rw in spots else ""
    return (
        upto(KECAMATAN),
        upto(VILLAGE),
        f"{dusun}~" if dusun else rw,
        rw,
        upto(RW + 1),
        code,
    )
