"""The temperatures of one person as a drawing, and the table behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from smartkampung.isolation.monitoring.rules.health import (
    Symptom,
    Told,
    alarms,
)
from smartkampung.isolation.monitoring.words import SYMPTOMS
from smartkampung.isolation.protocol.queries import limits_on
from smartkampung.kernel.clock import day
from smartkampung.kernel.wording import moment, short_day

LEFT, RIGHT, TOP, BOTTOM = 34, 310, 14, 130
LOWEST, HIGHEST = 35.0, 41.0


@dataclass(frozen=True)
class Point:
    """One temperature, as SVG writes it, and what stands there."""

    x: str
    y: str
    hot: bool
    spoken: str


@dataclass(frozen=True)
class Chart:
    """Temperatures over the days of a stay."""

    points: tuple[Point, ...]
    line: str
    limit: str
    limit_words: str
    scale: tuple[tuple[str, str], ...]
    first_day: str
    last_day: str


def temperatures(readings: Sequence[Any], *, since: date) -> Chart | None:
    """Return the drawing; nothing for less than two temperatures."""
    rows = [row for row in readings if row.temperature is not None]
    if len(rows) < 2:
        return None
    begins = rows[0].at.timestamp()
    span = max(1.0, rows[-1].at.timestamp() - begins)
    fever = limits_on(since).fever
    points = tuple(
        Point(
            f"{LEFT + (RIGHT - LEFT) * (row.at.timestamp() - begins) / span:.1f}",
            _height(float(row.temperature)),
            row.temperature >= fever,
            f"{moment(row.at)}: {degrees(row.temperature)}",
        )
        for row in rows
    )
    return Chart(
        points=points,
        line=" ".join(f"{point.x},{point.y}" for point in points),
        limit=_height(float(fever)),
        limit_words=degrees(fever),
        scale=(
            *((_height(t), f"{t:.0f}") for t in (36.0, 37.0, 38.0, 39.0, 40.0)),
            (_height(HIGHEST), f"{HIGHEST:.0f}+"),
        ),
        first_day=short_day(rows[0].at),
        last_day=short_day(rows[-1].at),
    )


def _height(value: float) -> str:
    inside = min(HIGHEST, max(LOWEST, value))
    share = (inside - LOWEST) / (HIGHEST - LOWEST)
    return f"{BOTTOM - (BOTTOM - TOP) * share:.1f}"


def degrees(value: Any) -> str:
    """Return "36,7 °C"."""
    return _("%(whole)s.%(tenth)s °C") % dict(
        zip(("whole", "tenth"), f"{value:.1f}".split("."), strict=True)
    )


def table(readings: Sequence[Any]) -> list[dict[str, Any]]:
    """Return what stands behind the drawing, the latest first."""
    return [_line(row) for row in reversed(readings)]


def _line(row: Any) -> dict[str, Any]:
    symptoms = tuple(Symptom(one) for one in row.symptoms)
    told = Told(row.unwell, row.temperature, row.spo2, symptoms)
    return {
        "when": moment(row.at),
        "temperature": degrees(row.temperature) if row.temperature else "",
        "spo2": f"{row.spo2} %" if row.spo2 else "",
        "symptoms": ", ".join(str(SYMPTOMS[one]) for one in symptoms),
        "note": row.note,
        "alarm": bool(alarms(told, limits_on(day(row.at)))),
        "unwell": row.unwell,
    }
