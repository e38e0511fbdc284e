"""Questions wait, are sent, and are answered: none is lost, none counts twice."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from smartkampung.audit.models import Access, Event
from smartkampung.identity.actions import (
    CannotAsk,
    ask,
    ask_if_possible,
    drain,
    drain_one,
)
from smartkampung.identity.models import Check, Line
from smartkampung.identity.ports import Question
from smartkampung.identity.queries import service_facts, standing_of
from smartkampung.identity.record import question_of
from smartkampung.identity.rules import Bar, Purpose, Verdict
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.clock import WIB, now
from smartkampung.residents.models import Person
from tests.domain.identity.service import Simulator
from tests.population import RT_HERE, WAYAN_NIK, person, wayan

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=WIB)
TODAY = date(2026, 11, 24)


def asked_about(who: Person, at: datetime = NOON) -> Check | None:
    return ask(person=who, purpose=Purpose.RECORD, by="sari", role="village", at=at)


def neighbours(count: int) -> list[Person]:
    return [
        person(f"Tetangga {n}", f"351009120485{n:04d}")
        for n in range(1001, 1001 + count)
    ]


def waiting() -> int:
    return Check.objects.filter(state="waiting").count()


def test_a_person_who_is_who_the_record_says(simulator: Simulator) -> None:
    who = wayan()
    asked_about(who)
    assert standing_of(who).verdict is Verdict.WAITING
    run_waiting()
    standing = standing_of(who)
    assert standing.verdict is Verdict.AGREES
    assert standing.at is not None
    assert Check.objects.get().agrees == dict.fromkeys(
        ("name", "birth_date", "sex", "kk"), True
    )


def test_what_differs_is_named(simulator: Simulator) -> None:
    who = wayan()
    Person.objects.filter(pk=who.pk).update(born_on=date(1985, 4, 13))
    who.refresh_from_db()
    asked_about(who)
    run_waiting()
    standing = standing_of(who)
    assert (standing.verdict, standing.differing) == (Verdict.DIFFERS, ("birth_date",))


def test_a_nik_that_nobody_has(simulator: Simulator) -> None:
    who = person("Ketut", "3510091204859999")
    asked_about(who)
    run_waiting()
    assert standing_of(who).verdict is Verdict.UNKNOWN


def test_when_the_record_changes_the_answer_is_about_another_record(
    simulator: Simulator,
) -> None:
    who = wayan()
    asked_about(who)
    run_waiting()
    Person.objects.filter(pk=who.pk).update(name="I Wayan Sukarta")
    who.refresh_from_db()
    assert standing_of(who).verdict is Verdict.CHANGED
    assert asked_about(who, at=now()) is not None


def test_when_the_nik_is_taken_away_the_answer_is_too(simulator: Simulator) -> None:
    who = wayan()
    asked_about(who)
    run_waiting()
    Person.objects.filter(pk=who.pk).update(nik=None, nik_index=None)
    who.refresh_from_db()
    assert standing_of(who).verdict is Verdict.CHANGED


def test_a_nik_taken_away_while_the_question_waits_is_not_asked_about(
    simulator: Simulator,
) -> None:
    who = wayan()
    asked_about(who)
    Person.objects.filter(pk=who.pk).update(nik=None, nik_index=None)
    run_waiting()
    assert Check.objects.get().state == "refused"
    assert simulator.counted() == []


def test_a_fresh_answer_is_not_asked_for_again(simulator: Simulator) -> None:
    who = wayan()
    asked_about(who)
    run_waiting()
    assert asked_about(who, at=now()) is None
    assert asked_about(who, at=now() + timedelta(days=91)) is not None


def test_two_who_ask_at_once_ask_once(simulator: Simulator) -> None:
    who = wayan()
    first, second = asked_about(who), asked_about(who)
    assert first == second
    assert Check.objects.count() == 1


def test_who_asked_and_what_for_is_written_down_without_a_number(
    simulator: Simulator,
) -> None:
    who = wayan()
    asked_about(who)
    run_waiting()
    look = Access.objects.get(purpose="identity.check")
    assert (look.by, look.person_id) == ("sari", who.pk)
    events = Event.objects.filter(name__startswith="identity.").order_by("pk")
    assert [event.name for event in events] == ["identity.asked", "identity.answered"]
    assert events[0].detail == {"purpose": "record"}
    kept = str(list(events.values())) + str(list(Check.objects.values()))
    kept += str(list(ProcrastinateJob.objects.values("args")))
    assert WAYAN_NIK not in kept
    assert "Sudarma" not in kept


def test_without_a_service_nothing_is_asked() -> None:
    who = wayan()
    with pytest.raises(CannotAsk) as refusal:
        asked_about(who)
    assert refusal.value.bars == [Bar.OFF]
    ask_if_possible(person_id=who.pk, purpose=Purpose.AID_CLAIM, by="job", at=NOON)
    assert not Check.objects.exists()


def test_nothing_is_asked_about_who_has_no_nik_or_has_died(
    simulator: Simulator,
) -> None:
    nobody = person("Tanpa NIK", status="dead")
    with pytest.raises(CannotAsk) as refusal:
        asked_about(nobody)
    assert refusal.value.bars == [Bar.NO_NIK, Bar.NOT_LIVING]
    ask_if_possible(person_id=nobody.pk, purpose=Purpose.AID_CLAIM, by="x", at=NOON)
    assert not Check.objects.exists()


def test_where_it_is_possible_a_claim_asks_by_itself(simulator: Simulator) -> None:
    ask_if_possible(
        person_id=wayan().pk, purpose=Purpose.AID_CLAIM, by="verification", at=NOON
    )
    assert Check.objects.get().purpose == "aid_claim"


def test_a_service_switched_off_leaves_questions_waiting(
    simulator: Simulator, settings: Settings
) -> None:
    asked_about(wayan())
    settings.IDENTITY_URL = ""
    run_waiting()
    assert waiting() == 1


def test_after_an_outage_of_hours_every_question_is_answered_once(
    simulator: Simulator,
) -> None:
    for who in neighbours(12):
        asked_about(who)
    simulator.kill()
    at = NOON
    for _ in range(10):
        assert not drain_one(at=at)
        at += timedelta(hours=1)
    assert waiting() == 12
    last_try = at - timedelta(minutes=59)
    assert service_facts(at=last_try, on=TODAY).circuit == "open"

    simulator.start()
    at += timedelta(minutes=20)
    while drain_one(at=at):
        at += timedelta(seconds=1)
    assert waiting() == 0
    keys = sorted(str(key) for key in Check.objects.values_list("key", flat=True))
    assert sorted(simulator.counted()) == keys
    assert service_facts(at=at, on=TODAY).circuit == "closed"


def test_during_a_break_nothing_goes_out(simulator: Simulator) -> None:
    asked_about(wayan())
    simulator.tell(mode="down")
    for _ in range(3):
        drain_one(at=NOON)
        Line.objects.update(quiet_until=None)
    drain_one(at=NOON)
    asked = simulator.facts()["asked"]
    simulator.tell(mode="up")
    assert not drain_one(at=NOON)
    assert simulator.facts()["asked"] == asked
    assert drain_one(at=NOON + timedelta(hours=1))


def test_one_question_on_which_the_service_chokes_does_not_hold_up_the_others(
    simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    for who in neighbours(3):
        asked_about(who)
    simulator.tell(mode="garbled")
    drain_one(at=NOON)
    simulator.tell(mode="up")
    later = NOON + timedelta(minutes=1)
    assert drain_one(at=later)
    assert drain_one(at=later)
    assert Check.objects.get(state="waiting").tries == 1


def test_a_worker_that_dies_before_it_commits_asks_again_and_counts_once(
    simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_about(wayan())

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(drain, "_keep", die)
        with pytest.raises(KeyboardInterrupt):
            drain_one(at=NOON)
    assert waiting() == 1
    assert drain_one(at=NOON)
    assert simulator.counted() == [str(Check.objects.get().key)]


def test_our_quota_of_a_day_is_kept_and_tomorrow_goes_on(
    simulator: Simulator, settings: Settings
) -> None:
    settings.IDENTITY_QUOTA = 2
    for who in neighbours(3):
        asked_about(who)
    assert [drain_one(at=NOON) for _ in range(3)] == [True, True, False]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")  # as after they ran
    assert not drain_one(at=NOON)
    assert service_facts(at=NOON, on=TODAY).left == 0
    assert len(simulator.counted()) == 2
    promised = ProcrastinateJob.objects.get(task_name="identity.drain").scheduled_at
    assert promised is not None
    assert promised.astimezone(WIB).date() == date(2026, 11, 25)
    assert drain_one(at=NOON + timedelta(days=1))


def test_when_the_service_says_that_the_quota_is_used_up_it_rests_until_tomorrow(
    simulator: Simulator,
) -> None:
    simulator.tell(quota=1)
    for who in neighbours(2):
        asked_about(who)
    assert drain_one(at=NOON)
    assert not drain_one(at=NOON)
    facts = service_facts(at=NOON, on=TODAY)
    assert (facts.trouble, facts.circuit) == ("over_quota", "closed")
    assert facts.quiet_until is not None
    assert facts.quiet_until.astimezone(WIB).date() == date(2026, 11, 25)


def test_a_question_that_is_never_taken_is_not_sent_for_ever(
    simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = wayan()
    asked_about(who)
    monkeypatch.setattr(drain, "question_of", lambda _: Question("123", {}))
    assert drain_one(at=NOON)
    monkeypatch.undo()
    assert Check.objects.get().state == "refused"
    assert standing_of(who).verdict is Verdict.REFUSED


def test_the_line_says_how_it_is(simulator: Simulator) -> None:
    facts = service_facts(at=NOON, on=TODAY)
    assert (facts.configured, facts.circuit, facts.left) == (True, "closed", 1000)
    asked_about(wayan())
    drain_one(at=NOON)
    facts = service_facts(at=NOON, on=TODAY)
    assert (facts.left, facts.waiting, facts.answered) == (999, 0, 1)


def test_a_record_without_a_nik_makes_no_question() -> None:
    with pytest.raises(ValueError, match="without a NIK"):
        question_of(person("Tanpa NIK"))


def test_identity_check_waits_once(simulator: Simulator) -> None:
    who = wayan()
    asked_about(who)
    broken = pytest.raises(IntegrityError, match="identity_check_waits_once")
    with broken, transaction.atomic():
        Check.objects.create(
            person=who, region_code=RT_HERE, purpose="record", asked_at=NOON
        )


def test_identity_check_key_unique(simulator: Simulator) -> None:
    key = uuid.uuid4()
    first, second = neighbours(2)
    Check.objects.create(person=first, key=key, asked_at=NOON)
    broken = pytest.raises(IntegrityError, match="identity_check_key_unique")
    with broken, transaction.atomic():
        Check.objects.create(person=second, key=key, asked_at=NOON)


def test_identity_check_answer_is_whole(simulator: Simulator) -> None:
    broken = pytest.raises(IntegrityError, match="identity_check_answer_is_whole")
    with broken, transaction.atomic():
        Check.objects.create(person=wayan(), asked_at=NOON, state="answered")


def test_identity_line_is_one() -> None:
    Line.objects.create(pk=1)
    broken = pytest.raises(IntegrityError, match="identity_line_is_one")
    with broken, transaction.atomic():
        Line.objects.create(pk=2)
