"""What guidance said on a day."""

from datetime import date

from smartkampung.reopening.guidance.models import Guidance
from smartkampung.reopening.guidance.rules.kinds import Kind


def in_force(kind: Kind, on: date) -> Guidance | None:
    """Return the version of a day, or None before the first."""
    return (
        Guidance.objects.filter(kind=kind, since__lte=on).order_by("since", "pk").last()
    )
