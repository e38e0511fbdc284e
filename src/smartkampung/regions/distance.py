"""How far two places are from each other, as the crow flies."""

from math import cos, hypot, radians

from smartkampung.regions.cells import KM_PER_DEGREE

Position = tuple[float, float]


def km(here: Position, there: Position) -> float:
    """Return the kilometres between two positions (lat, lng).

    On the flat around ``here``: within a regency that errs by less than a village.
    """
    east = (there[1] - here[1]) * cos(radians(here[0]))
    return hypot(there[0] - here[0], east) * KM_PER_DEGREE
