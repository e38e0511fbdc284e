"""How many houses make which colour, to the house."""

from datetime import date
from importlib import import_module
from typing import Any

import pytest

from smartkampung.reopening.guidance.rules.zones import colour, read_bands

SEEDED: Any = import_module(
    "smartkampung.reopening.guidance.migrations.0002_first_versions"
)
BY_DAY = {
    since: body for kind, since, body, _, _ in SEEDED.VERSIONS if kind == "rt_zone"
}
FIRST, SECOND = BY_DAY[date(2021, 2, 9)], BY_DAY[date(2021, 4, 6)]


@pytest.mark.parametrize(
    ("houses", "first", "second"),
    [
        (0, "green", "green"),
        (1, "yellow", "yellow"),
        (2, "yellow", "yellow"),
        (3, "yellow", "orange"),
        (5, "yellow", "orange"),
        (6, "orange", "red"),
        (10, "orange", "red"),
        (11, "red", "red"),
    ],
)
def test_houses_make_a_colour(houses: int, first: str, second: str) -> None:
    assert (colour(houses, FIRST), colour(houses, SECOND)) == (first, second)


def test_a_red_rt_is_told_what_to_do() -> None:
    red = read_bands(SECOND)[-1]
    assert red.colour == "red"
    assert red.most is None
    assert "No gathering of more than three people." in [en for _, en in red.actions]
