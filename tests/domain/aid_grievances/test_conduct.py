"""Conduct goes up, and nobody complained about ever sees it."""

import pytest
from django.http import Http404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Permission, Role
from smartkampung.aid.grievances.actions.handling import (
    name_officer,
    take_in_hand,
)
from smartkampung.aid.grievances.actions.steps import CannotHandle
from smartkampung.aid.grievances.queries import (
    grievance_for,
    grievances_for,
    officers_near,
)
from smartkampung.aid.grievances.rules import Desk, Kind, Office, State
from smartkampung.aid.models import Grievance, GrievanceEvent
from smartkampung.kernel import rls
from smartkampung.web.aid_staff.kinds import PERMISSIONS
from smartkampung.worklist import queries as worklist
from smartkampung.worklist.models import WorkItem
from tests import cases, cast
from tests.cases import NOW, TODAY
from tests.grievances import (
    auditor,
    decided,
    dinsos,
    fresh,
    head,
    inspector,
    sent,
    taken,
)

pytestmark = pytest.mark.django_db
VILLAGE_OFFICES = (Office.RT_RW, Office.VILLAGE_OFFICER, Office.VILLAGE_HEAD)


def sees(actor: Actor, row: Grievance) -> bool:
    """Say whether any page, list of work or bare query shows it to the officer."""
    by_query = grievances_for(actor).filter(pk=row.pk).exists()
    target = f"aid.grievance:{row.pk}"
    lists = worklist.work_for(actor, PERMISSIONS) | worklist.waiting_on_others_for(
        actor, seen_by=Permission.REPORT_VIEW, permissions=PERMISSIONS
    )
    by_work = lists.filter(target=target).exists()
    return by_query or by_work


def past_the_query(actor: Actor, row: Grievance) -> bool:
    """Say whether row-level security lets the officer through by itself."""
    scope = actor.regions_where(Permission.GRIEVANCE_VIEW)
    rls.act_as(rls.Kind.STAFF, scope=scope, officer=actor.staff_id)
    found = Grievance.objects.filter(pk=row.pk).exists()
    found |= GrievanceEvent.objects.filter(grievance=row.pk).exists()
    rls.act_as(rls.Kind.JOB)
    return found


def test_nobody_of_the_village_sees_conduct_of_the_village() -> None:
    desk, hadi = cases.desk(), head()
    for office in VILLAGE_OFFICES:
        _code, row = sent(Kind.CONDUCT, office=office)
        for officer in (desk.sari, desk.made, hadi):
            assert not sees(officer, row)
            assert not past_the_query(officer, row)
        assert sees(desk.endang, row)
        assert past_the_query(desk.endang, row)


@pytest.mark.parametrize("kind", [Kind.PAID_LESS, Kind.LISTED])
def test_nobody_of_the_village_sees_what_is_told_of_its_cuts_and_lists(
    kind: Kind,
) -> None:
    desk, hadi = cases.desk(), head()
    cases.call(cases.at_the_counter(desk), desk.sari)
    _code, row = sent(kind, text="Bu Sari memotong seratus ribu.")
    assert row.desk_code == cast.KECAMATAN
    for officer in (desk.sari, desk.made, hadi):
        assert not sees(officer, row)
        assert not past_the_query(officer, row)
    assert sees(desk.endang, row)
    assert past_the_query(desk.endang, row)
    decided(row, desk.bambang, State.DISMISSED)
    assert not sees(desk.sari, row)


@pytest.mark.closes("aid.grievance_settle")
def test_what_the_kecamatan_handed_out_itself_is_looked_at_above_it() -> None:
    desk, dian = cases.desk(), dinsos()
    cases.call(cases.at_the_counter(desk), desk.bambang)
    _code, row = sent(Kind.PAID_LESS)
    assert row.desk_code == cast.REGENCY
    work = WorkItem.objects.get(kind="aid.grievance_settle", closed_at=None)
    assert (work.region_code, work.due_at) == (cast.REGENCY, row.promised_at)
    assert not sees(desk.bambang, row)
    assert sees(dian, row)
    decided(row, dian, State.DISMISSED)
    work.refresh_from_db()
    assert work.closed_by == dian.username


def test_conduct_of_the_kecamatan_goes_to_dinsos() -> None:
    desk, dian = cases.desk(), dinsos()
    _code, row = sent(Kind.CONDUCT, office=Office.KECAMATAN)
    for officer in (desk.sari, desk.endang, desk.bambang):
        assert not sees(officer, row)
        assert not past_the_query(officer, row)
    assert sees(dian, row)


