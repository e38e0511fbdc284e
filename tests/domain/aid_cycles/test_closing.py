"""A cycle is closed: what nobody took is back in the budget, and nothing more is given."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Role
from smartkampung.aid.actions.batch import close_batch
from smartkampung.aid.cycles.actions.approve import release
from smartkampung.aid.cycles.actions.closing import (
    CannotClose,
    ChangedMeanwhile,
    Closed,
    close_cycle,
)
from smartkampung.aid.cycles.actions.plan import plan_tranche
from smartkampung.aid.cycles.actions.propose import propose
from smartkampung.aid.cycles.actions.recipients import replace_next, stop
from smartkampung.aid.cycles.actions.runs import start_run
from smartkampung.aid.cycles.models import Cycle, Proposal, Run, Tranche, VillageList
from smartkampung.aid.cycles.rules.closing import Bar, Standing, bars_to_close
from smartkampung.aid.cycles.rules.proposals import Why
from smartkampung.aid.models import Enrolment, Entitlement
from smartkampung.audit.models import Event
from smartkampung.kernel.errors import Refused
from smartkampung.ledger.models import Entry
from smartkampung.ledger.queries import accounts_that_disagree
from tests import cases, cast, payments, population, rounds
from tests.cases import FOOD, NOW, TODAY
from tests.population import person, wayan
from tests.rounds import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    """Wayan and Gede receive food packs; the day of the tranche is over."""
    office = rounds.an_office()
    rounds.approved(office, wayan(), person("I Gede Arta", "3510092006790004"))
    over()
    return office


@pytest.fixture
def dian() -> Actor:
    """Dian of Dinsos, who plans cycles."""
    return cases.rights(cast.staff("dian", Role.DINSOS, cast.REGENCY))


def over() -> None:
    """Let the day of every tranche be over."""
    Tranche.objects.update(due_on=TODAY - timedelta(days=1))


def close(office: Office, by: Actor, seen: int = 2) -> Closed:
    """Close the cycle."""
    return close_cycle(cycle=office.cycle, seen=seen, by=by, at=NOW)


def in_hand(office: Office) -> Entitlement:
    """Hand the first recipient's aid out, and close the batch; return the other's."""
    given, left = Entitlement.objects.order_by("pk")
    batch = cases.announced(office.round.desk, given)
    cases.call(Entitlement.objects.get(pk=given.pk), office.sari)
    close_batch(batch=batch, by=office.endang, at=NOW)
    return left


def test_what_nobody_took_goes_back_to_the_budget(office: Office, dian: Actor) -> None:
    left = in_hand(office)
    assert cases.held() == (98, 1, 1)
    assert close(office, dian, seen=1) == Closed(1, 1)
    assert cases.held() == (99, 0, 1)
    assert accounts_that_disagree() == []
    key = f"aid.return:{left.tranche_id}:{office.village.pk}:closed"
    moved = Entry.objects.filter(transfer__key=key)
    assert dict(moved.values_list("account", "amount")) == {
        f"committed/{FOOD}": -1,
        f"budget/{FOOD}": 1,
    }
    left.refresh_from_db()
    assert left.cancelled
    assert Entitlement.objects.filter(cancelled=False).count() == 1
    row = Cycle.objects.get()
    assert (row.state, row.closed_by_id) == ("closed", dian.staff_id)
    assert cases.open_work_kinds() == []
    event = Event.objects.get(name="aid.cycle_closed")
    assert (event.by, event.detail) == ("dian", {"people": 1, "amount": 1})


def test_its_recipients_may_get_other_aid_from_then_on(
    office: Office, dian: Actor
) -> None:
    close(office, dian)
    ends = Enrolment.objects.values_list("until", flat=True)
    assert set(ends) == {TODAY}


def test_a_cycle_in_which_nobody_receives_is_closed_too(dian: Actor) -> None:
    office = rounds.an_office()
    over()
    assert close(office, dian, seen=0) == Closed(0, 0)


def a_list_under_way(office: Office) -> None:
    other = rounds.a_list(office.cycle, village=cast.NEXT_DOOR)
    VillageList.objects.filter(pk=other.pk).update(
        state="verifying",
        meeting=rounds.fresh(office.village).meeting,
        sent_by=office.sari.staff_id,
    )


def a_tranche_to_come(office: Office) -> None:
    rounds.a_tranche(office.cycle, number=2, period=date(2026, 12, 1), due_on=TODAY)


def in_a_batch(office: Office) -> None:
    cases.announced(office.round.desk, Entitlement.objects.first() or _nobody())


def chosen_for_payment(office: Office) -> None:
    payments.a_payment(Entitlement.objects.first() or _nobody())


def a_run(office: Office) -> None:
    rounds.a_run(office.round)


def _nobody() -> Entitlement:
    raise LookupError("nobody is entitled")


@pytest.mark.parametrize(
    ("begin", "bar"),
    [
        (a_list_under_way, Bar.LIST_UNDER_WAY),
        (a_tranche_to_come, Bar.TRANCHE_TO_COME),
        (in_a_batch, Bar.IN_BATCH),
        (chosen_for_payment, Bar.IN_BATCH),
        (a_run, Bar.WORK_RUNNING),
    ],
)
def test_what_is_on_its_way_keeps_a_cycle_open(
    office: Office, dian: Actor, begin: Callable[[Office], None], bar: Bar
) -> None:
    begin(office)
    with pytest.raises(CannotClose) as refused:
        close(office, dian)
    assert refused.value.bars == [bar]
    assert Cycle.objects.get().state == "open"
    assert not Entitlement.objects.filter(cancelled=True).exists()


def test_money_at_the_bank_keeps_a_cycle_open() -> None:
    desk = payments.counter()
    payments.sent(desk)
    over()
    with pytest.raises(CannotClose) as refused:
        close_cycle(cycle=desk.round.cycle, seen=0, by=desk.dian, at=NOW)
    assert refused.value.bars == [Bar.AT_THE_BANK]


def test_a_released_tranche_waits_for_its_day_while_somebody_has_not_got_it(
    office: Office, dian: Actor
) -> None:
    Tranche.objects.update(due_on=TODAY)
    with pytest.raises(CannotClose) as refused:
        close(office, dian)
    assert refused.value.bars == [Bar.TRANCHE_TO_COME]


def test_the_officer_closes_what_was_seen(office: Office, dian: Actor) -> None:
    with pytest.raises(ChangedMeanwhile):
        close(office, dian, seen=1)
    assert Cycle.objects.get().state == "open"


def test_nothing_more_is_given_in_a_closed_cycle(office: Office, dian: Actor) -> None:
    tranche = office.round.tranche
    close(office, dian)
    village, cycle = rounds.fresh(office.village), Cycle.objects.get()
    recipient = Proposal.objects.filter(state="enrolled")[0]
    at: dict[str, Any] = {"by": dian, "at": NOW}
    fresh = population.person("Komang", "3510095505900001")
    for act in (
        lambda: close_cycle(cycle=cycle, seen=0, **at),
        lambda: release(tranche=tranche, village=village, **at),
        lambda: propose(village=village, person=fresh, **at),
        lambda: replace_next(village=village, **at),
        lambda: stop(proposal=recipient, why=Why.IMPROVED, **at),
        lambda: start_run(cycle=cycle, kind=Run.Kind.RELEASE, value=1, **at),
        lambda: plan_tranche(
            cycle=cycle, on=date(2026, 12, 1), due_on=date(2026, 12, 9), **at
        ),
    ):
        with pytest.raises(Refused):
            act()
    assert cases.held() == (100, 0, 0)


def broken(name: str, **changes: object) -> None:
    """Write past the action; the promise of that name must refuse it."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Cycle.objects.update(**changes)


def test_cycle_closed_by_somebody(office: Office) -> None:
    Entitlement.objects.update(cancelled=True)
    broken("cycle_closed_by_somebody", state="closed")


def test_cycle_closes_settled(office: Office, dian: Actor) -> None:
    with pytest.raises(IntegrityError, match="everybody got or gave back"):
        Cycle.objects.update(state="closed", closed_by=dian.staff_id, closed_at=NOW)


def test_cycle_stays_closed(office: Office, dian: Actor) -> None:
    close(office, dian)
    with pytest.raises(IntegrityError, match="stays closed"):
        Cycle.objects.update(state="open", closed_by=None, closed_at=None)


def test_every_bar_is_told_at_once() -> None:
    standing = Standing(
        closed=True, running=1, under_way=1, to_come=1, in_batch=1, at_the_bank=1
    )
    assert bars_to_close(standing) == list(Bar)
    assert bars_to_close(Standing(left=3, left_amount=9)) == []
