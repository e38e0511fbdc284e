"""Indicators of a region on a day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from smartkampung.reopening.guidance.rules.kinds import Indicator


@dataclass(frozen=True)
class Reading:
    """A value in the unit of its indicator, or what is missing for one, in a code."""

    value: Decimal | None
    missing: str = ""


def readings(region: str, on: date) -> dict[Indicator, Reading]:
    """Return every indicator of a village, kecamatan or regency on a day."""
    return {one: Reading(None, "no_data") for one in Indicator}
