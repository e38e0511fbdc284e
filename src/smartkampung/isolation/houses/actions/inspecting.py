"""The Puskesmas looks at a house by the checklist, before it opens and later."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.isolation.houses.actions.describing import INSPECT, MEND
from smartkampung.isolation.houses.rules import Check
from smartkampung.isolation.models import House, Inspection
from smartkampung.worklist.actions import close_work, open_work

MEND_WITHIN = timedelta(days=3)


def inspect_house(
    *,
    house: House,
    form_id: UUID,
    faults: Collection[Check],
    note: str,
    by: Actor,
    at: datetime,
) -> Inspection:
    """Write down what was found; without a fault the village may open the house.

    The same form sent again is the same visit. With faults the village has work to
    do, and the house opens no more; people who are there stay.
    """
    visit, new = Inspection.objects.get_or_create(
        form_id=form_id,
        defaults={
            "house": house,
            "faults": sorted(fault.value for fault in faults),
            "passed": not faults,
            "note": note,
            "by": by.username,
            "at": at,
        },
    )
    if not new:
        return visit
    close_work(target=house, by=by.username, kinds=(INSPECT,))
    if faults:
        open_work(
            kind=MEND,
            target=house,
            permission=Permission.HOUSE_MANAGE,
            region_code=house.place_id,
            due_at=at + MEND_WITHIN,
        )
    else:
        close_work(target=house, by=by.username, kinds=(MEND,))
    record(
        "isolation.house_inspected",
        target=house,
        by=by.username,
        region_code=house.place_id,
        faults=visit.faults,
    )
    return visit
