"""Employers and associations say once whether it is so, without an account."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.db.transaction import atomic

from smartkampung.accounts.actor import Actor
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from smartkampung.notify.models import Message
from smartkampung.recovery.affected.actions.confirm import (
    CannotAnswer,
    CannotAsk,
    OwnNumber,
    answer,
    ask,
    write_down,
)
from smartkampung.recovery.affected.actions.verify import CannotVerify, verify
from smartkampung.recovery.affected.models import Affected, Confirmation, Verdict
from smartkampung.recovery.affected.queries import confirmations
from smartkampung.recovery.affected.queries.confirmations import (
    confirmation_by_code,
    hash_of,
)
from smartkampung.recovery.affected.rules.course import Answer
from tests.affected import (
    LATER,
    actor,
    on_the_list,
    registered,
    village_head,
    waiting,
)
from tests.cast import sari
from tests.reporting import REPORTER_PHONE, wayan

pytestmark = pytest.mark.django_db
BOATS = "Perahu Bangsring"
PHONE = "+6281333344444"


def asked() -> str:
    return ask(
        affected=waiting(), asked_of=BOATS, phone=PHONE, by=actor(sari()), at=LATER
    )


def test_the_code_opens_this_question_and_nothing_else() -> None:
    code = asked()
    assert Message.objects.filter(template="affected_confirm").count() == 1
    row = confirmation_by_code(code.lower().replace("-", " "), at=LATER)
    assert row is not None
    assert (row.person_name, row.kind) == ("Wayan Sudarma", "laid_off")
    assert not Affected.objects.exists(), "the record itself stays out of reach"
    assert confirmation_by_code("AAAA-AAAA-AAAA", at=LATER) is None
    assert confirmation_by_code(code, at=LATER + timedelta(days=15)) is None


def test_a_code_made_with_an_older_key_opens_its_question(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    code = asked()
    older = hash_of(code)
    monkeypatch.setattr(confirmations, "blind_indexes", lambda *_: [b"new", older])
    assert confirmation_by_code(code, at=LATER) is not None


def test_the_word_of_the_employer_carries_the_yes() -> None:
    code = asked()
    row = confirmation_by_code(code, at=LATER)
    assert row is not None
    answer(confirmation=row, said=Answer.CONFIRMED, told_by="Pak Made", at=LATER)
    with pytest.raises(CannotAnswer):
        answer(confirmation=row, said=Answer.NOT_KNOWN, told_by="Pak Made", at=LATER)
    act_as(Acting.JOB)
    case = Affected.objects.get()
    said = verify(affected=case, accepted=True, by=actor(village_head()), at=LATER)
    assert said.confirmation == row


def test_it_is_too_late_after_a_fortnight() -> None:
    row = confirmation_by_code(asked(), at=LATER)
    assert row is not None
    late = LATER + timedelta(days=14)
    with pytest.raises(CannotAnswer):
        answer(confirmation=row, said=Answer.CONFIRMED, told_by="Pak Made", at=late)


def test_who_does_not_know_the_person_carries_no_yes() -> None:
    case, by = waiting(), actor(sari())
    write_down(
        affected=case,
        asked_of=BOATS,
        said=Answer.NOT_KNOWN,
        told_by="Pak Made",
        by=by,
        at=LATER,
    )
    with pytest.raises(Exception, match="membenarkan"):
        verify(affected=case, accepted=True, by=by, at=LATER)


def test_paper_is_written_down_with_a_name() -> None:
    case, by = waiting(), actor(sari())
    row = write_down(
        affected=case,
        asked_of=BOATS,
        said=Answer.CONFIRMED,
        told_by="Pak Made",
        note="Surat 12 November",
        by=by,
        at=LATER,
    )
    assert (row.on_paper, row.asked_by_id) == (True, by.staff_id)
    head = actor(village_head())
    assert verify(affected=case, accepted=True, by=head, at=LATER).confirmation == row


def written_by(by: Actor) -> Affected:
    case = waiting()
    write_down(
        affected=case,
        asked_of=BOATS,
        said=Answer.CONFIRMED,
        told_by="Pak Made",
        by=by,
        at=LATER,
    )
    return case


def test_one_officer_alone_takes_nobody_on_the_list() -> None:
    by = actor(sari())
    case = written_by(by)
    with pytest.raises(CannotVerify) as refusal:
        verify(affected=case, accepted=True, by=by, at=LATER)
    assert refusal.value.code == "unconfirmed"


def yes(case: Affected, by: Actor) -> Verdict:
    """Write a yes past the rules, as only the tables see it."""
    return Verdict.objects.create(
        affected=case,
        accepted=True,
        confirmation=Confirmation.objects.get(),
        decider_id=by.staff_id,
        decided_at=LATER,
    )


def test_verdict_word_written_by_another() -> None:
    by = actor(sari())
    case = written_by(by)
    with pytest.raises(IntegrityError, match="verdict_word_written_by_another"):
        yes(case, by)


def test_who_registers_does_not_confirm_himself() -> None:
    wayan()
    case, by = registered(employer_phone=REPORTER_PHONE).affected, actor(sari())
    assert case is not None
    ask(affected=case, asked_of=BOATS, phone="", by=by, at=LATER)
    assert Confirmation.objects.get().phone is None
    with pytest.raises(OwnNumber):
        ask(affected=case, asked_of=BOATS, phone=REPORTER_PHONE, by=by, at=LATER)


def test_verdict_word_not_of_their_choice() -> None:
    wayan()
    case, by = registered(employer_phone=PHONE).affected, actor(sari())
    assert case is not None
    code = ask(affected=case, asked_of=BOATS, phone="", by=by, at=LATER)
    row = confirmation_by_code(code, at=LATER)
    assert row is not None
    answer(confirmation=row, said=Answer.CONFIRMED, told_by="Pak Made", at=LATER)
    act_as(Acting.JOB)
    with pytest.raises(CannotVerify, match="hanya disebut"):
        verify(affected=case, accepted=True, by=by, at=LATER)
    with pytest.raises(IntegrityError, match="not_of_their_choice"), atomic():
        yes(case, by)
    why = "Kami kenal nomor itu."
    said = verify(affected=case, accepted=True, unconfirmed_why=why, by=by, at=LATER)
    assert said.confirmation == row


def test_nobody_is_asked_about_who_is_on_the_list() -> None:
    officer = sari()
    case = on_the_list(officer)
    with pytest.raises(CannotAsk):
        ask(affected=case, asked_of=BOATS, phone="", by=actor(officer), at=LATER)
    assert not Confirmation.objects.exists()
