"""Sari gives one visit to Tuti, and takes it back."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import Http404

from smartkampung.accounts.actions.assignments import revoke_office
from smartkampung.accounts.actions.staff import disable_staff
from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Assignment, Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import Permission, Role
from smartkampung.audit.models import Event
from smartkampung.frontline.offices.actions.delegating import (
    LONGEST,
    DoneMeanwhile,
    NotTheirs,
    NotYoursToTake,
    delegate,
    take_back,
)
from smartkampung.frontline.offices.queries.given import item_for, receivers_for
from smartkampung.kernel.clock import now, start_of_day, today
from smartkampung.worklist.models import WorkItem
from smartkampung.worklist.queries import work_for
from tests import cast
from tests.covering import stands_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_morning")]


def an_item(**more: Any) -> WorkItem:
    """Put a visit in Wayan's RT on the list."""
    given = {"kind": "aid.field_check", "permission": Permission.FIELD_CHECK, **more}
    return WorkItem.objects.create(
        target=f"aid.claim:{WorkItem.objects.count()}",
        region_code=cast.RT_HERE,
        opened_at=now(),
        due_at=now() + timedelta(days=2),
        **given,
    )


def rights(staff: Staff) -> Actor:
    """Return the rights of this moment."""
    return actor_for(staff, on=today())


def tuti() -> Staff:
    """Make a colleague of Sari."""
    return cast.staff("tuti", Role.VILLAGE_OFFICER, cast.HERE, name="Tuti Alawiyah")


def give(row: WorkItem, to: Staff, by: Staff) -> WorkItem:
    """Give an item, and return it as it is now."""
    actor = rights(by)
    delegate(item=item_for(actor, row.pk), to=to, by=actor, at=now())
    return WorkItem.objects.get(pk=row.pk)


def test_only_who_may_do_it_there_can_be_given_it() -> None:
    sari, other = cast.sari(), tuti()
    cast.staff("made", Role.RT_HEAD, cast.RT_HERE)
    cast.staff("far", Role.RT_HEAD, f"{cast.NEXT_DOOR}.001.001")
    cast.staff("joko", Role.BABINSA, cast.HERE)
    row = an_item()
    names = [one.username for one in receivers_for(rights(sari), row, on=today())]
    assert names == ["tuti", "made"] or set(names) == {"tuti", "made"}
    with pytest.raises(NotTheirs):
        give(row, cast.budi(), sari)
    with pytest.raises(NotTheirs):
        give(row, sari, sari)
    given = give(row, other, sari)
    assert (given.given_to, given.given_by) == ("tuti", "sari")
    assert Event.objects.get(name="work.given").detail["to"] == "tuti"


def test_who_asked_for_it_is_not_given_it() -> None:
    sari, other = cast.sari(), tuti()
    row = an_item(not_by=[other.username])
    assert not receivers_for(rights(sari), row, on=today())
    with pytest.raises(NotTheirs):
        give(row, other, sari)


def test_who_may_not_do_it_cannot_give_it() -> None:
    row = an_item()
    with pytest.raises(Http404):
        item_for(rights(cast.budi()), row.pk)


def test_giver_and_given_take_it_back_and_nobody_else() -> None:
    sari, other = cast.sari(), tuti()
    third = cast.staff("made", Role.RT_HEAD, cast.RT_HERE)
    for back in (sari, other):
        row = give(an_item(), other, sari)
        with pytest.raises(NotYoursToTake):
            take_back(item=row, by=rights(third), at=now())
        take_back(item=row, by=rights(back), at=now())
        assert WorkItem.objects.get(pk=row.pk).given_to == ""
        with pytest.raises(DoneMeanwhile):
            take_back(item=row, by=rights(back), at=now())


def test_what_a_colleague_has_nobody_else_gives_on() -> None:
    sari, other = cast.sari(), tuti()
    ani = cast.staff("ani", Role.VILLAGE_OFFICER, cast.HERE)
    row = give(an_item(), other, sari)
    with pytest.raises(NotYoursToTake):
        give(row, ani, ani)
    with pytest.raises(NotYoursToTake):
        give(row, sari, ani)
    WorkItem.objects.update(given_until=now())
    assert give(row, other, ani).given_by == "ani"


def test_giving_on_adds_no_days() -> None:
    sari, other = cast.sari(), tuti()
    row = give(an_item(), other, sari)
    WorkItem.objects.update(given_until=now() + timedelta(days=2))
    ends = WorkItem.objects.get(pk=row.pk).given_until
    assert give(row, sari, other).given_until == ends
    assert give(row, other, sari).given_until == ends


def test_nothing_is_given_upwards() -> None:
    rt = cast.staff("rt", Role.RT_HEAD, cast.RT_HERE)
    rw = cast.staff("rw", Role.RW_HEAD, cast.RW_HERE)
    sari, row = cast.sari(), an_item()
    for above in (rw, sari):
        with pytest.raises(NotTheirs):
            give(row, above, rt)
    assert give(row, rt, rw).given_to == "rt"


