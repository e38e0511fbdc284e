"""Counts for the first page."""

from datetime import datetime

from django.db.models import F

from smartkampung.aid.models import (
    Claim,
    Enrolment,
    Entitlement,
    Handover,
    PublishedFigure,
)
from smartkampung.aid.queries.conflicts import running
from smartkampung.aid.queries.figures import Figure
from smartkampung.aid.rules.handover import GIVES
from smartkampung.kernel.small_cells import protected, shown_count


def publish_figures(*, at: datetime) -> dict[Figure, int | None]:
    """Count anew what anybody may read, and return it; the job that calls sees all.

    Small counts are stored as nothing, and so is what would give them back.
    """
    done = Claim.objects.filter(closed_at__isnull=False)
    in_time = done.filter(closed_at__lte=F("due_at")).count()
    cases = protected(
        {
            "all": {
                "in_time": in_time,
                "late": done.count() - in_time,
                "open": Claim.objects.filter(closed_at=None).count(),
            }
        }
    )["all"]
    figures = {
        Figure.REPORTED: cases["total"],
        Figure.IN_TIME: cases["in_time"],
        Figure.LATE: cases["late"],
        Figure.FAMILIES: shown_count(_families(at)),
    }
    for name, value in figures.items():
        PublishedFigure.objects.update_or_create(
            name=name, defaults={"value": value, "counted_at": at}
        )
    return figures


def _families(at: datetime) -> int:
    listed = Enrolment.objects.filter(running(at.date())).values("family_id")
    received = Handover.objects.filter(outcome__in=[outcome.value for outcome in GIVES])
    handed = Entitlement.objects.filter(handovers__in=received).values("family_id")
    return listed.union(handed).count()
