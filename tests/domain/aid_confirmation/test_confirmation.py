"""The family says whether it got what was written down; the recorder never sees it."""

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from smartkampung.accounts.roles import Permission, Role
from smartkampung.aid.confirmation import queries
from smartkampung.aid.confirmation.actions import (
    AnswerDoesNotFit,
    CannotFollow,
    TooLateToAnswer,
    answer_confirmation,
    follow_gap,
)
from smartkampung.aid.confirmation.rules import Answer
from smartkampung.aid.models import Confirmation, Entitlement, Handover
from smartkampung.aid.rules.handover import Outcome
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.sealed import Sealed, blind_index
from smartkampung.notify.models import Message
from smartkampung.residents.models import PHONE, Family
from smartkampung.worklist import queries as worklist
from smartkampung.worklist.models import WorkItem
from tests import cases, cast, population
from tests.cases import NOW, call

pytestmark = pytest.mark.django_db
FOLLOW = Permission.CONFIRMATION_FOLLOW


def asked(desk: cases.Desk, by: Any = None, **more: Any) -> Confirmation:
    """Return what Wayan's family was asked after its hand-over."""
    due = cases.at_the_counter(desk)
    call(due, by or desk.sari, **more)
    return Confirmation.objects.get()


def says(
    row: Confirmation, answer: Answer, *, at: datetime = NOW, words: str = ""
) -> None:
    """Answer for the family."""
    answer_confirmation(confirmation=row, answer=answer, words=words, at=at)


def texts() -> list[Message]:
    """Return the messages that carry a code of a confirmation."""
    return list(Message.objects.filter(template="confirm").order_by("pk"))


def test_after_the_hand_over_the_family_is_asked_with_a_code_of_its_own() -> None:
    row = asked(cases.desk())
    (message,) = texts()
    assert message.secret is not None
    assert message.address.open() == population.WAYAN_PHONE
    found = queries.by_code(message.secret.open().lower())
    assert found == row
    assert (row.outcome, row.quantity, row.numbers_told) == ("received", 1, 1)
    assert queries.by_code("no code") is None
    assert queries.by_code("AAAA-BBBB-CCCC") is None


def test_the_public_sees_the_one_row_of_its_code_and_no_other() -> None:
    row = asked(cases.desk())
    act_as(Kind.PUBLIC)
    assert not Confirmation.objects.exists()
    act_as(Kind.PUBLIC, tracking=bytes(row.code_hash))
    assert Confirmation.objects.get() == row
    act_as(Kind.STAFF, scope=[cast.NEXT_DOOR])
    assert not Confirmation.objects.exists()


def test_who_declined_or_was_absent_for_good_is_asked_too() -> None:
    desk = cases.desk()
    due = cases.at_the_counter(desk)
    cases.absent(due, desk.sari, desk.endang)
    assert not Confirmation.objects.exists()
    call(due, desk.sari, Outcome.ABSENT, at=NOW + timedelta(days=2))
    row = Confirmation.objects.get()
    with pytest.raises(AnswerDoesNotFit):
        says(row, Answer.FULL)
    says(row, Answer.WRONG)
    assert WorkItem.objects.filter(kind="aid.confirmation_gap").exists()


def test_a_declined_hand_over_can_be_said_to_be_right() -> None:
    row = asked(cases.desk(), outcome=Outcome.DECLINED)
    says(row, Answer.RIGHT)
    assert not WorkItem.objects.filter(closed_at=None).exists()


def test_whoever_changes_the_phone_cannot_keep_it_from_the_old_one() -> None:
    desk = cases.desk()
    due = cases.at_the_counter(desk)
    other = "+6281299900001"
    Family.objects.filter(pk=due.family_id).update(
        phone=Sealed.of(other, PHONE), phone_index=blind_index(other, PHONE)
    )
    call(Entitlement.objects.get(pk=due.pk), desk.sari)
    told = {message.address.open() for message in texts()}
    assert told == {population.WAYAN_PHONE, other}
    assert Confirmation.objects.get().numbers_told == 2


def test_taking_the_phone_away_does_not_keep_it_quiet_either() -> None:
    desk = cases.desk()
    due = cases.at_the_counter(desk)
    Family.objects.filter(pk=due.family_id).update(phone=None, phone_index=None)
    call(Entitlement.objects.get(pk=due.pk), desk.sari)
    assert [m.address.open() for m in texts()] == [population.WAYAN_PHONE]


def test_a_gap_is_work_of_the_kecamatan_that_the_recorder_never_sees() -> None:
    desk = cases.desk()
    row = asked(desk)
    says(row, Answer.LESS, words="Kurang beras.")
    item = WorkItem.objects.get(kind="aid.confirmation_gap")
    assert item.region_code == cast.KECAMATAN
    assert item in worklist.work_for(desk.endang, [FOLLOW])
    for recorder in (desk.sari, desk.made):
        seen = worklist.waiting_on_others_for(
            recorder, seen_by=Permission.REPORT_VIEW, permissions=[FOLLOW]
        )
        assert not seen.exists()
    assert queries.gap_for(desk.endang, row.pk) == row


def test_a_gap_about_an_officer_of_the_kecamatan_goes_to_the_regency() -> None:
    desk = cases.desk()
    row = asked(desk, desk.endang)
    says(row, Answer.NOTHING)
    dinsos = cases.rights(cast.staff("dian", Role.DINSOS, cast.REGENCY))
    item = WorkItem.objects.get(kind="aid.confirmation_gap")
    assert item.region_code == cast.REGENCY
    assert not worklist.work_for(desk.endang, [FOLLOW]).exists()
    assert list(worklist.work_for(dinsos, [FOLLOW])) == [item]
    with pytest.raises(Http404):
        queries.gap_for(desk.endang, row.pk)
    assert queries.report_for(desk.endang).counts["total"]["total"] == 0
    assert queries.gap_for(dinsos, row.pk) == row


