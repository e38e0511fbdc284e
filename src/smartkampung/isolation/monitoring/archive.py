"""The door to everybody who isolates or isolated: by name, and by where they stand."""

from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.isolation.models import DischargeLetter
from smartkampung.isolation.monitoring.queries import stays_for
from smartkampung.isolation.rules.states import StayState


class Standing(StrEnum):
    """Where somebody stands, as a list is asked for."""

    RELEASED = "released"
    OVER = "over"  # the last day is over, and nobody let them go
    PRESENT = "present"
    HOSPITAL = "hospital"
    LOST = "lost"


def found_for(
    actor: Actor, standing: Standing, *, name: str = "", today: date
) -> QuerySet[Any]:
    """Return those who stand so in the regions where the actor lets people go.

    Each with ``has_letter``. The latest to end come first; of those who are still
    there, who was to leave first.
    """
    rows = stays_for(actor, Permission.RELEASE_DECIDE).filter(_test(standing, today))
    for word in name.split():
        rows = rows.filter(name__icontains=word)
    letters = DischargeLetter.objects.filter(stay=OuterRef("pk"))
    order = ("-ended_at", "-pk")
    if standing in (Standing.OVER, Standing.PRESENT):
        order = ("during__endswith", "pk")
    return rows.annotate(has_letter=Exists(letters)).order_by(*order)


def _test(standing: Standing, today: date) -> Q:
    if standing == Standing.OVER:
        return Q(state=StayState.PRESENT, during__endswith__lte=today)
    return Q(state=standing.value)
