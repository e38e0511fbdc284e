"""Who stands on which list, for many families at once. For jobs; takes no actor."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from smartkampung.aid.models import Enrolment
from smartkampung.aid.queries.conflicts import as_aid
from smartkampung.aid.rules.conflicts import Aid


def aid_of_families(
    families: Iterable[int], *, since: date, until: date | None
) -> dict[int, list[Aid]]:
    """Return the programmes on whose lists these families stand in a period."""
    rows = Enrolment.objects.filter(
        Q(until=None) | Q(until__gt=since), family_id__in=families
    )
    if until is not None:
        rows = rows.filter(since__lt=until)
    found: dict[int, list[Aid]] = {}
    for row in rows.select_related("programme").order_by("pk"):
        found.setdefault(row.family_id, []).append(as_aid(row))
    return found
