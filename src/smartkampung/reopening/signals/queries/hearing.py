"""Of which days villages were told of."""

from datetime import date

from django.db.models import Count

from smartkampung.regions.codes import level
from smartkampung.regions.queries import villages_of
from smartkampung.reopening.cases.models import Heard
from smartkampung.reopening.cases.queries.counting import heard_days
from smartkampung.reopening.signals.rules.hearing import (
    Hearing,
    of_village,
    of_villages,
)


def hearing_of(region: str, since: date, until: date) -> Hearing:
    """Return of which days (half-open) enough was told of a region."""
    if level(region) == "village":
        return of_village(frozenset(heard_days(region, since, until)))
    villages = list(villages_of(region).values_list("code", flat=True))
    rows = Heard.objects.filter(
        village_code__in=villages, day__gte=since, day__lt=until
    )
    told = dict(rows.values_list("day").annotate(Count("pk")).order_by())
    return of_villages(told, len(villages))
