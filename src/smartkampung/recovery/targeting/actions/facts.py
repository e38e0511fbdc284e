"""Keep the facts of a population once a day, for all who try weights on it."""

from datetime import datetime

from smartkampung.kernel.clock import day
from smartkampung.recovery.targeting.bulk import keep_facts, queue_up
from smartkampung.recovery.targeting.models import Kept
from smartkampung.recovery.targeting.queries.known import kept_as_of


def facts_of_today(population: str, *, at: datetime) -> Kept:
    """Return when the facts of today were kept; keep them when nobody did yet."""
    found = _of_today(population, at)
    if found is None:
        queue_up(population)  # who waited here finds what the first has kept
        found = _of_today(population, at)
    if found is None:
        keep_facts(population, on=day(at), at=at)
        found = Kept.objects.get(pk=population)
    return found


def _of_today(population: str, at: datetime) -> Kept | None:
    row = kept_as_of(population)
    return row if row and row.on == day(at) else None
