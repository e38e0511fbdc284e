"""Two at once: real threads, real locks, one winner."""

import threading
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import transaction

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Role
from smartkampung.aid.actions import handover
from smartkampung.aid.actions.batch import (
    add_dues,
    close_batch,
    mark_ready,
    remove_dues,
)
from smartkampung.aid.actions.objection import answer_objection, file_objection
from smartkampung.aid.actions.overrides import decide_override
from smartkampung.aid.models import (
    Claim,
    Decision,
    Enrolment,
    Entitlement,
    Handover,
    Objection,
    Override,
)
from smartkampung.aid.rules.handover import Outcome
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.ledger.actions import transfer
from smartkampung.ledger.models import Transfer
from smartkampung.ledger.queries import accounts_that_disagree
from smartkampung.residents.models import Person
from smartkampung.worklist.models import WorkItem
from tests import cases, cast, population
from tests.cases import NOW, Desk, approve, call
from tests.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def ground(make: Callable[[], Any]) -> Any:
    """Make the ground in a transaction that everybody sees afterwards."""
    with transaction.atomic():
        act_as(Kind.JOB)
        return make()


def outcome_of(act: Callable[[], object]) -> str:
    """Act in a transaction of one's own; return "done", or the code of the refusal."""
    try:
        with transaction.atomic():
            act_as(Kind.JOB)
            act()
    except Refused as refusal:
        return refusal.code
    return "done"


def race(acts: Sequence[Callable[[], object]]) -> Counter[str]:
    """Let everybody act at the same moment; return how often each outcome came."""
    waiting, guard = list(acts), threading.Lock()

    def next_one() -> str:
        with guard:
            act = waiting.pop()
        return outcome_of(act)

    return Counter(at_once(len(acts), next_one))


def one_of(found: Counter[str], *others: str) -> None:
    """Assert that exactly one did it; a loaded machine may tell some to try again."""
    assert found["done"] == 1
    assert set(found) <= {"done", "busy", *others}


def look(question: Callable[[], Any]) -> Any:
    """Ask the database what became of it."""
    with transaction.atomic():
        act_as(Kind.JOB)
        return question()


def checked(desk: Desk, person: Person | None = None) -> Claim:
    """Return a claim that waits for a decision."""
    claim = cases.claim_of(person or population.wayan())
    cases.visit(claim, desk.sari)
    return claim


def test_two_officers_decide_at_once_and_one_does() -> None:
    desk = ground(lambda: cases.desk(budget=5))
    claim = ground(lambda: checked(desk))

    def by(officer: Actor) -> Callable[[], object]:
        return lambda: approve(claim, officer)

    found = race([by(desk.endang), by(desk.bambang)] * 4)
    one_of(found, "cannot_decide")
    assert look(Decision.objects.count) == 1
    assert look(cases.held) == (4, 1, 0)


def test_the_last_of_the_budget_goes_to_exactly_one_of_fifty() -> None:
    desk = ground(lambda: cases.desk(budget=1))

    def fifty() -> list[Claim]:
        return [
            checked(desk, population.person(f"Warga {n}", f"35100912048503{n}"))
            for n in range(10, 60)
        ]

    acts = [lambda claim=claim: approve(claim, desk.endang) for claim in ground(fifty)]
    found = race(acts)
    one_of(found, "cannot_approve", "budget_exhausted")
    assert look(Entitlement.objects.count) == 1
    assert look(cases.held) == (0, 1, 0)
    assert look(accounts_that_disagree) == []
    assert look(WorkItem.objects.filter(kind="aid.batch", closed_at=None).count) == 1


def test_two_of_one_family_are_approved_at_once_and_one_is() -> None:
    desk = ground(lambda: cases.desk(budget=5))

    def two() -> list[Claim]:
        wayan = population.wayan()
        luh = population.person("Ni Luh", "3510095505900001", household=wayan.family)
        return [checked(desk, wayan), checked(desk, luh)]

    acts = [lambda claim=claim: approve(claim, desk.endang) for claim in ground(two)]
    one_of(race(acts), "cannot_approve")
    assert look(cases.held) == (4, 1, 0)


def test_two_counters_hand_over_at_once_and_one_does() -> None:
    desk = ground(lambda: cases.desk(budget=5))
    due = ground(lambda: cases.at_the_counter(desk))
    found = race([lambda: call(due, desk.sari)] * 6)
    one_of(found, "cannot_hand_over")
    assert look(Handover.objects.count) == 1
    assert look(cases.held) == (4, 0, 1)


def test_one_form_sent_at_once_is_one_handover_for_all() -> None:
    desk = ground(lambda: cases.desk(budget=5))
    due = ground(lambda: cases.at_the_counter(desk))
    form = uuid.uuid4()
    found = race([lambda: call(due, desk.sari, form_id=form)] * 4)
    assert found["done"] >= 1
    assert set(found) <= {"done", "busy"}
    assert look(Handover.objects.count) == 1


def test_a_form_that_was_written_down_between_two_looks_is_not_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = ground(lambda: cases.desk(budget=5))
    due = ground(lambda: cases.at_the_counter(desk))
    form, look_at = uuid.uuid4(), handover.fresh_due
    overtaken: list[uuid.UUID] = []

    def late(one: Entitlement) -> Entitlement:
        """Let the same form overtake whoever looks first."""
        if not overtaken:
            overtaken.append(form)
            assert race([lambda: call(due, desk.sari, form_id=form)])["done"] == 1
        return look_at(one)

    monkeypatch.setattr(handover, "fresh_due", late)
    found = race([lambda: call(due, desk.sari, form_id=form)])
    assert found == {"done": 1}
    assert look(Handover.objects.count) == 1


