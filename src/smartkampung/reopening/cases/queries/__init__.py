"""Reads of cases, by topic. These name nobody."""

from smartkampung.reopening.cases.queries.counting import (
    new_cases,
    new_cases_by_village,
)
from smartkampung.reopening.cases.queries.zones import colour_of, last_decided

__all__ = ["colour_of", "last_decided", "new_cases", "new_cases_by_village"]
