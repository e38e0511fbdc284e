"""Tables of signals: counts of places and days, and none of them about a person."""

from smartkampung.reopening.signals.models.days import (
    DayReport,
    OfficialColour,
    ProvinceDay,
    PublishedWeek,
)
from smartkampung.reopening.signals.models.files import DayFile

__all__ = ["DayFile", "DayReport", "OfficialColour", "ProvinceDay", "PublishedWeek"]
