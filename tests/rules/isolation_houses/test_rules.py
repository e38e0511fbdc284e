"""What a house needs to open, how beds are numbered, how far a house is."""

from datetime import date, timedelta
from typing import Any

import pytest

from smartkampung.isolation.houses.rules import (
    Fault,
    km_between,
    next_names,
    opening_faults,
)

TODAY = date(2020, 6, 1)
TOMORROW = TODAY + timedelta(days=1)
GOOD: dict[str, Any] = {
    "beds": 2,
    "passed": True,
    "since": TODAY,
    "until": None,
    "today": TODAY,
}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"until": TOMORROW}, []),
        ({"beds": 0}, [Fault.NO_BED]),
        ({"passed": None}, [Fault.NOT_INSPECTED]),
        ({"passed": False}, [Fault.FOUND_WANTING]),
        ({"since": TODAY - timedelta(days=1)}, [Fault.IN_THE_PAST]),
        ({"until": TODAY}, [Fault.ENDS_FIRST]),
        ({"beds": 0, "passed": None}, [Fault.NO_BED, Fault.NOT_INSPECTED]),
    ],
    ids=[
        "a good house opens",
        "for one day",
        "without a bed",
        "before the Puskesmas came",
        "with something to mend",
        "yesterday",
        "ending first",
        "two reasons at once",
    ],
)
def test_a_house_opens_when(change: dict[str, Any], found: list[Fault]) -> None:
    assert opening_faults(**GOOD | change) == found


def test_beds_are_numbered_on() -> None:
    assert next_names([], 2) == ["1", "2"]
    assert next_names(["1", "7", "dekat jendela"], 2) == ["8", "9"]


def test_a_kilometre_is_a_kilometre() -> None:
    # A degree of latitude, and one of longitude at 8 degrees south.
    assert km_between((-8.0, 114.0), (-9.0, 114.0)) == pytest.approx(111.2)
    assert km_between((-8.0, 114.0), (-8.0, 115.0)) == pytest.approx(110.1, abs=0.1)
    assert km_between((-8.2, 114.3), (-8.2, 114.3)) == 0
