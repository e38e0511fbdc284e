"""What guidance said on a day."""

from datetime import date

from smartkampung.reopening.guidance.models import Guidance
from smartkampung.reopening.guidance.rules.kinds import Kind
from smartkampung.reopening.guidance.rules.phases import read_phases


def in_force(kind: Kind, on: date) -> Guidance | None:
    """Return the version of a day, or None before the first."""
    return (
        Guidance.objects.filter(kind=kind, since__lte=on).order_by("since", "pk").last()
    )


def phase_names(on: date) -> dict[str, tuple[str, str]]:
    """Return what the phases of a day are called, in both languages, by code."""
    found = in_force(Kind.PHASES, on)
    phases = read_phases(found.body) if found else []
    return {one.code: (one.name, one.name_en) for one in phases}


def versions_of(kind: Kind) -> list[Guidance]:
    """Return every version of a kind, the latest first."""
    return list(Guidance.objects.filter(kind=kind).order_by("-since", "-pk"))
