"""Tell everybody the cases of weeks that are over, once and for all."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max

from smartkampung.kernel.clock import day
from smartkampung.kernel.small_cells import TOTAL
from smartkampung.regions.codes import inside
from smartkampung.regions.queries import kecamatan_of, regency
from smartkampung.reopening.cases.queries import new_cases, new_cases_by_village
from smartkampung.reopening.signals.models import PublishedWeek
from smartkampung.reopening.signals.queries.hearing import hearing_of
from smartkampung.reopening.signals.queries.indicators import BEGINNING
from smartkampung.reopening.signals.rules.hearing import is_week_heard
from smartkampung.reopening.signals.rules.weeks import WEEK, Unseen, shown, to_tell


def publish_weeks(*, at: datetime) -> int:
    """Write the weeks that may be told now; return how many.

    The job that calls sees everybody. A week that was told is never told again,
    whatever became known of it since.
    """
    here = regency()
    if here is None:
        return 0
    on = day(at)
    first = min(new_cases(here.code, BEGINNING, on), default=None)
    if first is None:
        return 0
    with transaction.atomic():
        told = PublishedWeek.objects.aggregate(last=Max("week"))["last"]
        weeks = to_tell(first, told, on)
        places = list(kecamatan_of(here.code).values_list("code", flat=True))
        if not weeks or not places:
            return 0
        counts, whole = _counts(places, weeks)
        PublishedWeek.objects.bulk_create(
            PublishedWeek(
                week=week,
                region=here.code if place == TOTAL else place,
                cases=None if isinstance(count, Unseen) else count,
                told=count != Unseen.NOT_TOLD,
                whole=whole[week] >= (set(places) if place == TOTAL else {place}),
                at=at,
            )
            for week in weeks
            for place, count in shown(counts[week]).items()
        )
    return len(weeks)


def _counts(
    places: list[str], weeks: list[date]
) -> tuple[dict[date, dict[str, int | None]], dict[date, set[str]]]:
    """Return the cases of kecamatan by week, and which were heard of on all its days.

    None where nobody told of it.
    """
    cases = new_cases_by_village(weeks[0], weeks[-1] + WEEK)
    found: dict[date, dict[str, int | None]] = {week: {} for week in weeks}
    whole: dict[date, set[str]] = {week: set() for week in weeks}
    for place in places:
        heard = hearing_of(place, weeks[0], weeks[-1] + WEEK)
        inner = [days for village, days in cases.items() if inside(village, place)]
        for week in weeks:
            days = [week + timedelta(days=n) for n in range(7)]
            count = sum(one.get(day, 0) for one in inner for day in days)
            # A nought is told only where enough was said of every day.
            if is_week_heard(heard, days[-1]):
                whole[week].add(place)
            silent = not count and place not in whole[week]
            found[week][place] = None if silent else count
    return found, whole
