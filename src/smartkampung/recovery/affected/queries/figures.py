"""How many people of which branch and place stand where on the way to recovery."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.recovery.affected.models import Affected
from smartkampung.recovery.affected.rules.course import State
from smartkampung.regions.codes import reached

VILLAGE_LENGTH, KECAMATAN_LENGTH = 13, 8
COUNTED = (State.TO_VERIFY, State.VERIFIED, State.RECOVERED, State.REFUSED)


@dataclass(frozen=True)
class Counted:
    """The records of one branch or place, by state."""

    key: str
    states: Mapping[str, int]

    @property
    def open(self) -> int:
        """Return how many wait or are on the list."""
        return self.states[State.TO_VERIFY] + self.states[State.VERIFIED]


def counts_by_state(actor: Actor) -> dict[str, int]:
    """Return how many records stand in each state inside the actor's area."""
    rows = _rows(actor).order_by().values("state").annotate(n=Count("pk"))
    return dict(rows.values_list("state", "n"))


def counts_by_sector(actor: Actor) -> list[Counted]:
    """Return the counts of each branch, the hardest hit first."""
    rows = _rows(actor).order_by().values("sector_id").annotate(**_STATES)
    return _counted(rows, "sector_id")


def counts_by_place(actor: Actor, *, length: int) -> list[Counted]:
    """Return the counts of each place of so many letters, the hardest hit first."""
    rows = _rows(actor).order_by().annotate(place=Substr("region_code", 1, length))
    return _counted(rows.values("place").annotate(**_STATES), "place")


_STATES = {state.value: Count("pk", filter=Q(state=state)) for state in COUNTED}


def _rows(actor: Actor) -> QuerySet[Affected]:
    inside = reached("region_code", actor.regions_where(Permission.AFFECTED_VIEW))
    return Affected.objects.filter(inside)


def _counted(rows: Iterable[Mapping[str, Any]], key: str) -> list[Counted]:
    found = [
        Counted(row[key], {state: row[state] for state in _STATES}) for row in rows
    ]
    return sorted(found, key=lambda one: (-one.open, one.key))
