"""What 2020 and 2021 prescribed for a regency: bands of scores, levels of indicators."""

from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest

from smartkampung.reopening.guidance.rules.kinds import Indicator
from smartkampung.reopening.guidance.rules.ppkm import Capacity, capacity, transmission
from smartkampung.reopening.guidance.rules.regency import Risk, read_indicators, risk

SEEDED: Any = import_module(
    "smartkampung.reopening.guidance.migrations.0003_regency_and_levels"
)


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        ("0", "high"),
        ("60", "high"),
        ("60.5", "high"),
        ("61", "medium"),
        ("80", "medium"),
        ("81", "low"),
        ("100", "low"),
    ],
)
def test_the_risk_of_2020_begins_at_61_and_81(score: str, expected: str) -> None:
    assert risk(SEEDED.FIFTEEN, Decimal(score)) is Risk(expected)


@pytest.mark.parametrize(
    ("score", "expected"),
    [("1.80", "high"), ("1.81", "medium"), ("2.40", "medium"), ("2.41", "low")],
)
def test_the_risk_since_october_begins_at_hundredths(score: str, expected: str) -> None:
    assert risk(SEEDED.FOURTEEN, Decimal(score)) is Risk(expected)


def test_no_weight_was_published() -> None:
    first, later = read_indicators(SEEDED.FIFTEEN), read_indicators(SEEDED.FOURTEEN)
    assert [len(first), len(later)] == [15, 14]
    assert {one.weight for one in first + later} == {None}


@pytest.mark.parametrize(
    ("indicator", "value", "level"),
    [
        ("cases_weekly", "19.99", 1),
        ("cases_weekly", "20", 2),
        ("cases_weekly", "50", 3),
        ("cases_weekly", "150", 3),
        ("cases_weekly", "150.01", 4),
        ("admissions_weekly", "5", 2),
        ("admissions_weekly", "30.1", 4),
        ("deaths_weekly", "0.9", 1),
        ("deaths_weekly", "5", 3),
        ("tests", "1", None),
    ],
)
def test_levels_of_transmission(indicator: str, value: str, level: int | None) -> None:
    asked = Indicator(indicator)
    assert transmission(SEEDED.PPKM, asked, Decimal(value)) == level


@pytest.mark.parametrize(
    ("indicator", "value", "expected"),
    [
        ("positivity", "4.9", Capacity.ADEQUATE),
        ("positivity", "5", Capacity.MODERATE),
        ("positivity", "15", Capacity.MODERATE),
        ("positivity", "15.1", Capacity.LIMITED),
        ("contacts_traced", "14.5", Capacity.ADEQUATE),
        ("contacts_traced", "14", Capacity.MODERATE),
        ("contacts_traced", "4", Capacity.LIMITED),
        ("bed_occupancy", "80.5", Capacity.LIMITED),
        ("tests", "1", None),
    ],
)
def test_capacity_of_a_regency(
    indicator: str, value: str, expected: Capacity | None
) -> None:
    assert capacity(SEEDED.PPKM, Indicator(indicator), Decimal(value)) == expected
