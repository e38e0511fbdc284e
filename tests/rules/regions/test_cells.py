"""Indicative areas: nearest place wins, nothing overlaps, everybody has some ground."""

from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartkampung.regions.cells import (
    CORNERS,
    MOST_REACH,
    OUTSIDE,
    Cell,
    Point,
    area,
    cells,
    cut,
    middle,
    plane,
)

SQUARE = Cell(((0, 0), (4, 0), (4, 4), (0, 4)), (OUTSIDE,) * 4)
coordinate = st.integers(0, 4000).map(lambda metres: metres / 100)
places = st.lists(st.tuples(coordinate, coordinate), min_size=1, max_size=25)


def holds(cell: Cell, point: Point, slack: float = 1e-6) -> bool:
    """Say whether a convex, clockwise (on screen) cell holds a point."""
    corners = cell.corners
    return bool(corners) and all(
        (x1 - x0) * (point[1] - y0) - (y1 - y0) * (point[0] - x0) >= -slack
        for (x0, y0), (x1, y1) in zip(corners, [*corners[1:], corners[0]], strict=True)
    )


def test_a_cut_halves_a_square_and_names_the_new_side() -> None:
    left = cut(SQUARE, (1, 2), (3, 2), name=7)
    assert area(left.corners) == pytest.approx(8)
    assert left.beyond.count(7) == 1
    side = left.beyond.index(7)
    assert {left.corners[side][0], left.corners[side - 3][0]} == {2}


def test_a_cut_elsewhere_changes_nothing() -> None:
    assert cut(SQUARE, (2, 2), (40, 2), name=7) == SQUARE


def test_a_place_alone_gets_a_disc() -> None:
    (only,) = cells([(5, 5)])
    assert len(only.corners) == CORNERS
    assert set(only.beyond) == {OUTSIDE}


def test_two_places_at_one_point_share_it() -> None:
    first, second = cells([(1, 1), (1, 1)])
    assert first.corners
    assert second.corners == ()


def test_neighbours_name_each_other() -> None:
    first, second, far = cells([(0, 0), (2, 0), (100, 100)])
    assert set(first.beyond) == {1, OUTSIDE}
    assert set(second.beyond) == {0, OUTSIDE}
    assert set(far.beyond) == {OUTSIDE}


@given(places)
def test_every_cell_holds_its_place_and_no_corner_is_nearer_to_another(
    spots: list[Point],
) -> None:
    for index, cell in enumerate(cells(spots)):
        if spots[index] in spots[:index]:
            continue
        assert holds(cell, spots[index])
        assert len(cell.corners) == len(cell.beyond)
        for corner in cell.corners:
            own = dist(corner, spots[index])
            assert own <= MOST_REACH + 1e-6
            assert own <= min(dist(corner, spot) for spot in spots) + 1e-6


@given(places)
def test_a_side_between_two_places_is_as_far_from_both(spots: list[Point]) -> None:
    for index, cell in enumerate(cells(spots)):
        for at, beyond in enumerate(cell.beyond):
            if beyond == OUTSIDE:
                continue
            ends = (cell.corners[at], cell.corners[(at + 1) % len(cell.corners)])
            for end in ends:
                assert dist(end, spots[index]) == pytest.approx(
                    dist(end, spots[beyond]), abs=1e-6
                )


def test_the_middle_of_a_square_and_of_nothing() -> None:
    assert middle(SQUARE.corners) == (2, 2)
    assert middle([(1, 1), (3, 1)]) == (2, 1)
    assert middle([]) == (0, 0)


def test_a_degree_is_shorter_from_west_to_east() -> None:
    here = plane(-8.0, 114.0, -8.0)
    north = plane(-7.0, 114.0, -8.0)
    east = plane(-8.0, 115.0, -8.0)
    assert north[1] < here[1]
    assert dist(here, north) == pytest.approx(111.32)
    assert dist(here, east) == pytest.approx(110.24, abs=0.01)
