"""More budget for a programme: one officer of Dinsos asks, another grants."""

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Role
from smartkampung.aid.actions.budgets import (
    CannotGrant,
    RequestReused,
    ask_for_budget,
    decide_budget,
)
from smartkampung.aid.models import BudgetRequest
from smartkampung.audit.models import Event
from smartkampung.ledger.models import Entry
from smartkampung.ledger.queries import accounts_that_disagree
from tests import cases, cast
from tests.cases import FOOD, NOW, wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def dian() -> Actor:
    cases.desk(budget=5)
    return cases.rights(cast.staff("dian", Role.DINSOS, cast.REGENCY))


@pytest.fixture
def siti(dian: Actor) -> Actor:
    return cases.rights(cast.staff("siti", Role.DINSOS, cast.REGENCY))


def test_nothing_moves_until_somebody_else_grants_it(dian: Actor, siti: Actor) -> None:
    asked = wish(dian)
    assert cases.held() == (5, 0, 0)
    assert cases.open_work_kinds() == ["aid.decide_budget"]
    decide_budget(wish=asked, granted=True, by=siti, at=NOW)
    assert cases.held() == (12, 0, 0)
    assert cases.open_work_kinds() == []
    assert accounts_that_disagree() == []
    moved = Entry.objects.filter(transfer__key=f"aid.fund:{asked.pk}")
    assert dict(moved.values_list("account", "amount")) == {
        f"source/{FOOD}": -7,
        f"budget/{FOOD}": 7,
    }


@pytest.mark.closes("aid.decide_budget")
def test_a_refused_wish_moves_nothing(dian: Actor, siti: Actor) -> None:
    decide_budget(wish=wish(dian), granted=False, by=siti, at=NOW)
    assert cases.held() == (5, 0, 0)
    assert cases.open_work_kinds() == []


@pytest.mark.parametrize("granted", [True, False])
def test_who_asked_does_not_decide(dian: Actor, granted: bool) -> None:
    with pytest.raises(CannotGrant):
        decide_budget(wish=wish(dian), granted=granted, by=dian, at=NOW)
    assert cases.held() == (5, 0, 0)
    assert BudgetRequest.objects.get().decided_at is None


def test_a_wish_is_decided_once(dian: Actor, siti: Actor) -> None:
    asked = wish(dian)
    decide_budget(wish=asked, granted=True, by=siti, at=NOW)
    for granted in (True, False):
        with pytest.raises(CannotGrant):
            decide_budget(wish=asked, granted=granted, by=siti, at=NOW)
    assert cases.held() == (12, 0, 0)


def test_one_form_sent_twice_is_one_wish(dian: Actor, siti: Actor) -> None:
    form: dict[str, Any] = {
        "form_id": uuid.uuid4(),
        "programme": cases.programme(),
        "amount": 3,
        "reason": "APBD-P.",
        "at": NOW,
    }
    assert ask_for_budget(**form, by=dian) == ask_for_budget(**form, by=dian)
    with pytest.raises(RequestReused):
        ask_for_budget(**form, by=siti)
    assert BudgetRequest.objects.count() == 1


def test_both_steps_are_written_down(dian: Actor, siti: Actor) -> None:
    decide_budget(wish=wish(dian), granted=True, by=siti, at=NOW)
    events = Event.objects.filter(name__startswith="aid.budget").order_by("pk")
    assert [(event.name, event.by) for event in events] == [
        ("aid.budget_asked", "dian"),
        ("aid.budget_decided", "siti"),
    ]
    assert events[1].detail == {"programme": FOOD, "amount": 7, "granted": True}


def broken(name: str, **changes: object) -> None:
    """Write past the action; the constraint of that name must refuse it."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        BudgetRequest.objects.update(**changes)


def test_budget_request_adds_something(dian: Actor) -> None:
    wish(dian)
    broken("budget_request_adds_something", amount=0)


def test_budget_request_needs_two_people(dian: Actor) -> None:
    wish(dian)
    broken(
        "budget_request_needs_two_people", decided_by_id=dian.staff_id, decided_at=NOW
    )


def test_budget_request_granted_by_somebody(dian: Actor) -> None:
    wish(dian)
    broken("budget_request_granted_by_somebody", granted=True)
