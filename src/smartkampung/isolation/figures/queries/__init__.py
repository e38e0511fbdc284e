"""Reads of the figures, each for the places where the reader may see them."""

from smartkampung.isolation.figures.queries.areas import Area, area_for, areas_of
from smartkampung.isolation.figures.queries.arrivals import (
    Arrivals,
    Origin,
    arrivals_in,
    origins_of,
)
from smartkampung.isolation.figures.queries.following import (
    Followed,
    followed,
    hours_to_action,
)
from smartkampung.isolation.figures.queries.houses import (
    HouseToday,
    houses_today,
    occupancy,
)
from smartkampung.isolation.figures.queries.people import (
    Load,
    at_home,
    loads,
    outcomes,
)

__all__ = [
    "Area",
    "Arrivals",
    "Followed",
    "HouseToday",
    "Load",
    "Origin",
    "area_for",
    "areas_of",
    "arrivals_in",
    "at_home",
    "followed",
    "hours_to_action",
    "houses_today",
    "loads",
    "occupancy",
    "origins_of",
    "outcomes",
]
