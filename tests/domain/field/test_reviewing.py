"""Kartika's late work counts or is set aside: by a colleague, as her own work."""

import uuid
from datetime import timedelta
from typing import Any

import pytest

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Assignment, Staff
from smartkampung.accounts.roles import Permission, Role
from smartkampung.aid.models import Claim, FieldCheck
from smartkampung.frontline.field.actions.reviewing import (
    CannotCount,
    CannotDecide,
    let_count,
    set_aside,
)
from smartkampung.frontline.field.models import Record
from smartkampung.frontline.field.queries.records import record_for, waiting_for
from smartkampung.kernel.clock import now
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.worklist.models import WorkItem
from tests import cases, cast
from tests.fieldwork import Phone, phone_of, visit_answers
from tests.population import wayan

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim() -> Claim:
    cases.desk()
    return cases.claim_of(wayan())


@pytest.fixture
def phone(claim: Claim) -> Phone:
    return phone_of(cast.staff("kartika", Role.RT_HEAD, cast.RT_HERE))


def endang() -> Actor:
    actor = cases.rights(Staff.objects.get(username="endang"))
    act_as(Kind.STAFF, scope=actor.regions_where(Permission.FIELD_REVIEW))
    return actor


def taken_away(phone: Phone) -> None:
    """Take Kartika's office away."""
    Assignment.objects.filter(staff=phone.staff).update(
        revoked_at=now(), revoked_by="x", revoke_reason="x"
    )


def waiting(phone: Phone, claim: Claim, **more: Any) -> Record:
    """Let a visit wait because the office of who made it ended meanwhile."""
    taken_away(phone)
    target = f"aid.claim:{claim.pk}"
    form = phone.form("aid.field_check", target, visit_answers(), **more)
    assert phone.send_one(form)["state"] == "review"
    act_as(Kind.JOB)
    return Record.objects.latest("pk")


def test_late_work_counts_as_the_work_of_who_did_it_when_they_did_it(
    phone: Phone, claim: Claim
) -> None:
    row = waiting(phone, claim)
    assert let_count(row=row, by=endang(), at=now()) == ""
    act_as(Kind.JOB)
    check = FieldCheck.objects.get()
    assert check.checker == phone.staff
    row.refresh_from_db()
    assert check.checked_at == row.happened_at
    assert (row.state, row.decided_by) == ("done", Staff.objects.get(username="endang"))
    [receipt] = phone.call("GET", f"receipts?ids={row.form_id}").json()["receipts"]
    assert receipt["state"] == "done"
    assert not WorkItem.objects.filter(kind="field.review", closed_at=None).exists()


@pytest.mark.closes("field.review*")
def test_what_is_set_aside_says_why_and_stays(phone: Phone, claim: Claim) -> None:
    row = waiting(phone, claim)
    with pytest.raises(CannotDecide):
        set_aside(row=row, note=" ", by=endang(), at=now())
    set_aside(row=row, note="Sudah dicatat di kertas.", by=endang(), at=now())
    [receipt] = phone.call("GET", f"receipts?ids={row.form_id}").json()["receipts"]
    assert receipt["state"] == "set_aside"
    assert "Sudah dicatat di kertas." in receipt["message"]["id"]
    act_as(Kind.JOB)
    assert not FieldCheck.objects.exists()


def test_nobody_decides_twice_or_about_themselves(phone: Phone, claim: Claim) -> None:
    row = waiting(phone, claim)
    with pytest.raises(CannotDecide, match=r"[Yy]ourself|sendiri"):
        let_count(row=row, by=Actor(phone.staff.pk, "kartika"), at=now())
    set_aside(row=row, note="Dobel.", by=endang(), at=now())
    with pytest.raises(CannotDecide):
        let_count(row=row, by=endang(), at=now())


def test_what_the_domain_refuses_still_waits_and_says_why(
    phone: Phone, claim: Claim
) -> None:
    row = waiting(phone, claim)
    act_as(Kind.JOB)
    cases.visit(claim, cases.rights(Staff.objects.get(username="sari")))
    with pytest.raises(CannotCount) as refused:
        let_count(row=row, by=endang(), at=now())
    assert str(refused.value)
    act_as(Kind.JOB)
    row.refresh_from_db()
    assert row.state == "review"


def test_a_second_set_of_answers_can_be_a_second_act(
    phone: Phone, claim: Claim
) -> None:
    target = f"aid.claim:{claim.pk}"
    first = phone.form("aid.field_check", target, visit_answers(), id=str(uuid.uuid4()))
    phone.send_one(first)
    act_as(Kind.JOB)
    other = cases.claim_of(None, nik="3510091505900009")
    Claim.objects.filter(pk=other.pk).update(region_code=cast.RT_HERE)
    again = {**first, "target": f"aid.claim:{other.pk}"}
    assert phone.send_one(again)["code"] == "contradicts"
    act_as(Kind.JOB)
    let_count(row=Record.objects.latest("pk"), by=endang(), at=now())
    act_as(Kind.JOB)
    assert FieldCheck.objects.count() == 2


def test_what_cannot_be_read_cannot_count(phone: Phone, claim: Claim) -> None:
    phone.send(["?"])
    act_as(Kind.JOB)
    with pytest.raises(CannotCount):
        let_count(row=Record.objects.get(), by=endang(), at=now())


def test_colleagues_see_what_came_from_their_place_only(
    phone: Phone, claim: Claim
) -> None:
    row = waiting(phone, claim)
    assert record_for(endang(), row.pk, health=False) == row
    bambang = cast.staff("far", Role.KECAMATAN_OFFICER, cast.OTHER_KECAMATAN)
    assert not waiting_for(cases.rights(bambang), health=False)
    assert not waiting_for(endang(), health=True)


def test_it_waits_two_days_at_most_before_it_is_late(
    phone: Phone, claim: Claim
) -> None:
    row = waiting(phone, claim)
    item = WorkItem.objects.get(kind="field.review")
    assert item.due_at == row.received_at + timedelta(days=2)
