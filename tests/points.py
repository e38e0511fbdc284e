"""Points of a batch of the cast."""

from dataclasses import replace
from datetime import time
from typing import Any

from smartkampung.aid.actions.batch import add_dues
from smartkampung.aid.models import Batch, Entitlement, Point
from smartkampung.aid.points.actions import open_point
from smartkampung.aid.points.rules import Plan
from tests import cases, cast, population
from tests.cases import NOW, TODAY

PLAN = Plan(
    place="Balai RW 002",
    on=TODAY,
    starts=time(8),
    ends=time(10, 30),
    capacity=2,
    areas=(cast.RT_HERE,),
)


def filled(desk: cases.Desk, people: int) -> Batch:
    """Return a draft with the aid of some people of one RT."""
    batch = cases.draft(desk)
    dues = [
        cases.approved(desk, population.person(f"Nyoman {n}", f"35100915059000{n:02}"))
        for n in range(1, people + 1)
    ]
    add_dues(batch=batch, due_ids=[due.pk for due in dues], by=desk.endang, at=NOW)
    return batch


def opened(desk: cases.Desk, batch: Batch, **more: Any) -> Point:
    """Return a point of a batch."""
    plan = replace(PLAN, **more)
    return open_point(batch=batch, plan=plan, by=desk.endang, at=NOW)


def called(point: Point) -> list[Entitlement]:
    """Return who is called to a point."""
    return list(Entitlement.objects.filter(point=point).order_by("pk"))
