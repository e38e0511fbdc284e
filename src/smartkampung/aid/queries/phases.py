"""When reports are taken."""

from dataclasses import dataclass
from datetime import datetime

from smartkampung.aid.models import ReportingPhase


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
