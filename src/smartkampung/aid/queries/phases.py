"""When reports are taken."""

from dataclasses import dataclass
from datetime import datetime

from django.shortcuts import get_object_or_404

from smartkampung.aid.models import ReportingPhase
from smartkampung.intake.queries import taken_on
from smartkampung.kernel.clock import day

# The name under which the daily quota of reports is counted.
QUOTA = "aid.report"
SHOWN = 50


@dataclass(frozen=True)
class Window:
    """Whether the door is open; else when it opens next, if that is known."""

    is_open: bool
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    daily_quota_per_village: int = 0


def reporting_window(*, at: datetime) -> Window:
    """Return the present phase, or the next one."""
    phase = ReportingPhase.objects.filter(closes_at__gt=at).order_by("opens_at").first()
    if phase is None:
        return Window(is_open=False)
    return Window(
        phase.opens_at <= at,
        phase.opens_at,
        phase.closes_at,
        phase.daily_quota_per_village,
    )


@dataclass(frozen=True)
class Round:
    """One phase as its page shows it. ``taken_today`` counts all villages together."""

    phase: ReportingPhase
    state: str
    taken_today: int


def rounds(*, at: datetime) -> list[Round]:
    """Return all phases, the latest first; phases are no secret within the staff."""
    taken = taken_on(QUOTA, day(at))
    return [
        Round(phase, state := _state(phase, at), taken if state == "open" else 0)
        for phase in ReportingPhase.objects.order_by("-opens_at")[:SHOWN]
    ]


def round_by_id(phase_id: int) -> ReportingPhase:
    """Return one phase; 404 when there is none."""
    return get_object_or_404(ReportingPhase, pk=phase_id)


def _state(phase: ReportingPhase, at: datetime) -> str:
    if phase.opens_at > at:
        return "planned"
    return "open" if phase.closes_at > at else "over"
