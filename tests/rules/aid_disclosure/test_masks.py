"""A mask tells the first letters, and not how long a name is."""

from datetime import date, timedelta
from typing import Any

import pytest

from smartkampung.aid.disclosure.rules import (
    Bar,
    Wish,
    bars_to_publish,
    masked,
    postable,
)

ON = date(2026, 11, 24)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("name", "mask"),
    [
        ("Sari Wulandari", "S*** W***"),
        ("i wayan sudarma", "I*** W*** S***"),
        ("  Ni   Luh\tAyu ", "N*** L*** A***"),
        ("Nur'aini", "N***"),
        ("Wa*an", "W*** A***"),
        ("Élan", "É***"),
    ],
)
def test_masks(name: str, mask: str) -> None:
    assert masked(name) == mask


def wish(**more: Any) -> Wish:
    """Return a wish that nothing speaks against."""
    told: dict[str, Any] = {
        "sensitive": False,
        "reveals": False,
        "cycle": (ON - DAY, ON + 60 * DAY),
        "since": ON,
        "until": ON + 30 * DAY,
    }
    return Wish(**{**told, **more})


@pytest.mark.parametrize(
    ("more", "bars"),
    [
        ({}, []),
        ({"sensitive": True}, [Bar.SENSITIVE]),
        ({"reveals": True}, [Bar.COMPONENT]),
        ({"since": ON - DAY}, [Bar.BEGINS_IN_THE_PAST, Bar.TOO_LONG]),
        ({"until": ON}, [Bar.BACKWARDS]),
        ({"until": ON + 31 * DAY}, [Bar.TOO_LONG]),
        ({"cycle": (ON + DAY, ON + 60 * DAY)}, [Bar.OUTSIDE_THE_CYCLE]),
        ({"cycle": (ON, ON + 29 * DAY)}, [Bar.OUTSIDE_THE_CYCLE]),
    ],
)
def test_what_speaks_against_posting(more: dict[str, Any], bars: list[Bar]) -> None:
    assert bars_to_publish(wish(**more), on=ON) == bars


def test_a_list_is_posted_where_its_length_and_the_figure_are_shown() -> None:
    lengths = {"a": 6, "b": 7, "c": 0, "d": 8}
    shown = {"a": 6, "b": None, "c": 0, "d": 8}
    assert postable(lengths, shown, {"a", "b", "c"}) == ["a"]
