"""Coasts become small without leaving their place; paths are short and whole."""

from itertools import pairwise
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartkampung.regions.cells import Point
from smartkampung.regions.outlines import line_path, ring_path, simplified

unit = st.integers(0, 1000).map(float)
lines = st.lists(st.tuples(unit, unit), min_size=2, max_size=60)


def off(point: Point, start: Point, end: Point) -> float:
    """Return how far a point is from the line through two others."""
    length = hypot(end[0] - start[0], end[1] - start[1])
    if not length:
        return hypot(point[0] - start[0], point[1] - start[1])
    cross = (end[0] - start[0]) * (start[1] - point[1])
    cross -= (start[0] - point[0]) * (end[1] - start[1])
    return abs(cross) / length


def test_points_on_a_straight_line_go() -> None:
    assert simplified([(0, 0), (1, 0), (2, 0), (9, 0)], 0.5) == [(0, 0), (9, 0)]


def test_a_corner_stays() -> None:
    assert simplified([(0, 0), (5, 5), (9, 0)], 0.5) == [(0, 0), (5, 5), (9, 0)]


def test_a_closed_ring_keeps_its_shape() -> None:
    ring = [(0, 0), (4, 0), (4, 4), (0, 4), (0, 0)]
    assert simplified(ring, 0.1) == ring


def test_a_ring_of_a_hundred_thousand_points_is_no_trouble() -> None:
    coast = [(float(i), float(i % 2)) for i in range(100_000)]
    assert simplified(coast, 2) == [coast[0], coast[-1]]


@given(lines, st.sampled_from([0.5, 5.0, 50.0]))
def test_no_dropped_point_is_farther_off_than_the_tolerance(
    line: list[Point], tolerance: float
) -> None:
    kept = simplified(line, tolerance)
    assert kept[0] == line[0]
    assert kept[-1] == line[-1]
    at = 0
    for start, end in pairwise(kept):
        until = line.index(end, at + 1)
        assert all(off(p, start, end) <= tolerance for p in line[at + 1 : until])
        at = until


@pytest.mark.parametrize(
    ("rings", "path"),
    [
        ([[(0, 0), (10, 0), (10, 10), (0, 0)]], "M0 0l10 0 0 10z"),
        ([[(0.2, 0), (0.4, 0.1), (10, 0), (0, 9)]], "M0 0l10 0-10 9z"),
        ([[(0, 0), (0.1, 0.1), (0.2, 0)]], ""),
        (
            [[(0, 0), (9, 0), (0, 9)], [(1, 1), (3, 1), (1, 3)]],
            "M0 0l9 0-9 9zM1 1l2 0-2 2z",
        ),
    ],
    ids=["closed once", "rounded", "too small to see", "two rings"],
)
def test_rings_as_paths(rings: list[list[Point]], path: str) -> None:
    assert ring_path(rings) == path


def test_lines_stay_open() -> None:
    assert line_path([[(0, 0), (0, 5)], [(3, 3)]]) == "M0 0l0 5"
