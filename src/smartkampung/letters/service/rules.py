"""Three faces, and when they may be told."""

from collections.abc import Mapping
from enum import IntEnum

FEWEST = 5  # of fewer answers one could tell whose they are


class Face(IntEnum):
    """How somebody found the service."""

    BAD = 1
    FAIR = 2
    GOOD = 3


def told(counts: Mapping[int, int]) -> dict[Face, int] | None:
    """Return how often each face was chosen; None of so few that one knows of whom."""
    found = {face: counts.get(face, 0) for face in Face}
    return found if sum(found.values()) >= FEWEST else None
