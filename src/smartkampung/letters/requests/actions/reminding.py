"""What is late is marked as urgent, once."""

from datetime import datetime

from smartkampung.audit.actions import record_all
from smartkampung.letters.requests.models import LetterRequest
from smartkampung.letters.requests.rules.steps import WAITING
from smartkampung.worklist.actions import urge_all_work

AT_ONCE = 500


def urge_late(*, at: datetime) -> int:
    """Mark the work on requests that are late as urgent; return how many."""
    rows = LetterRequest.objects.select_for_update(no_key=True, skip_locked=True)
    late = list(
        rows.filter(state__in=WAITING, due_at__lt=at, urged_at=None).order_by(
            "due_at", "pk"
        )[:AT_ONCE]
    )
    if late:
        urge_all_work(targets=late)
        LetterRequest.objects.filter(pk__in=[row.pk for row in late]).update(
            urged_at=at
        )
        record_all(
            "letters.late",
            targets=[(row, row.village_code) for row in late],
            by="system",
        )
    return len(late)