def test_conduct_of_dinsos_is_overseen_by_the_inspectorate() -> None:
    desk, dian, above = cases.desk(), dinsos(), inspector()
    _code, row = sent(Kind.CONDUCT, office=Office.DINSOS)
    assert not any(sees(one, row) for one in (desk.endang, dian))
    oversee = Permission.GRIEVANCE_OVERSEE
    assert grievance_for(above, row.pk, oversee) == row
    assert sees(auditor(), row)
    _code, other = sent(Kind.QUESTION)
    with pytest.raises(Http404):
        grievance_for(above, other.pk, oversee)
    take_in_hand(grievance=row, by=above, at=NOW)
    assert fresh(row).taken_by_id == above.staff_id


def test_an_officer_named_as_on_the_account_is_kept_away_at_once() -> None:
    cases.desk()
    _code, row = sent(Kind.CONDUCT, officer_name="sari wulandari")
    assert row.about == Staff.objects.get(username="sari")
    _code, nobody = sent(Kind.CONDUCT, officer_name="Entah Siapa")
    assert nobody.about is None


def test_who_was_promoted_since_does_not_read_it_either() -> None:
    desk = cases.desk()
    _code, row = sent(Kind.CONDUCT, officer_name="Sari Wulandari")
    promoted = Actor(desk.sari.staff_id, "sari", desk.endang.posts)
    assert not sees_page(promoted, row)
    assert not past_the_query(promoted, row)


def sees_page(actor: Actor, row: Grievance) -> bool:
    """Say whether the page would show it."""
    return grievances_for(actor).filter(pk=row.pk).exists()


def test_a_named_officer_who_sees_this_desk_sends_it_higher() -> None:
    desk, dian = cases.desk(), dinsos()
    # Told about the village, but it was Bambang of the kecamatan.
    _code, row = sent(Kind.CONDUCT, office=Office.VILLAGE_OFFICER)
    taken(row, desk.endang)
    bambang = Staff.objects.get(username="bambang")
    name_officer(grievance=row, officer=bambang, by=desk.endang, at=NOW)
    now_is = fresh(row)
    assert (now_is.about, now_is.desk, now_is.taken_by) == (bambang, "regency", None)
    assert not sees(desk.bambang, now_is)
    assert not past_the_query(desk.bambang, now_is)
    assert sees(dian, now_is)


def test_a_named_officer_of_dinsos_leaves_dinsos_out() -> None:
    cases.desk()
    dian, dewi, above = dinsos(), dinsos("dewi"), inspector()
    _code, row = sent(Kind.CONDUCT, office=Office.KECAMATAN)
    taken(row, dian)
    officer = Staff.objects.get(username="dewi")
    name_officer(grievance=row, officer=officer, by=dian, at=NOW)
    now_is = fresh(row)
    assert now_is.office == Office.DINSOS
    assert not any(sees(one, now_is) for one in (dian, dewi))
    assert grievance_for(above, row.pk, Permission.GRIEVANCE_OVERSEE) == now_is


def test_nobody_names_themselves_and_only_who_holds_it_names() -> None:
    desk = cases.desk()
    _code, row = sent(Kind.CONDUCT)
    sari, endang = (Staff.objects.get(username=n) for n in ("sari", "endang"))
    with pytest.raises(CannotHandle):
        name_officer(grievance=row, officer=sari, by=desk.endang, at=NOW)
    taken(row, desk.endang)
    with pytest.raises(CannotHandle):
        name_officer(grievance=row, officer=endang, by=desk.endang, at=NOW)
    assert fresh(row).desk == Desk.KECAMATAN


def test_the_officers_to_choose_from_hold_that_office_in_that_place() -> None:
    cases.desk()
    cast.budi()
    dinsos()
    _code, row = sent(Kind.CONDUCT, office=Office.VILLAGE_OFFICER)
    names = [one.username for one in officers_near(row, on=TODAY)]
    assert names == ["sari"]
    _code, up = sent(Kind.CONDUCT, office=Office.DINSOS)
    assert [one.username for one in officers_near(up, on=TODAY)] == ["dian"]
    cast.staff("rini", Role.RW_HEAD, cast.RW_HERE)
    _code, rt = sent(Kind.CONDUCT, office=Office.RT_RW)
    assert {one.username for one in officers_near(rt, on=TODAY)} == {"made", "rini"}
