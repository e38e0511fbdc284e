"""Anybody tells of a cut without a name; who handed out there neither reads nor answers."""

import uuid
from dataclasses import fields
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission, Role
from smartkampung.aid.complaints import actions, queries
from smartkampung.aid.complaints.actions import (
    CannotAnswerComplaint,
    TooManyComplaints,
    answer_complaint,
    complain,
)
from smartkampung.aid.complaints.rules import Kind, Told
from smartkampung.aid.models import Complaint
from smartkampung.intake.rules import Limit
from smartkampung.kernel import rls
from smartkampung.worklist import queries as worklist
from smartkampung.worklist.models import WorkItem
from tests import cases, cast
from tests.cases import NOW, call

pytestmark = pytest.mark.django_db
VIEW, ANSWER = Permission.COMPLAINT_VIEW, Permission.COMPLAINT_ANSWER


def told(**changes: Any) -> Told:
    """Tell that Rp50.000 were taken here."""
    given: dict[str, Any] = {
        "form_id": uuid.uuid4(),
        "region_code": cast.HERE,
        "programme": "",
        "kind": Kind.SHARE_TAKEN,
        "text": "Dipotong Rp50.000.",
    }
    return Told(**{**given, **changes})


def sent(**changes: Any) -> Complaint:
    """Send a complaint; return its row as a job sees it."""
    code = complain(told=told(**changes), at=NOW)
    rls.act_as(rls.Kind.JOB)
    return Complaint.objects.get(code_hash=queries.hash_of(code))


def dinsos() -> Actor:
    """Return Dian of Dinsos."""
    return cases.rights(cast.staff("dian", Role.DINSOS, cast.REGENCY))


@pytest.mark.closes("aid.answer_complaint")
def test_it_is_followed_by_its_code_and_answered() -> None:
    dian = dinsos()
    code = complain(told=told(), at=NOW)
    found = queries.by_code(code.lower())
    assert found is not None
    assert (found.answer, found.due_at) == ("", NOW + timedelta(days=14))
    rls.act_as(rls.Kind.STAFF, scope=[cast.REGENCY])
    row = queries.complaint_for(dian, found.pk, ANSWER)
    answer_complaint(complaint=row, answer="RT mengembalikan.", by=dian, at=NOW)
    with pytest.raises(CannotAnswerComplaint):
        answer_complaint(complaint=row, answer="Lagi.", by=dian, at=NOW)
    again = queries.by_code(code)
    assert again is not None
    assert again.answer == "RT mengembalikan."
    assert not WorkItem.objects.filter(closed_at=None).exists()
    assert queries.by_code("AAAA-BBBB-CCCC") is None
    assert queries.by_code("no code") is None


def test_the_same_form_sent_twice_is_one_complaint() -> None:
    dinsos()
    twice = told()
    assert complain(told=twice, at=NOW) == complain(told=twice, at=NOW)
    rls.act_as(rls.Kind.JOB)
    assert Complaint.objects.count() == 1


def test_nothing_about_who_tells_is_kept() -> None:
    names = {field.name for field in fields(Told)}
    assert names == {"form_id", "region_code", "programme", "kind", "text"}
    columns = {field.name for field in Complaint._meta.get_fields()}
    assert not columns & {"address", "nik", "phone", "name", "language", "user"}


def test_no_list_of_the_village_or_the_kecamatan_shows_it() -> None:
    desk = cases.desk()
    sent()
    assert list(worklist.work_for(dinsos(), [ANSWER]))
    for officer in (desk.sari, desk.made, desk.endang):
        assert not worklist.work_for(officer, [ANSWER]).exists()
        others = worklist.waiting_on_others_for(
            officer, seen_by=Permission.REPORT_VIEW, permissions=[ANSWER]
        )
        assert not others.exists()


@pytest.mark.closes("aid.hand_over")
def test_who_handed_out_there_never_sees_it_whatever_they_are_now() -> None:
    desk = cases.desk()
    call(cases.at_the_counter(desk), desk.sari)
    here, next_door = sent(), sent(region_code=cast.NEXT_DOOR)
    account = cast.staff("auditor", Role.AUDITOR, cast.REGENCY)
    auditor = cases.rights(account)
    promoted = Actor(desk.sari.staff_id, "sari", auditor.posts)
    assert set(queries.complaints_for(auditor, VIEW)) == {here, next_door}
    assert list(queries.complaints_for(promoted, VIEW)) == [next_door]
    with pytest.raises(Http404):
        queries.complaint_for(promoted, here.pk, VIEW)
    with pytest.raises(CannotAnswerComplaint):
        answer_complaint(complaint=here, answer="Tidak.", by=promoted, at=NOW)


def test_a_village_is_not_drowned_in_complaints(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    few = Limit("aid.complaint.village", 1, timedelta(days=1))
    monkeypatch.setattr(actions, "PER_VILLAGE", few)
    dinsos()
    sent()
    with pytest.raises(TooManyComplaints):
        sent()
    sent(region_code=cast.NEXT_DOOR)


def test_the_public_sees_the_one_of_its_code() -> None:
    dinsos()
    one = sent()
    sent()
    rls.act_as(rls.Kind.PUBLIC, tracking=bytes(one.code_hash))
    assert Complaint.objects.get() == one
    rls.act_as(rls.Kind.STAFF, scope=[cast.NEXT_DOOR])
    assert not Complaint.objects.exists()


# -- promises of the database -------------------------------------------------


def test_complaint_form_once() -> None:
    dinsos()
    row = sent()
    row.pk, row.code_hash = None, b"another"
    with pytest.raises(IntegrityError, match="complaint_form_once"):
        row.save(force_insert=True)


def test_complaint_answer_is_whole() -> None:
    dinsos()
    row = sent()
    for half in ({"answer": "Ya."}, {"answered_at": NOW}):
        with (
            pytest.raises(IntegrityError, match="complaint_answer_is_whole"),
            transaction.atomic(),
        ):
            Complaint.objects.filter(pk=row.pk).update(**half)


def test_complaint_answered_by_an_outsider() -> None:
    desk = cases.desk()
    call(cases.at_the_counter(desk), desk.sari)
    row = sent()
    with pytest.raises(IntegrityError, match="whoever handed out aid"):
        Complaint.objects.filter(pk=row.pk).update(
            answer="Ya.", answered_at=NOW, answered_by=desk.sari.staff_id
        )
