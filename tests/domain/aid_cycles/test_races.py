"""Twenty at once: one gets the last place, one approves, and the budget lasts."""

from collections import Counter
from functools import partial

import pytest

from smartkampung.aid.cycles.actions.approve import approve_list
from smartkampung.aid.cycles.actions.plan import set_quota
from smartkampung.aid.cycles.actions.recipients import replace_next, stop
from smartkampung.aid.cycles.models import Proposal
from smartkampung.aid.cycles.rules.proposals import Why
from smartkampung.aid.models import Enrolment, Entitlement
from smartkampung.ledger.queries import accounts_that_disagree
from tests import cases, rounds
from tests.cases import NOW
from tests.domain.aid.test_races import ground, outcome_of
from tests.population import person, wayan
from tests.races import at_once
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
