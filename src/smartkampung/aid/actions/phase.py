"""Open and close the door for reports; change how many a village takes a day."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.aid.models import ReportingPhase
from smartkampung.aid.queries.phases import QUOTA
from smartkampung.audit.actions import record
from smartkampung.intake.actions.quota import set_quota
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused, atomic_or_refuse

MOST_A_DAY = 10_000


class PhasesOverlap(Refused):
    """Another round is open in that time."""

    code = "phases_overlap"


class PhaseEndsTooEarly(Refused):
    """A round closes after it opens, and not in the past."""

    code = "phase_ends_too_early"


class PhaseOver(Refused):
    """The round is over; what happened then stays as it was."""

    code = "phase_over"


def open_phase(
    *, opens_at: datetime, closes_at: datetime, quota: int, by: str, at: datetime
) -> ReportingPhase:
    """Plan a round; raise PhasesOverlap or PhaseEndsTooEarly."""
    if closes_at <= max(opens_at, at):
        raise PhaseEndsTooEarly(
            _("A round must close after it opens, and not in the past.")
        )
    overlap = PhasesOverlap(
        _("Another round is open in that time. Close it first, or choose other days.")
    )
    with atomic_or_refuse({"reporting_phase_one_at_a_time": overlap}):
        phase = ReportingPhase.objects.create(
            opens_at=opens_at,
            closes_at=closes_at,
            daily_quota_per_village=quota,
            opened_by=by,
        )
        record("aid.phase_opened", target=phase, by=by, quota=quota)
    return phase


def close_phase(*, phase: ReportingPhase, by: str, at: datetime) -> None:
    """Close a round now; one that has not begun is taken back. Raises PhaseOver."""
    with atomic_or_refuse({}):
        row = _running(phase, at)
        record("aid.phase_closed", target=row, by=by)
        if row.opens_at >= at:
            row.delete()
            return
        row.closes_at = at
        row.save(update_fields=["closes_at"])


def change_quota(*, phase: ReportingPhase, quota: int, by: str, at: datetime) -> None:
    """Change how many reports a village takes a day, from this moment on."""
    with atomic_or_refuse({}):
        row = _running(phase, at)
        row.daily_quota_per_village = quota
        row.save(update_fields=["daily_quota_per_village"])
        if row.opens_at <= at:
            set_quota(scope=QUOTA, on=day(at), limit=quota)
        record("aid.phase_quota_changed", target=row, by=by, quota=quota)


def _running(phase: ReportingPhase, at: datetime) -> ReportingPhase:
    row = ReportingPhase.objects.select_for_update().filter(pk=phase.pk).first()
    if row is None or row.closes_at <= at:
        raise PhaseOver(_("This round is over. Plan a new one instead."))
    return row