def test_an_answer_changes_for_three_days_and_a_gap_once_told_stays() -> None:
    desk = cases.desk()
    row = asked(desk)
    says(row, Answer.NOTHING)
    says(row, Answer.FULL, at=NOW + timedelta(days=2))
    row.refresh_from_db()
    assert (row.answer, row.disputed_at) == ("full", NOW)
    assert WorkItem.objects.filter(kind="aid.confirmation_gap", closed_at=None).exists()
    with pytest.raises(TooLateToAnswer):
        says(row, Answer.LESS, at=NOW + timedelta(days=3))
    row.refresh_from_db()
    assert row.answer == "full"


def test_a_first_answer_comes_within_thirty_days() -> None:
    row = asked(cases.desk())
    with pytest.raises(TooLateToAnswer):
        says(row, Answer.FULL, at=NOW + timedelta(days=30))
    says(row, Answer.FULL, at=NOW + timedelta(days=29))


@pytest.mark.closes("aid.confirmation_gap")
def test_a_gap_is_looked_at_once() -> None:
    desk = cases.desk()
    row = asked(desk)
    with pytest.raises(CannotFollow):
        follow_gap(confirmation=row, finding="Apa?", by=desk.endang, at=NOW)
    says(row, Answer.LESS)
    with pytest.raises(CannotFollow):
        follow_gap(confirmation=row, finding="Aman.", by=desk.sari, at=NOW)
    follow_gap(confirmation=row, finding="Kurang 5 kg.", by=desk.endang, at=NOW)
    assert not WorkItem.objects.filter(closed_at=None).exists()
    with pytest.raises(CannotFollow):
        follow_gap(confirmation=row, finding="Lagi.", by=desk.bambang, at=NOW)


# -- the report ---------------------------------------------------------------


def test_the_report_counts_by_village_and_by_rt_and_hides_small_numbers() -> None:
    desk = cases.desk()
    row = asked(desk)
    copies(row, [("", 6), ("right", 7), ("wrong", 5)], cast.RT_HERE)
    copies(row, [("right", 6), ("wrong", 2)], f"{cast.HERE}.002.008")
    report = queries.report_for(desk.endang)
    assert report.counts[cast.HERE] == {
        "confirmed": 13,
        "disputed": 7,
        "unanswered": 7,
        "total": 27,
    }
    by_rt = queries.report_for(desk.endang, cast.HERE).counts
    assert by_rt[cast.RT_HERE]["total"] == 19
    assert by_rt[f"{cast.HERE}.002.008"]["disputed"] is None
    with pytest.raises(Http404):
        queries.report_for(desk.endang, cast.OTHER_KECAMATAN)


def copies(row: Confirmation, said: list[tuple[str, int]], region: str) -> None:
    """Have further calls for Wayan written down, as if of families of a place."""
    for answer, count in said:
        for _ in range(count):
            copy(row, answer, region)


def copy(row: Confirmation, answer: str, region: str) -> Confirmation:
    """Write down a call that nobody answered, and what a family says of it."""
    called = NOW + timedelta(days=Handover.objects.count())
    absent = Handover.objects.create(
        id=uuid.uuid4(),
        entitlement=row.due,
        outcome="absent",
        due=1,
        quantity=0,
        proof="none",
        recorded_by=row.recorded_by,
        recorded_at=called,
    )
    at: datetime | None = NOW if answer else None
    return Confirmation.objects.create(
        handover=absent,
        code_hash=uuid.uuid4().bytes,
        region_code=region,
        outcome="absent",
        quantity=0,
        commodity=row.commodity,
        recorded_by=row.recorded_by,
        recorded_at=NOW,
        expires_at=NOW,
        answer=answer,
        first_answered_at=at,
        answered_at=at,
        disputed_at=at if answer == "wrong" else None,
    )


# -- promises of the database -------------------------------------------------


def breaks(name: str, row: Confirmation, **changes: Any) -> None:
    """Change a row past every action, and expect the database to refuse."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Confirmation.objects.filter(pk=row.pk).update(**changes)


def test_confirmation_once_per_handover() -> None:
    row = asked(cases.desk())
    row.pk, row.code_hash = None, b"another"
    with pytest.raises(IntegrityError, match="confirmation_once_per_handover"):
        row.save(force_insert=True)


def test_confirmation_says_what_was_written() -> None:
    row = asked(cases.desk())
    Confirmation.objects.all().delete()
    row.pk, row.quantity = None, 5
    with pytest.raises(IntegrityError, match="what was written down"):
        row.save(force_insert=True)


def test_confirmation_asks_the_same() -> None:
    row = asked(cases.desk())
    breaks("what a family is asked never changes", row, quantity=3)


def test_confirmation_answer_fits() -> None:
    row = asked(cases.desk())
    breaks("confirmation_answer_fits", row, answer="full")
    at = {"first_answered_at": NOW, "answered_at": NOW}
    breaks("confirmation_answer_fits", row, answer="right", **at)


def test_confirmation_answer_stays() -> None:
    row = asked(cases.desk())
    says(row, Answer.LESS)
    stays = "an answer may change for three days"
    late = NOW + timedelta(days=3)
    breaks(stays, row, answer="full", answered_at=late)
    breaks(stays, row, first_answered_at=late)
    breaks(stays, row, disputed_at=None)


def test_confirmation_not_by_its_recorder() -> None:
    desk = cases.desk()
    row = asked(desk)
    breaks("confirmation_not_by_its_recorder", row, followed_by=row.recorded_by)
    breaks("confirmation_not_by_its_recorder", row, slip_by=row.recorded_by)
