"""Confirmed cases of the cast's villages, told by dr. Ratna. Nobody here is real."""

from datetime import date, datetime, timedelta
from typing import Any

from smartkampung.accounts.roles import Role
from smartkampung.kernel.clock import WIB
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.reopening.cases.actions.recording import (
    Told,
    record_case,
    report_none,
)
from smartkampung.reopening.cases.models import Case
from tests.cast import HERE, NEXT_DOOR, RT_HERE, places
from tests.population import actor

RATNA = actor(Role.PUSKESMAS_OFFICER, HERE, NEXT_DOOR, username="ratna")
DAY = date(2021, 4, 5)


def noon(on: date) -> datetime:
    """Return midday of a day."""
    return datetime(on.year, on.month, on.day, 12, tzinfo=WIB)


def case(
    on: date = DAY,
    *,
    name: str = "Komang",
    place: str = RT_HERE,
    address: str = "",
    at: datetime | None = None,
    **more: Any,
) -> Case:
    """Record a case on its day, as dr. Ratna."""
    places()
    act_as(Kind.JOB)
    told = Told(name=name, place=place, confirmed_on=on, address=address, **more)
    return record_case(told=told, by=RATNA, at=at or noon(on))


def houses(count: int, on: date = DAY, *, place: str = RT_HERE) -> list[Case]:
    """Record one case in each of so many houses."""
    return [
        case(on, name=f"Warga {number}", place=place, address=f"Mawar {number}")
        for number in range(count)
    ]


def none_here(
    on: date = DAY,
    *,
    days: int = 1,
    village: str = HERE,
    at: datetime | None = None,
) -> None:
    """Say that a village had no other case in the days that end on a day."""
    places()
    act_as(Kind.JOB)
    report_none(
        villages=[village],
        since=on - timedelta(days=days - 1),
        until=on + timedelta(days=1),
        by=RATNA,
        at=at or noon(on),
    )
