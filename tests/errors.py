"""The state auditor's six errors as they slip in: each written past what refuses it.

Actions and constraints stop these (tests/domain/aid/test_state_auditor.py); what became
known only later, or was written by hand, is what the checks are for.
"""

import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import QuerySet

from smartkampung.aid.actions.decide import decide_claim
from smartkampung.aid.assurance.rules import Basis
from smartkampung.aid.models import (
    Enrolment,
    Entitlement,
    Payment,
    PaymentBatch,
    Programme,
    ProposalEvent,
)
from smartkampung.residents.models import LifeEvent, Person
from tests import cases, contests, payments, population, rounds
from tests.cases import NOW, TODAY, Desk

BEFORE = NOW - timedelta(days=30)
THE_DAY_BEFORE = TODAY - timedelta(days=1)


def handed_over(desk: Desk, person: Person | None = None) -> Entitlement:
    """Return what Wayan got at the counter."""
    due = cases.at_the_counter(desk, person)
    cases.call(due, desk.sari)
    return due


def told(person: Person, kind: str, on: date, status: str) -> None:
    """Write down late that somebody died or went away."""
    where = {"left_region": person.region_code}
    LifeEvent.objects.create(
        act=uuid.uuid4(),
        kind=kind,
        person=person,
        family=person.family,
        happened_on=on,
        recorded_by="sari",
        recorded_at=NOW,
        **where,
    )
    Person.objects.filter(pk=person.pk).update(status=status)


def given_after_death() -> Entitlement:
    """Hand over to somebody of whom it is told later that they had died."""
    due = handed_over(cases.desk())
    told(due.person, "death", THE_DAY_BEFORE, "dead")
    return due


def due_to_the_dead() -> Entitlement:
    """Let aid wait for somebody whom an import made dead."""
    due = cases.approved(cases.desk())
    Person.objects.filter(pk=due.person_id).update(status="dead")
    return due


def not_decided() -> Entitlement:
    """Let aid rest on the decision about somebody else."""
    desk = cases.desk()
    due = cases.approved(desk)
    other = cases.approved(desk, population.person("Komang", "3510095505900001"))
    Entitlement.objects.filter(pk=due.pk).update(claim=other.claim)
    return due


def never_chosen() -> Entitlement:
    """Entitle somebody of an approved list whom nobody enrolled."""
    office = rounds.an_office()
    rounds.approved(office, population.wayan())
    komang = population.person("Komang", "3510095505900001")
    due = rounds.a_due(office.round, rounds.a_recipient(office.round, komang))
    happened(due, "waiting", BEFORE)
    return due


def list_not_approved() -> Entitlement:
    """Entitle somebody of a list that nobody approved."""
    due = rounds.a_due(rounds.a_round())
    happened(due, "enrolled", BEFORE)
    return due


def happened(due: Entitlement, kind: str, at: datetime) -> None:
    """Write down something that happened to a proposal."""
    assert due.proposal is not None
    ProposalEvent.objects.create(proposal=due.proposal, kind=kind, by="test", at=at)


def not_on_list() -> Entitlement:
    """Take the line of the list away from under the aid."""
    due = cases.approved(cases.desk())
    Entitlement.objects.filter(pk=due.pk).update(enrolment=None)
    return due


def refused_before(ago: timedelta = timedelta(hours=1)) -> Entitlement:
    """Approve somebody who was refused an hour before, or longer ago."""
    desk = cases.desk()
    first = cases.refused(desk)
    again = cases.claim_of(first.person)
    cases.visit(again, desk.made)
    decide_claim(
        claim=again,
        approved=True,
        programme=cases.programme(),
        by=desk.endang,
        at=NOW + ago,
    )
    return cases.due_of(again)


def left_out_before() -> Entitlement:
    """Enrol somebody whom another list stopped for wrong data."""
    office = rounds.an_office()
    wayan = population.wayan()
    rounds.approved(office, wayan)
    due = payments.due_of(wayan)
    other = rounds.a_round(code=payments.CASH, desk=office.round.desk, budget=0)
    stopped = rounds.a_proposal(other, wayan, state="stopped", reasons=["wrong_data"])
    ProposalEvent.objects.create(
        proposal=stopped, kind="stopped", reasons=["wrong_data"], by="test", at=BEFORE
    )
    return due


def no_nik() -> Entitlement:
    """Take the NIK away from somebody who got aid."""
    due = handed_over(cases.desk())
    Person.objects.filter(pk=due.person_id).update(nik=None, nik_index=None)
    return due


