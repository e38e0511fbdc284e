"""What somebody did in a month: the work that they closed, by kind."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Count, F, Q

from smartkampung.kernel.clock import start_of_day
from smartkampung.kernel.months import months_later
from smartkampung.worklist.models import WorkItem


def done_by(username: str, first: date) -> Mapping[str, tuple[int, int]]:
    """Return, by kind, how much somebody closed in a month, and how much in time."""
    rows = WorkItem.objects.filter(
        closed_by=username,
        closed_at__gte=start_of_day(first),
        closed_at__lt=start_of_day(months_later(first, 1)),
    )
    in_time = Count("pk", filter=Q(closed_at__lte=F("due_at")))
    found = rows.order_by().values("kind").annotate(n=Count("pk"), good=in_time)
    return {row["kind"]: (row["n"], row["good"]) for row in found}
