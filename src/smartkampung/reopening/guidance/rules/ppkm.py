"""Levels of PPKM for each indicator, read from the body of a version.

    {"per": 100000, "days": 7,
     "transmission": [
        {"indicator": "cases_weekly", "bands": [
            {"level": 1, "below": "20"}, {"level": 2, "below": "50"},
            {"level": 3, "most": "150"}, {"level": 4}]}],
     "capacity": [
        {"indicator": "positivity", "better": "lower", "good": "5", "poor": "15"},
        {"indicator": "contacts_traced", "better": "higher", "good": "14", "poor": "5"}]}

``indicator`` is one of :class:`kinds.Indicator`. Of bands the first that fits holds:
"below" is strict, "most" is not, the last is open. A capacity is adequate beyond
``good`` and limited beyond ``poor``, both strictly; what lies between is moderate.
How the parts make the level of a regency is not in the body: the matrix was not found,
so nobody computes it, and what officials announced is entered with its source.
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any

from smartkampung.reopening.guidance.rules.kinds import Indicator


class Capacity(StrEnum):
    """How a regency can answer, the best first."""

    ADEQUATE = "adequate"
    MODERATE = "moderate"
    LIMITED = "limited"


def transmission(
    body: Mapping[str, Any], indicator: Indicator, value: Decimal
) -> int | None:
    """Return the level of an indicator, or None if the body does not speak of it."""
    for one in body["transmission"]:
        if one["indicator"] == indicator:
            level: int = next(
                band["level"] for band in one["bands"] if _within(band, value)
            )
            return level
    return None


def _within(band: Mapping[str, Any], value: Decimal) -> bool:
    if "below" in band:
        return value < Decimal(band["below"])
    return "most" not in band or value <= Decimal(band["most"])


def capacity(
    body: Mapping[str, Any], indicator: Indicator, value: Decimal
) -> Capacity | None:
    """Return how an indicator of capacity stands, or None if it is none of them."""
    for one in body["capacity"]:
        if one["indicator"] == indicator:
            good, poor = Decimal(one["good"]), Decimal(one["poor"])
            if one["better"] == "higher":
                value, good, poor = -value, -good, -poor
            if value < good:
                return Capacity.ADEQUATE
            return Capacity.LIMITED if value > poor else Capacity.MODERATE
    return None
