"""What everybody may read of cases."""

from collections.abc import Iterable
from datetime import date

from smartkampung.regions.queries import names
from smartkampung.reopening.signals.models import PublishedWeek
from smartkampung.reopening.signals.rules.weeks import Cases, Unseen


def published_weeks(*, last: int) -> dict[date, dict[str, Cases]]:
    """Return the last weeks that were told, the oldest first: cases by region."""
    weeks = PublishedWeek.objects.order_by("-week").values_list("week", flat=True)
    recent = list(weeks.distinct()[:last])
    found: dict[date, dict[str, Cases]] = {week: {} for week in sorted(recent)}
    for row in PublishedWeek.objects.filter(week__in=recent).order_by("region"):
        found[row.week][row.region] = _cases(row)
    return found


def partly_heard(weeks: Iterable[date]) -> set[tuple[date, str]]:
    """Return the weeks and regions of which only a part was heard."""
    rows = PublishedWeek.objects.filter(week__in=list(weeks), whole=False)
    return set(rows.values_list("week", "region"))


def _cases(row: PublishedWeek) -> Cases:
    if row.cases is not None:
        return row.cases
    return Unseen.HIDDEN if row.told else Unseen.NOT_TOLD


def names_in(weeks: dict[date, dict[str, Cases]]) -> dict[str, str]:
    """Return the names of all regions of some weeks, by code."""
    return names({code for rows in weeks.values() for code in rows})
