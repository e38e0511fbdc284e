"""Cases and houses by place and day, as known at a moment; nothing about anybody."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet

from smartkampung.kernel.clock import now
from smartkampung.regions.codes import spread, village_of
from smartkampung.regions.queries import regency, rts_of, villages_of
from smartkampung.reopening.cases.models import Heard, Mark
from smartkampung.reopening.cases.rules.zones import Counted

_HOUSES = """
    SELECT region_code, count(DISTINCT house) FROM cases_mark
    WHERE confirmed_on BETWEEN %(since)s AND %(until)s AND known_from <= %(known)s
        AND (known_until IS NULL OR known_until > %(known)s)
        AND (%(inside)s = '' OR region_code = %(inside)s)
    GROUP BY region_code
"""


def new_cases(region: str, since: date, until: date) -> dict[date, int]:
    """Return how many were confirmed each day (half-open); days without are left out."""
    rows = _known().filter(
        spread("region_code", region), confirmed_on__gte=since, confirmed_on__lt=until
    )
    return dict(rows.values_list("confirmed_on").annotate(Count("pk")).order_by())


def new_cases_by_village(since: date, until: date) -> dict[str, dict[date, int]]:
    """Return the same for every village that had a case."""
    rows = _known().filter(confirmed_on__gte=since, confirmed_on__lt=until)
    found: dict[str, dict[date, int]] = {}
    each = rows.values_list("region_code", "confirmed_on").annotate(Count("pk"))
    for place, day, count in each.order_by():
        days = found.setdefault(village_of(place), {})
        days[day] = days.get(day, 0) + count
    return found


def _known() -> QuerySet[Mark]:
    return Mark.objects.filter(known_until=None)


def heard_days(village: str, since: date, until: date) -> list[date]:
    """Return the days (half-open) of which the Puskesmas of a village said something."""
    rows = Heard.objects.filter(village_code=village, day__gte=since, day__lt=until)
    return list(rows.values_list("day", flat=True).order_by("day"))


def counted(
    on: date, *, days: int, known: datetime, villages: Collection[str]
) -> Counted:
    """Return the houses of every place in so many days, by what was known then."""
    since = on - timedelta(days=days - 1)
    heard = Heard.objects.filter(day__range=(since, on), at__lte=known)
    silent = set(villages) - set(heard.values_list("village_code", flat=True))
    return Counted(_houses(on, since, known), frozenset(silent))


def counted_at(place: str, on: date, *, days: int) -> Counted:
    """Return the same for one RT, by what is known now."""
    since = on - timedelta(days=days - 1)
    village = village_of(place)
    heard = Heard.objects.filter(village_code=village, day__range=(since, on)).exists()
    silent = frozenset() if heard else frozenset([village])
    return Counted(_houses(on, since, now(), place), silent)


def _houses(on: date, since: date, known: datetime, inside: str = "") -> dict[str, int]:
    told: dict[str, Any] = {"since": since, "until": on, "known": known}
    with connection.cursor() as cursor:
        cursor.execute(_HOUSES, told | {"inside": inside})
        return dict(cursor.fetchall())


def rts_by_village() -> dict[str, int]:
    """Return how many RTs each village of the regency has."""
    found = regency()
    if found is None:
        return {}
    rts = dict.fromkeys(villages_of(found.code).values_list("code", flat=True), 0)
    for code in rts_of(found.code).values_list("code", flat=True):
        rts[village_of(code)] += 1
    return rts


def without_rt(on: date, *, days: int, inside: str, known: datetime) -> dict[str, int]:
    """Return, by village, the houses of which the RT was unknown at a moment."""
    since = on - timedelta(days=days - 1)
    stood = Q(known_until=None) | Q(known_until__gt=known)
    rows = Mark.objects.filter(
        stood,
        spread("region_code", inside),
        confirmed_on__range=(since, on),
        known_from__lte=known,
    )
    each = rows.values_list("region_code").annotate(Count("house", distinct=True))
    return {place: count for place, count in each.order_by() if place.count(".") == 3}
