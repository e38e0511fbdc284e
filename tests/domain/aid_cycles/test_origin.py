"""Aid of a cycle passes through batch, counter and back, like that of a claim."""

import pytest
from django.db import connection

from smartkampung.accounts.roles import Permission
from smartkampung.aid.actions.batch import add_dues, close_batch
from smartkampung.aid.actions.replan import move_batch
from smartkampung.aid.models import Enrolment, Entitlement, Proposal, ProposalEvent
from smartkampung.aid.queries.benefits import benefits_of_family
from smartkampung.aid.queries.handover import packing_list_for, waiting_for_batch
from smartkampung.aid.queries.own import handovers_to_family
from smartkampung.aid.rules.handover import Outcome
from smartkampung.kernel.clock import end_of_day
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.ledger.queries import accounts_that_disagree
from smartkampung.residents.models import Person
from smartkampung.worklist.models import WorkItem
from tests import cases, rounds
from tests.cases import NOW, TODAY
from tests.population import person, wayan
from tests.rounds import Round

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Round:
    """Begin a cycle of food packs with the list of Sari's village."""
    return rounds.a_round()


def test_handed_over_it_leaves_the_committed_packs(here: Round) -> None:
    due = rounds.a_due(here)
    batch = cases.announced(here.desk, due)
    listed = packing_list_for(here.desk.sari, batch, Permission.HANDOVER_RECORD)
    assert [row.pk for row in listed] == [due.pk]
    cases.call(due, here.desk.sari)
    assert cases.held() == (99, 0, 1)
    assert accounts_that_disagree() == []
    assert [row.outcome for row in handovers_to_family(due.family_id)] == ["received"]
    assert Enrolment.objects.get().last_paid_on == TODAY
    assert cases.open_work_kinds() == []


def test_it_waits_for_a_batch_and_is_due_when_the_tranche_is(here: Round) -> None:
    due = rounds.a_due(here)
    assert list(waiting_for_batch(here.desk.endang)) == [due]
    assert due.due_at == end_of_day(here.tranche.due_on)
    batch = cases.draft(here.desk)
    assert add_dues(batch=batch, due_ids=[due.pk], by=here.desk.endang, at=NOW) == 1
    move_batch(batch=batch, hand_over_on=TODAY, place="RW", by=here.desk.endang, at=NOW)


def test_returned_it_leaves_the_recipient_on_the_list(here: Round) -> None:
    due = rounds.a_due(here)
    Person.objects.filter(pk=due.person_id).update(status="moved")
    cases.given_back(due, here.desk.sari, here.desk.endang)
    assert cases.held() == (100, 0, 0)
    assert Entitlement.objects.get().cancelled
    assert Enrolment.objects.get().until == rounds.ENDS


def test_absent_it_waits_for_the_next_stage(here: Round) -> None:
    due = rounds.a_due(here)
    batch = cases.announced(here.desk, due)
    cases.call(due, here.desk.sari, Outcome.ABSENT)
    assert close_batch(batch=batch, by=here.desk.endang, at=NOW) == 1
    work = WorkItem.objects.get(closed_at=None)
    assert (work.kind, work.due_at) == ("aid.batch", end_of_day(here.tranche.due_on))


def test_the_card_of_the_family_shows_the_earliest_tranche_first(here: Round) -> None:
    due = rounds.a_due(here)
    [benefit] = benefits_of_family(family_id=due.family_id, on=TODAY)
    assert (benefit.standing, benefit.amount) == ("approved", 1)


def test_a_resident_sees_the_proposal_of_the_own_family(here: Round) -> None:
    ours, theirs = wayan(), person("I Gede Arta")
    for each in (ours, theirs):
        row = rounds.a_proposal(here, each)
        ProposalEvent.objects.create(proposal=row, kind="proposed", by="sari", at=NOW)
    act_as(Kind.RESIDENT, family=ours.family_id)
    assert [row.person for row in Proposal.objects.all()] == [ours]
    assert ProposalEvent.objects.get().proposal.person == ours
    act_as(Kind.STAFF, scope=["35.10.10"])
    assert not Proposal.objects.exists()
    assert not ProposalEvent.objects.exists()
    act_as(Kind.PUBLIC)
    assert not Proposal.objects.exists()
    assert connection.in_atomic_block
