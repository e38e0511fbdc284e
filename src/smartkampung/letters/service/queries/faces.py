"""How people found the service, never of so few that one knows of whom."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Count

from smartkampung.kernel.rls import as_job
from smartkampung.letters.service.models import Answer
from smartkampung.letters.service.rules import Face, told
from smartkampung.regions.codes import within

LOOKS_BACK = timedelta(days=90)


def faces(regions: Sequence[str], *, on: date) -> dict[Face, int] | None:
    """Return how often each face was chosen in ninety days; None of fewer than five."""
    with as_job():
        rows = Answer.objects.filter(
            within("village_code", regions), on__gt=on - LOOKS_BACK, on__lte=on
        )
        counted = rows.values_list("face").annotate(n=Count("pk"))
        return told(dict(counted))
