"""Counts that anybody may read."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from smartkampung.aid.models import PublishedFigure


class Figure(StrEnum):
    """What is counted."""

    REPORTED = "reported"
    IN_TIME = "in_time"
    LATE = "late"
    FAMILIES = "families"


@dataclass(frozen=True)
class Figures:
    """The counts of one moment; what is missing was too small or not counted yet."""

    counted_at: datetime | None
    reported: int | None
    percent_in_time: float | None
    families: int | None


def published_figures() -> Figures:
    """Return the latest counts, in one query."""
    rows = {row.name: row for row in PublishedFigure.objects.all()}
    values = {name: row.value for name, row in rows.items()}
    in_time, late = values.get(Figure.IN_TIME), values.get(Figure.LATE)
    percent = None
    if in_time is not None and late is not None and in_time + late:
        percent = 100 * in_time / (in_time + late)
    return Figures(
        counted_at=max((row.counted_at for row in rows.values()), default=None),
        reported=values.get(Figure.REPORTED),
        percent_in_time=percent,
        families=values.get(Figure.FAMILIES),
    )
