"""What every step of a grievance shares: its lock, its clock, its diary, its desk."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.cycles.queries.lists import closed_days
from smartkampung.aid.cycles.rules.days import after_working_days
from smartkampung.aid.grievances.queries import HANDLES, at_desk, sees_desk
from smartkampung.aid.grievances.rules import (
    WORKING_DAYS,
    Bar,
    Desk,
    EventKind,
    Kind,
    Office,
    bars_to_act,
    desk_above,
)
from smartkampung.aid.grievances.words import BARS
from smartkampung.aid.models import Grievance, GrievanceEvent
from smartkampung.audit.actions import record
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.clock import day, end_of_day
from smartkampung.kernel.errors import Refused
from smartkampung.regions.codes import ancestor
from smartkampung.worklist.actions import close_work, open_work

BUSY = _("Somebody else is working on this grievance. Please try again in a moment.")
WORK: dict[Desk, str] = {
    Desk.VILLAGE: "aid.grievance",
    Desk.KECAMATAN: "aid.grievance_review",
    Desk.REGENCY: "aid.grievance_settle",
}
Done = TypeVar("Done")


class CannotHandle(Refused):
    """This officer may not do this with this grievance now; ``bars`` is complete."""

    code = "cannot_handle_grievance"

    def __init__(self, bars: Sequence[Bar]) -> None:
        super().__init__(" ".join(str(BARS[bar]) for bar in bars))
        self.bars = list(bars)


def under_lock(
    row: Grievance,
    take: Callable[[Grievance], Done],
    refusals: Mapping[str, Refused] | None = None,
) -> Done:
    """Do something with a grievance as it is now, locked."""
    rows = Grievance.objects.filter(pk=row.pk)
    fresh = Grievance.objects.select_related("person__family", "programme", "about")
    return claim_scarce(
        locks=[Lock(Rank.PERSON, rows)],
        take=lambda: take(fresh.get(pk=row.pk)),
        refusals=refusals or {},
        busy=Busy(BUSY),
    )


def refuse(bars: Sequence[Bar]) -> None:
    """Raise CannotHandle where anything stands in the way."""
    if bars:
        raise CannotHandle(bars)


def must_hold(row: Grievance, by: Actor) -> None:
    """Refuse whoever has not taken this grievance in hand at their own desk."""
    refuse(
        bars_to_act(
            state=row.state,
            at_desk=at_desk(by, row),
            handler=row.taken_by_id,
            who=by.staff_id,
        )
    )


def in_working_days(at: datetime, days: int) -> datetime:
    """Return the end of the last of so many working days after a moment."""
    return end_of_day(after_working_days(day(at), days, closed_days(day(at))))


def days_of(row: Grievance) -> int:
    """Return how many working days a kind of grievance has."""
    return WORKING_DAYS[Kind(row.kind)]


def lay_on(row: Grievance, desk: Desk, at: datetime) -> None:
    """Put a grievance on a desk, higher where the officer complained about sees it.

    Sets the fields only. At the last desk there is no higher one: what is about an
    officer of Dinsos is overseen by the inspectorate.
    """
    row.desk, row.desk_code = desk, ancestor(row.region_code, desk)
    while row.about is not None and sees_desk(row.about, row.desk_code, on=day(at)):
        above = desk_above(Desk(row.desk))
        if above is None:
            row.office = Office.DINSOS
            return
        row.desk, row.desk_code = above, ancestor(row.region_code, above)


def open_desk_work(row: Grievance, *, urgent: bool = False) -> None:
    """Put the grievance on the list of the desk where it lies.

    Not what is about Dinsos: its officers would see on their board that there is one.
    """
    if row.office == Office.DINSOS:
        return
    desk = Desk(row.desk)
    open_work(
        kind=WORK[desk],
        target=row,
        permission=HANDLES[desk],
        region_code=row.desk_code,
        due_at=row.due_at,
        urgent=urgent,
    )


def renew_work(row: Grievance, *, by: str, urgent: bool = False) -> None:
    """Put the work where the grievance lies now, with its present clock."""
    close_work(target=row, by=by)
    open_desk_work(row, urgent=urgent)


def note(
    row: Grievance,
    kind: EventKind,
    *,
    by: Actor | None = None,
    who: str = "public",
    words: str = "",
    at: datetime,
    **detail: object,
) -> None:
    """Write down what happened, for the person and for the auditor."""
    GrievanceEvent.objects.create(
        grievance=row,
        kind=kind,
        desk=row.desk,
        note=words,
        by_id=by.staff_id if by else None,
        at=at,
    )
    record(
        f"aid.grievance_{kind}",
        target=row,
        by=by.username if by else who,
        region_code=row.desk_code,
        kind=row.kind,
        **detail,
    )


def permission_of(row: Grievance) -> Permission:
    """Return the permission that opens the desk where a grievance lies."""
    if row.office == Office.DINSOS:
        return Permission.GRIEVANCE_OVERSEE
    return HANDLES[Desk(row.desk)]
