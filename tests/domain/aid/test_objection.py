"""Wayan objects to a refusal; somebody other than the one who refused looks again."""

from datetime import timedelta

import pytest

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Role
from smartkampung.aid.actions.decide import CannotDecide
from smartkampung.aid.actions.objection import (
    CannotAnswer,
    CannotObject,
    answer_objection,
    file_objection,
)
from smartkampung.aid.models import Claim, Objection
from smartkampung.aid.rules.claims import Bar
from smartkampung.worklist.models import WorkItem
from tests import cases, cast
from tests.cases import NOW, Desk, approve, visit

pytestmark = pytest.mark.django_db


def objected(desk: Desk) -> Objection:
    """Return Wayan's objection to Endang's refusal."""
    claim = cases.refused(desk)
    return file_objection(claim=claim, text="Rumahnya ada.", by="public", at=NOW)


def answer(row: Objection, by: Actor, *, upheld: bool) -> None:
    """Answer an objection."""
    answer_objection(
        objection=row,
        upheld=upheld,
        answer="Kami periksa lagi.",
        by=by,
        at=NOW,
    )


def test_an_objection_waits_for_an_answer() -> None:
    desk = cases.desk()
    objected(desk)
    assert cases.open_work_kinds() == ["aid.answer_objection"]


def test_who_refused_does_not_answer() -> None:
    desk = cases.desk()
    row = objected(desk)
    with pytest.raises(CannotAnswer):
        answer(row, desk.endang, upheld=False)
    assert Objection.objects.get().outcome == ""


def test_dismissed_leaves_the_refusal() -> None:
    desk = cases.desk()
    row = objected(desk)
    answer(row, desk.bambang, upheld=False)
    assert cases.state_of(row.claim) == "refused"
    assert cases.open_work_kinds() == []


@pytest.mark.closes("aid.field_check")
def test_upheld_opens_the_claim_for_a_new_check_and_a_new_decider() -> None:
    desk = cases.desk()
    row = objected(desk)
    answer(row, desk.bambang, upheld=True)
    claim = Claim.objects.get()
    assert (claim.state, claim.closed_at) == ("to_check", None)
    assert claim.due_at == NOW + timedelta(days=7)
    visit(claim, desk.made)
    with pytest.raises(CannotDecide) as refusal:
        approve(claim, desk.endang)
    assert refusal.value.bars == [Bar.DECIDED_BEFORE]
    approve(claim, desk.bambang)
    assert cases.state_of(claim) == "approved"


@pytest.mark.closes("aid.decide_again")
def test_where_one_officer_sits_dinsos_answers_and_decides_anew() -> None:
    desk = cases.desk()
    dian = cases.rights(cast.staff("dian", Role.DINSOS, cast.REGENCY))
    row = objected(desk)
    with pytest.raises(CannotAnswer, match="Dinsos"):
        answer(row, desk.endang, upheld=True)
    answer(row, dian, upheld=True)
    visit(row.claim, desk.made)
    work = WorkItem.objects.get(closed_at=None)
    assert (work.kind, work.permission) == ("aid.decide_again", "aid.objection_answer")
    approve(row.claim, dian)
    assert cases.state_of(row.claim) == "approved"
    assert cases.open_work_kinds() == ["aid.batch"]


def test_what_no_objection_reopened_waits_for_the_kecamatan_alone() -> None:
    desk = cases.desk()
    claim = cases.refused(desk)
    visit(second := cases.claim_of(None, nik="3510091505900009"), desk.made)
    assert second != claim
    work = WorkItem.objects.get(closed_at=None)
    assert (work.kind, work.permission) == ("aid.decide", "aid.claim_decide")


def test_an_objection_is_answered_once() -> None:
    desk = cases.desk()
    row = objected(desk)
    answer(row, desk.bambang, upheld=False)
    with pytest.raises(CannotAnswer):
        answer(row, desk.bambang, upheld=True)


@pytest.mark.closes("aid.decide")
def test_a_refusal_has_one_objection() -> None:
    desk = cases.desk()
    row = objected(desk)
    with pytest.raises(CannotObject):
        file_objection(claim=row.claim, text="Sekali lagi.", by="public", at=NOW)


def test_only_a_refusal_can_be_objected_to() -> None:
    desk = cases.desk()
    cases.approved(desk)
    with pytest.raises(CannotObject):
        file_objection(claim=Claim.objects.get(), text="Kurang.", by="public", at=NOW)


def test_objecting_ends_after_thirty_days() -> None:
    desk = cases.desk()
    claim = cases.refused(desk)
    with pytest.raises(CannotObject):
        file_objection(
            claim=claim, text="Baru tahu.", by="public", at=NOW + timedelta(days=31)
        )


@pytest.mark.closes("aid.answer_objection")
def test_a_newer_open_report_takes_the_place_of_an_upheld_objection() -> None:
    desk = cases.desk()
    row = objected(desk)
    cases.claim_of(row.claim.person)
    with pytest.raises(CannotAnswer):
        answer(row, desk.bambang, upheld=True)
    answer(row, desk.bambang, upheld=False)