def test_a_health_centre_gives_within_itself() -> None:
    ratna = cast.dr_ratna()
    bidan = cast.staff("bidan", Role.PUSKESMAS_OFFICER, centre=cast.PUSKESMAS)
    cast.staff("dinas", Role.DINKES, cast.REGENCY)
    row = an_item(permission=Permission.MONITORING_RECORD, kind="isolation.see")
    found = receivers_for(rights(ratna), row, on=today())
    assert [one.username for one in found] == [bidan.username]


@pytest.mark.parametrize(
    ("role", "place", "may"),
    [
        (Role.VILLAGE_HEAD, cast.HERE, True),
        (Role.VILLAGE_OFFICER, cast.HERE, False),
        (Role.VILLAGE_HEAD, cast.NEXT_DOOR, False),
    ],
)
def test_whoever_stands_above_the_giver_takes_it_back(
    role: Role, place: str, may: bool
) -> None:
    row = give(an_item(), tuti(), cast.sari())
    above = rights(cast.staff("above", role, place))
    if may:
        take_back(item=row, by=above, at=now())
        assert WorkItem.objects.get(pk=row.pk).given_to == ""
        return
    with pytest.raises(NotYoursToTake):
        take_back(item=row, by=above, at=now())


def test_the_head_does_not_take_back_what_came_from_above() -> None:
    camat, kades = cast.camat(), cast.staff("kades", Role.VILLAGE_HEAD, cast.HERE)
    row = an_item(permission=Permission.HANDOVER_RECORD, kind="aid.hand_over")
    given = give(row, cast.sari(), camat)
    with pytest.raises(NotYoursToTake):
        take_back(item=given, by=rights(kades), at=now())
    assert give(given, tuti(), camat).given_by == "endang"


def test_what_nobody_was_given_is_not_taken_back() -> None:
    kades = cast.staff("kades", Role.VILLAGE_HEAD, cast.HERE)
    with pytest.raises(NotYoursToTake):
        take_back(item=an_item(), by=rights(kades), at=now())


def test_who_is_away_is_given_nothing_and_the_stand_in_has_what_was_given() -> None:
    sari, other = cast.sari(), tuti()
    made = cast.staff("made", Role.RT_HEAD, cast.RT_HERE)
    row = give(an_item(), other, sari)
    stands_in(
        absent=other,
        stand_in=made,
        since=today(),
        until=today() + timedelta(days=3),
        by="tuti",
        at=now(),
    )
    assert "tuti" not in {
        one.username for one in receivers_for(rights(sari), row, on=today())
    }
    mine = [Permission.FIELD_CHECK]
    assert list(work_for(rights(made), mine)) == [row]
    assert not work_for(rights(sari), mine)
    take_back(item=row, by=rights(made), at=now())
    assert list(work_for(rights(sari), mine)) == [row]


def test_what_was_done_meanwhile_cannot_be_given() -> None:
    sari, other, row = cast.sari(), tuti(), an_item()
    actor = rights(sari)
    found = item_for(actor, row.pk)
    WorkItem.objects.update(closed_at=now(), closed_by="made")
    with pytest.raises(DoneMeanwhile):
        delegate(item=found, to=other, by=actor, at=now())


def test_it_falls_back_when_the_rights_of_the_colleague_end() -> None:
    sari, other = cast.sari(), tuti()
    far = give(an_item(), other, sari).given_until
    assert far is not None
    assert abs(far - (now() + LONGEST)) < timedelta(minutes=1)
    ends = today() + timedelta(days=3)
    Assignment.objects.filter(staff=other).update(until=ends)
    assert give(an_item(), other, sari).given_until == start_of_day(ends)


@pytest.mark.parametrize("how", ["revoked", "closed"])
def test_it_falls_back_when_the_colleague_is_gone(how: str) -> None:
    sari, other = cast.sari(), tuti()
    row = give(an_item(), other, sari)
    admin = rights(cast.staff("admin", Role.SYSTEM_ADMIN, cast.REGENCY))
    if how == "revoked":
        office = Assignment.objects.get(staff=other)
        revoke_office(assignment=office, reason="moved", by=admin, at=now())
    else:
        disable_staff(staff=other, reason="moved", by=admin, at=now())
    assert WorkItem.objects.get(pk=row.pk).given_to == ""


def test_a_day_without_offices_gives_nobody(settings: Any) -> None:
    cast.sari(), tuti()
    actor = Actor(0, "x", ())
    with pytest.raises(Http404):
        item_for(actor, an_item().pk)
    assert receivers_for(actor, an_item(), on=date(2019, 1, 1)) == []
