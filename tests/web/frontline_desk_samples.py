"""Sample arguments of the desk of the front line (``tests/web/samples.py`` says how)."""

from datetime import date, timedelta
from typing import Any

from smartkampung.accounts.models import Assignment, Cover, Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import Permission, Role
from smartkampung.frontline.offices.actions.handing_over import hand_over_term
from smartkampung.kernel.clock import now, today
from smartkampung.worklist.models import WorkItem
from tests import cast, population
from tests.web.sampling import Sample


def _item(_: Any) -> dict[str, Any]:
    row = WorkItem.objects.create(
        kind="aid.field_check",
        target=f"aid.claim:{WorkItem.objects.count() + 900_000}",
        permission=Permission.FIELD_CHECK,
        region_code=cast.RT_HERE,
        opened_at=now(),
        due_at=now() + timedelta(days=2),
    )
    return {"item_id": row.pk}


def _cover(_: Any) -> dict[str, Any]:
    number = Cover.objects.count()  # two addresses ask for one
    two = [
        cast.staff(f"cover-{which}-{number}", Role.RT_HEAD, cast.RT_HERE)
        for which in ("away", "here")
    ]
    row = Cover.objects.create(
        absent=two[0],
        stand_in=two[1],
        since=today(),
        until=today() + timedelta(days=3),
        made_by="test",
        made_at=now(),
    )
    return {"cover_id": row.pk}


def _office(name: str = "") -> Assignment:
    name = name or f"leaves-{Assignment.objects.count()}"
    cast.staff(name, Role.RT_HEAD, cast.RT_HERE)
    return Assignment.objects.get(staff__username=name)


def _handed_over(_: Any) -> dict[str, Any]:
    head = Staff.objects.filter(username="head-over").first() or cast.staff(
        "head-over", Role.VILLAGE_HEAD, cast.HERE
    )
    number = Assignment.objects.count()
    done = hand_over_term(
        office=_office(f"left-{number}"),
        follower=cast.staff(f"follows-{number}", Role.RW_HEAD, cast.RW_HERE),
        on=today(),
        by=actor_for(head, on=today()),
        at=now(),
    )
    return {"handover_id": done.pk}


def _old_and_alone(_: Any) -> dict[str, Any]:
    home = population.family(kk=None)
    old = population.person("Putu Lansia", household=home, born_on=date(1940, 1, 1))
    return {"code": cast.RT_HERE, "person_id": old.pk}


# Only who may do the item itself may give it: most offices here may not.
ITEM = Sample(_item, bound=True, may_be_missing=True)
DONE = Sample(_handed_over, bound=True)

DESK: dict[str, Sample] = {
    "stop_cover": Sample(
        lambda at: {"pk": at.kartika.pk, "cover_id": 0}, bound=True, may_be_missing=True
    ),
    "frontline:give": ITEM,
    "frontline:give_back": ITEM,
    # an absence is of two people only
    "frontline:come_back": Sample(_cover, bound=True, may_be_missing=True),
    "frontline:agree": Sample(_cover, bound=True, may_be_missing=True),
    "frontline:rt": Sample(lambda _: {"code": cast.RT_HERE}, bound=True),
    "frontline:call": Sample(_old_and_alone, bound=True),
    # the village as a whole: not for who heads a part of it
    "frontline:village": Sample(
        lambda _: {"code": cast.HERE}, bound=True, may_be_missing=True
    ),
    "frontline:term": Sample(lambda _: {"office_id": _office().pk}, bound=True),
    "frontline:ask_admins": Sample(lambda _: {"office_id": _office().pk}, bound=True),
    "frontline:handed_over": DONE,
    "frontline:sheet": DONE,
    "frontline:take_back": DONE,
}
