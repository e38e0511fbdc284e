"""The villages that were named, for everybody."""

from collections.abc import Sequence
from datetime import date

from smartkampung.frontline.recognition.models import Named, Thanks, Week
from smartkampung.kernel.months import months_later
from smartkampung.kernel.small_cells import shown_count

SHOWN = 13


def weeks(*, most: int = SHOWN) -> Sequence[Week]:
    """Return the last weeks with whom each named, the newest first."""
    rows = Week.objects.order_by("-monday").prefetch_related("named__village__parent")
    return list(rows[:most])


def named_lately(village: str) -> Sequence[Named]:
    """Return the weeks for which a village was named, the newest first."""
    rows = Named.objects.filter(village_id=village).select_related("week")
    return list(rows.order_by("-week__monday")[:SHOWN])


def thanks_in_month(first: date) -> int | None:
    """Return how many thanks were given in a month; None for a few."""
    rows = Thanks.objects.filter(
        given_on__gte=first, given_on__lt=months_later(first, 1)
    )
    return shown_count(rows.count())
