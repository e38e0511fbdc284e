"""A gap breaks a line; a line is told by its dashes and its table, not by colour."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import smartkampung.web
from smartkampung.web.core.curves import BOTTOM, LEFT, RIGHT, TOP, Curves, curves

CSS = Path(smartkampung.web.__file__).parent / "static/smartkampung.css"
Values = list[float | None]
number = st.integers(-(10**12), 10**12).map(float)
values = st.lists(st.none() | number, max_size=20)


def drawn(*rows: Values, marks: tuple[tuple[float, str], ...] = ()) -> Curves | None:
    return curves(
        "key",
        [(f"line {at}", row) for at, row in enumerate(rows)],
        ticks={0: "Jan"},
        words="{:.0f}".format,
        marks=marks,
    )


def test_a_month_without_a_value_breaks_the_line() -> None:
    found = drawn([100, 50, None, 25, None, 75, 80])
    assert found is not None
    (stroke,) = found.strokes
    assert [len(piece.split()) for piece in stroke.pieces] == [2, 2]
    assert len(stroke.alone) == 1
    assert stroke.last[0] == f"{RIGHT}.0"


def test_the_scale_begins_at_nought_and_ends_above_everything() -> None:
    found = drawn([35, 80], marks=((90, "recovered"),))
    assert found is not None
    texts = [level.text for level in found.levels]
    assert texts == ["0", "25", "50", "75", "100"]
    assert (found.levels[0].y, found.levels[-1].y) == (f"{BOTTOM}.0", f"{TOP}.0")
    assert [mark.text for mark in found.marks] == ["recovered"]
    assert found.ticks[0].x == f"{LEFT}.0"


def test_less_than_two_values_are_no_chart() -> None:
    assert drawn([]) is None
    assert drawn([None, 5, None]) is None
    assert drawn([0, 0]) is not None
    assert drawn([None, 1], [2, None]) is not None


@given(values, values)
def test_every_point_lies_inside_the_frame(one: Values, other: Values) -> None:
    found = drawn(one, other)
    if found is None:
        return
    points = [
        pair.split(",")
        for stroke in found.strokes
        for piece in (*stroke.pieces, *(",".join(dot) for dot in stroke.alone))
        for pair in piece.split()
    ]
    known = [value for value in (*one, *other) if value is not None]
    assert len(points) == len(known)
    for x, y in points:
        assert LEFT <= float(x) <= RIGHT
        assert TOP - 0.1 <= float(y) <= BOTTOM + 0.1


@pytest.mark.parametrize("style", ["second", "third"])
def test_no_line_is_told_apart_by_colour_alone(style: str) -> None:
    rule = next(
        line
        for line in CSS.read_text().splitlines()
        if f".curves .{style} polyline" in line
    )
    assert "stroke-dasharray" in rule