def nik_contested() -> Entitlement:
    """Let somebody else claim the NIK of a recipient."""
    due = cases.approved(cases.desk())
    contests.contested(holder=due.person)
    return due


def given_back() -> Entitlement:
    """Return to the budget what was handed over."""
    due = handed_over(cases.desk())
    Entitlement.objects.filter(pk=due.pk).update(cancelled=True)
    return due


def stopped() -> Entitlement:
    """Hand over to somebody of a cycle who was stopped the day before."""
    office = rounds.an_office()
    rounds.approved(office, population.wayan())
    due = Entitlement.objects.get(proposal__cycle=office.cycle)
    cases.announced(office.round.desk, due)
    happened(due, "stopped", NOW - timedelta(days=1))
    cases.call(Entitlement.objects.get(pk=due.pk), office.sari)
    return due


def taken_off() -> Entitlement:
    """Hand over to somebody who was taken off the list before."""
    due = handed_over(cases.desk())
    listing(due).update(since=date(2026, 11, 1), until=THE_DAY_BEFORE)
    return due


def listing(due: Entitlement) -> QuerySet[Enrolment]:
    """Return the line of aid on the list of its programme, to change it."""
    assert due.enrolment is not None
    return Enrolment.objects.filter(pk=due.enrolment.pk)


def left_regency() -> Entitlement:
    """Hand over to somebody who had moved away, as is told later."""
    due = handed_over(cases.desk())
    told(due.person, "move_out", THE_DAY_BEFORE, "moved")
    return due


def programme_ended() -> Entitlement:
    """Hand over from a programme that had ended."""
    due = handed_over(cases.desk())
    Programme.objects.filter(pk=due.programme_id).update(until=TODAY)
    return due


def given_two_ways() -> Entitlement:
    """Pay what was handed over, with the triggers that forbid it taken off."""
    due = handed_over(cases.desk())
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE aid_payment DISABLE TRIGGER USER")
        payment = payments.a_failed_payment(due)
        Payment.objects.filter(pk=payment.pk).update(state="paid")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE aid_payment ENABLE TRIGGER USER")
    PaymentBatch.objects.filter(pk=payment.batch_id).update(sent_at=NOW)
    return due


def same_period() -> Entitlement:
    """Give twice in a period on two cards, with the promise taken out meanwhile."""
    desk = cases.desk()
    first = handed_over(desk)
    Entitlement.objects.filter(pk=first.pk).update(cancelled=True)
    Person.objects.filter(pk=first.person_id).update(
        family=population.family(kk=None, phone=None)
    )
    wayan = Person.objects.get(pk=first.person_id)
    claim = cases.claim_of(wayan)
    cases.visit(claim, desk.sari)
    cases.approve(claim, desk.endang)
    again = cases.due_of(claim)
    cases.announced(desk, again, stage=2)
    cases.call(Entitlement.objects.get(pk=again.pk), desk.sari)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("DROP INDEX entitlement_once_per_person")
    Entitlement.objects.filter(pk=first.pk).update(cancelled=False)
    return again


def not_together() -> Entitlement:
    """Load the list of PKH late: it had the family when food was handed over."""
    due = handed_over(cases.desk())
    cases.listed(due.person, "pkh")
    return due


SLIPPED_IN: dict[Basis, Callable[[], Entitlement]] = {
    Basis.GIVEN_AFTER_DEATH: given_after_death,
    Basis.DUE_TO_THE_DEAD: due_to_the_dead,
    Basis.NOT_DECIDED: not_decided,
    Basis.NEVER_CHOSEN: never_chosen,
    Basis.LIST_NOT_APPROVED: list_not_approved,
    Basis.NOT_ON_LIST: not_on_list,
    Basis.REFUSED_BEFORE: refused_before,
    Basis.LEFT_OUT_BEFORE: left_out_before,
    Basis.NO_NIK: no_nik,
    Basis.NIK_CONTESTED: nik_contested,
    Basis.GIVEN_BACK: given_back,
    Basis.STOPPED: stopped,
    Basis.TAKEN_OFF: taken_off,
    Basis.LEFT_REGENCY: left_regency,
    Basis.PROGRAMME_ENDED: programme_ended,
    Basis.GIVEN_TWO_WAYS: given_two_ways,
    Basis.SAME_PERIOD: same_period,
    Basis.NOT_TOGETHER: not_together,
}
