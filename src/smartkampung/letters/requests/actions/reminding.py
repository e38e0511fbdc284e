"""What is late is urgent, once a step; where the RT is silent the village looks, too."""

from datetime import datetime

from django.db.models import Q

from smartkampung.audit.actions import record_all
from smartkampung.letters.requests.actions.looking import ask_to_look
from smartkampung.letters.requests.models import LetterRequest
from smartkampung.letters.requests.rules.steps import ANSWERS_WITHIN, WAITING, State
from smartkampung.worklist.actions import urge_all_work

AT_ONCE = 500


def urge_late(*, at: datetime) -> int:
    """Mark the work on requests that are late as urgent; return how many.

    Each step has a quarter of an hour of its own first, an RT fifteen open minutes.
    """
    rows = LetterRequest.objects.select_related("applicant__family", "subject__family")
    rows = rows.select_for_update(no_key=True, skip_locked=True, of=("self",))
    waiting = rows.filter(state__in=WAITING, due_at__lt=at, urged_at=None)
    waiting = waiting.filter(step_since__lt=at - ANSWERS_WITHIN)
    waiting = waiting.filter(Q(answer_by=None) | Q(answer_by__lt=at))
    late = list(waiting.order_by("due_at", "pk")[:AT_ONCE])
    if late:
        urge_all_work(targets=late)
        ask_to_look([row for row in late if row.state == State.CONFIRM], at=at)
        LetterRequest.objects.filter(pk__in=[row.pk for row in late]).update(
            urged_at=at
        )
        record_all(
            "letters.late",
            targets=[(row, row.village_code) for row in late],
            by="system",
        )
    return len(late)
