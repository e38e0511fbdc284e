"""Tables of signals: counts of places and days, and none of them about a person."""

from smartkampung.reopening.signals.models.days import (
    DayReport,
    OfficialColour,
    ProvinceDay,
    PublishedWeek,
)

__all__ = ["DayReport", "OfficialColour", "ProvinceDay", "PublishedWeek"]
