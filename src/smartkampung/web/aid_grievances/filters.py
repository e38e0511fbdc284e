"""The lists of grievances that an officer can choose from."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.aid.grievances.queries import waiting
from smartkampung.aid.grievances.rules import CLOSED, Kind, State

MINE, LATE, ASKED, DONE = "mine", "late", "asked", "done"
SHOWN: dict[str, Promise] = {
    "": _("Waiting"),
    MINE: _("In my hand"),
    LATE: _("Late"),
    ASKED: _("Wait for the person"),
    DONE: _("Decided"),
}


def shown(
    rows: QuerySet[Any], actor: Actor, show: str, kind: str, *, at: datetime
) -> QuerySet[Any]:
    """Return the rows of one list, of one kind where one is chosen."""
    if kind in set(Kind):
        rows = rows.filter(kind=kind)
    if show == DONE:
        return rows.filter(state__in=CLOSED)
    rows = waiting(rows)
    if show == MINE:
        return rows.filter(taken_by=actor.staff_id)
    if show == LATE:
        return rows.filter(due_at__lt=at).exclude(state=State.ASKED)
    return rows.filter(state=State.ASKED) if show == ASKED else rows
