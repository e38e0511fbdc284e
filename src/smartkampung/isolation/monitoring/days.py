"""What came of the days of a stay, as far as an officer may know."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.isolation.models import Check, Obligation, Stay
from smartkampung.isolation.monitoring.queries import followed
from smartkampung.isolation.monitoring.rules.checks import FOLLOWED, Slot
from smartkampung.kernel.clock import day

DONE = frozenset(FOLLOWED)


@dataclass(frozen=True)
class DayOfStay:
    """What came of one look, or of the looks of one day, which have no ``slot``."""

    day_index: int
    due_on: date
    slot: Slot | None
    state: str  # an Outcome, "missed" or "waiting"
    by: str
    at: datetime | None


def days_of(actor: Actor, stay: Stay, *, at: datetime) -> list[DayOfStay]:
    """Return the looks at somebody so far, the latest first; nothing about health.

    Only whoever was unwell is looked at twice a day. So who may not see health is told
    of each day, and not of each look: a second one would tell who is ill.
    """
    rows = Obligation.objects.filter(stay=stay, opens_at__lte=at).annotate(
        followed=followed()
    )
    looks = list(rows.order_by("-due_on", "-opens_at"))
    checks = _checks(stay)
    if actor.may_in(Permission.ISOLATION_HEALTH_VIEW, stay.reservation.region_code):
        return [_look(row, checks.get(row.pk, []), at) for row in looks]
    return [
        _whole(list(rows), checks, at)
        for _on, rows in groupby(looks, lambda row: row.due_on)
    ]


def _checks(stay: Stay) -> dict[int, list[Check]]:
    found: dict[int, list[Check]] = {}
    for check in Check.objects.filter(stay=stay).select_related("by").order_by("at"):
        found.setdefault(check.obligation_id, []).append(check)
    return found


def _look(row: Any, made: list[Check], at: datetime) -> DayOfStay:
    followers = [one for one in made if one.outcome in DONE]
    shown = (followers or made)[-1] if made else None
    missed = not row.followed and at >= row.closes_at
    return _told(row, Slot(row.slot), shown, missed)


def _whole(looks: list[Any], checks: dict[int, list[Check]], at: datetime) -> DayOfStay:
    """Return what came of a day; the first who saw the person, whenever that was."""
    made = sorted(_all(checks.get(row.pk, []) for row in looks), key=lambda one: one.at)
    followers = [one for one in made if one.outcome in DONE]
    shown = followers[0] if followers else made[-1] if made else None
    first = looks[-1]
    over = day(at) > first.due_on
    missed = over and not any(row.followed for row in looks)
    return _told(first, None, shown, missed)


def _all(made: Iterable[list[Check]]) -> Iterable[Check]:
    return (one for some in made for one in some)


def _told(row: Any, slot: Slot | None, shown: Check | None, missed: bool) -> DayOfStay:
    state = shown.outcome if shown else "waiting"
    return DayOfStay(
        day_index=row.day_index,
        due_on=row.due_on,
        slot=slot,
        state="missed" if missed else state,
        by=shown.by.full_name if shown and shown.by else "",
        at=shown.at if shown else None,
    )
