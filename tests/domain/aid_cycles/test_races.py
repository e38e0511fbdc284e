"""Twenty at once: one gets the last place, one approves, and the budget lasts."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Role
from smartkampung.aid.cycles.actions.approve import approve_list, release
from smartkampung.aid.cycles.actions.closing import close_cycle
from smartkampung.aid.cycles.actions.plan import set_quota
from smartkampung.aid.cycles.actions.recipients import replace_next, stop
from smartkampung.aid.cycles.models import Cycle, Proposal, Tranche
from smartkampung.aid.cycles.rules.proposals import Why
from smartkampung.aid.models import Enrolment, Entitlement
from smartkampung.ledger.queries import accounts_that_disagree
from tests import cases, cast, rounds
from tests.cases import NOW
from tests.domain.aid.test_races import ground, outcome_of
from tests.population import person, wayan
from tests.races import at_once, together
from tests.rounds import Office

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ALL = 20


def test_the_last_place_under_twenty_threads_goes_to_one() -> None:
    def make() -> Office:
        office = rounds.an_office()
        set_quota(village=office.village, quota=1, by=office.endang, at=NOW)
        waiting = [person(f"Warga {n}", f"35100920067900{n:02}") for n in range(10, 14)]
        rounds.approved(office, wayan(), *waiting)
        gone = Proposal.objects.get(state="enrolled")
        stop(proposal=gone, why=Why.IMPROVED, by=office.endang, at=NOW)
        return office

    office = ground(make)
    act = partial(replace_next, village=office.village, by=office.endang, at=NOW)
    said = Counter(at_once(ALL, lambda: outcome_of(act)))
    assert said["done"] == 1
    assert set(said) <= {"done", "nobody_waits", "busy"}

    def check() -> tuple[int, int, int]:
        assert accounts_that_disagree() == []
        enrolled = Proposal.objects.filter(state="enrolled").count()
        return enrolled, rounds.fresh(office.village).taken, cases.held()[1]

    assert ground(check) == (1, 1, 1)


def test_a_list_approved_by_twenty_threads_is_approved_once() -> None:
    def make() -> Office:
        office = rounds.an_office(budget=1)
        rounds.decided(office, wayan())
        return office

    office = ground(make)
    act = partial(approve_list, village=office.village, by=office.endang, at=NOW)
    said = Counter(at_once(ALL, lambda: outcome_of(act)))
    assert said["done"] == 1
    assert set(said) <= {"done", "step_refused", "busy"}
    counted = ground(lambda: (Enrolment.objects.count(), Entitlement.objects.count()))
    assert counted == (1, 1)
    assert ground(cases.held) == (0, 1, 0)


def test_a_cycle_closed_while_its_tranche_is_released_gives_nothing_after() -> None:
    def make() -> tuple[Office, Actor]:
        office = rounds.an_office()
        rounds.approved(office, wayan())
        rounds.a_tranche(office.cycle, number=2, period=date(2026, 12, 1))
        Tranche.objects.update(due_on=date(2026, 11, 1))
        return office, cases.rights(cast.staff("dian", Role.DINSOS, cast.REGENCY))

    office, dian = ground(make)
    second = ground(lambda: Tranche.objects.get(number=2))
    acts: list[Callable[[], object]] = [
        partial(close_cycle, cycle=office.cycle, seen=seen, by=dian, at=NOW)
        for seen in (1, 2)
    ]

    def give() -> object:
        return release(tranche=second, village=office.village, by=office.endang, at=NOW)

    acts += [give]
    said = together(*(partial(outcome_of, act) for act in acts * 2))

    def check() -> tuple[str, int]:
        assert accounts_that_disagree() == []
        return Cycle.objects.get().state, cases.held()[1]

    state, committed = ground(check)
    assert said.count("done") >= 1
    assert state == "open" or committed == 0