def test_a_batch_closes_while_its_recipients_are_served() -> None:
    desk = ground(lambda: cases.desk(budget=20))

    def ten() -> tuple[Any, list[Entitlement]]:
        dues = [
            cases.approved(desk, population.person(f"Warga {n}", f"35100912048504{n}"))
            for n in range(10, 20)
        ]
        return cases.announced(desk, *dues), dues

    batch, dues = ground(ten)
    serve = [
        lambda due=due: call(Entitlement.objects.get(pk=due.pk), desk.sari)
        for due in dues
    ]
    close = [lambda: close_batch(batch=batch, by=desk.endang, at=NOW)]
    found = race([*serve[:5], *close, *serve[5:]])
    assert set(found) <= {"done", "busy"}
    received = look(Handover.objects.filter(outcome=Outcome.RECEIVED).count)
    assert received >= found["done"] - 1
    assert look(cases.held) == (10, 10 - received, received)
    # Whoever was not served waits on one list, this stage's or the next's.
    waits = look(WorkItem.objects.filter(closed_at=None).count)
    assert waits == 10 - received
    assert look(accounts_that_disagree) == []


def test_a_recipient_is_taken_out_while_the_batch_is_announced() -> None:
    desk = ground(lambda: cases.desk(budget=5))

    def two() -> tuple[Any, Entitlement]:
        stays = cases.approved(desk)
        goes = cases.approved(desk, population.person("Komang", "3510095505900001"))
        batch = cases.draft(desk)
        add_dues(batch=batch, due_ids=[stays.pk, goes.pk], by=desk.endang, at=NOW)
        return batch, goes

    batch, goes = ground(two)

    def out() -> object:
        return remove_dues(batch=batch, due_ids=[goes.pk], by=desk.endang, at=NOW)

    def ready() -> None:
        mark_ready(batch=batch, by=desk.endang, at=NOW)

    found = race([out, ready] * 3)
    assert set(found) <= {"done", "busy", "batch_refused"}
    assert look(lambda: cases.batch_state(batch)) == "ready"
    # Whoever was first: each recipient waits on exactly one list, that of its place.
    inside = look(batch.dues.count)
    kinds = ["aid.hand_over"] * inside + ["aid.batch"] * (2 - inside)
    assert look(cases.open_work_kinds) == sorted(kinds)
    assert look(cases.held) == (3, 2, 0)


def test_two_batches_take_one_recipient_at_once_and_one_does() -> None:
    desk = ground(lambda: cases.desk(budget=5))
    due = ground(lambda: cases.approved(desk))
    batches = ground(lambda: [cases.draft(desk, stage=n) for n in range(1, 5)])
    acts = [
        lambda batch=batch: add_dues(
            batch=batch, due_ids=[due.pk], by=desk.endang, at=NOW
        )
        for batch in batches
    ]
    assert set(race(acts)) <= {"done", "busy"}
    held = look(lambda: [batch.dues.count() for batch in batches])
    assert sum(held) == 1


def test_two_officers_answer_one_objection_and_one_does() -> None:
    desk = ground(cases.desk)

    def objected() -> Objection:
        claim = cases.refused(desk)
        return file_objection(claim=claim, text="Keliru.", by="public", at=NOW)

    row = ground(objected)

    def answer(upheld: bool) -> Callable[[], object]:
        return lambda: answer_objection(
            objection=row, upheld=upheld, answer="Kami lihat.", by=desk.bambang, at=NOW
        )

    one_of(race([answer(True), answer(False)] * 2), "cannot_answer")


def test_one_transfer_asked_for_at_once_moves_once() -> None:
    ground(lambda: cases.desk(budget=10))
    legs = [(f"budget/{cases.FOOD}", -4), (f"committed/{cases.FOOD}", 4)]

    def move() -> object:
        return transfer(key="once", kind="test", legs=legs, by="sari", at=NOW)

    found = race([move] * 8)
    assert found["done"] >= 1
    assert set(found) <= {"done", "busy"}
    assert look(Transfer.objects.filter(key="once").count) == 1
    assert look(cases.held) == (6, 4, 0)


def test_one_block_is_asked_about_by_many_and_granted_by_many_once() -> None:
    desk = ground(cases.desk)
    dian, siti = ground(
        lambda: [
            cases.rights(cast.staff(name, Role.DINSOS, cast.REGENCY))
            for name in ("dian", "siti")
        ]
    )

    def blocked() -> tuple[Claim, Enrolment]:
        claim = cases.claim_of(population.wayan())
        cases.visit(claim, desk.sari)
        return claim, cases.listed(cases.person_of(claim), "pkh")

    claim, pkh = ground(blocked)
    askers = [desk.endang, desk.bambang, desk.endang, desk.bambang]
    acts = [lambda by=by: cases.override_wanted(claim, pkh, by) for by in askers]
    one_of(race(acts), "cannot_override")
    wish = look(Override.objects.get)
    grants = [
        lambda by=by: decide_override(wish=wish, granted=True, by=by, at=NOW)
        for by in (dian, siti)
    ]
    one_of(race(grants), "cannot_override")
