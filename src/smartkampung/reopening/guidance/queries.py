"""What guidance said on a day."""

from datetime import date

from smartkampung.reopening.guidance.models import Guidance
from smartkampung.reopening.guidance.rules.kinds import Kind


def in_force(kind: Kind, on: date) -> Guidance | None:
    """Return the version of a day, or None before the first."""
    return (
        Guidance.objects.filter(kind=kind, since__lte=on).order_by("since", "pk").last()
    )


def versions_of(kind: Kind) -> list[Guidance]:
    """Return every version of a kind, the latest first."""
    return list(Guidance.objects.filter(kind=kind).order_by("-since", "-pk"))
