"""The state auditor's six errors, found where they slipped in and nowhere else."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.aid.actions.decide import decide_claim
from smartkampung.aid.assurance.queries.findings import (
    Wanted,
    evidence_for,
    tallies_for,
)
from smartkampung.aid.assurance.rules import BASES, Basis, Error, masked_name
from smartkampung.aid.models import Claim, Enrolment, Entitlement, Override, Programme
from smartkampung.aid.payments.rules.steps import Channel
from smartkampung.aid.rules.claims import Reason
from smartkampung.audit.models import Access
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.residents.models import NikClaim, Person
from tests import cases, cast, errors, payments, population, rounds
from tests.cases import NOW, TODAY
from tests.population import actor

pytestmark = pytest.mark.django_db
AUDITOR = actor(Role.AUDITOR, cast.REGENCY, username="auditor")
NEXT_DOOR = actor(Role.INSPECTORATE, cast.OTHER_KECAMATAN, username="inspektur")


def found() -> dict[Error, int]:
    """Return how many of each error are found, without those that are not."""
    act_as(Kind.STAFF, scope=(cast.REGENCY,))
    counts = {
        error: sum(row.findings for row in rows)
        for error, rows in tallies_for(AUDITOR, on=TODAY).items()
    }
    act_as(Kind.JOB)
    return {error: count for error, count in counts.items() if count}


def test_every_basis_belongs_to_one_error_and_has_a_fixture() -> None:
    assert [basis for bases in BASES.values() for basis in bases] == list(Basis)
    assert set(errors.SLIPPED_IN) == set(Basis)


@pytest.mark.parametrize(
    ("error", "basis"),
    [(error, basis) for error, bases in BASES.items() for basis in bases],
)
def test_it_is_found_and_nothing_else(error: Error, basis: Basis) -> None:
    due = errors.SLIPPED_IN[basis]()
    assert found() == {error: 1}
    [row] = evidence_for(AUDITOR, error, Wanted(), on=TODAY)
    assert (row.due_id, row.basis) == (due.pk, basis)
    assert evidence_for(NEXT_DOOR, error, Wanted(), on=TODAY) == []


def test_clean_aid_from_a_report_is_no_finding() -> None:
    desk = cases.desk()
    errors.handed_over(desk)
    cases.approved(desk, population.person("Komang", "3510095505900001"))
    # Refused, found to be right after an objection, approved by somebody else.
    reopened = cases.reopened(desk, population.person("Kadek", "3510091505900006"))
    decide_claim(
        claim=reopened,
        approved=True,
        programme=cases.programme(),
        by=desk.bambang,
        at=NOW,
    )
    assert found() == {}


def test_clean_aid_of_a_cycle_is_no_finding() -> None:
    office = rounds.an_office()
    rounds.approved(office, population.wayan())
    due = Entitlement.objects.get()
    cases.announced(office.round.desk, due)
    cases.call(Entitlement.objects.get(pk=due.pk), office.sari)
    assert found() == {}


def test_money_that_went_out_is_no_finding() -> None:
    office = rounds.an_office(code=payments.CASH, budget=2_000_000)
    rounds.funded(office, 10**9)
    wayan = population.wayan()
    rounds.approved(office, wayan)
    dian = cases.rights(cast.staff("dian", Role.DINSOS, cast.REGENCY))
    desk = payments.Counter(office.round, office.head, dian, wayan, wayan)
    payments.sent(desk, Channel.POST)
    assert found() == {}


def test_who_dies_or_leaves_afterwards_is_no_finding() -> None:
    desk = cases.desk()
    for person, kind, status in [
        (population.wayan(), "death", "dead"),
        (population.person("Komang", "3510095505900001"), "move_out", "moved"),
    ]:
        stage = 1 if status == "dead" else 2
        due = cases.approved(desk, person)
        cases.announced(desk, due, stage=stage)
        cases.call(Entitlement.objects.get(pk=due.pk), desk.sari)
        errors.told(due.person, kind, TODAY, status)
    assert found() == {}


def test_aid_that_comes_after_its_period_is_no_finding() -> None:
    desk = cases.desk()
    due = errors.handed_over(desk)
    Entitlement.objects.filter(pk=due.pk).update(period=TODAY - timedelta(days=120))
    ended = TODAY - timedelta(days=20)
    errors.listing(due).update(since=TODAY - timedelta(days=60), until=ended)
    Programme.objects.filter(pk=due.programme_id).update(
        period="month", until=TODAY + timedelta(days=365)
    )
    assert found() == {}


def test_a_refusal_for_want_of_budget_says_nothing_about_the_person() -> None:
    desk = cases.desk()
    claim = cases.claim_of(population.wayan())
    cases.visit(claim, desk.sari)
    decide_claim(
        claim=claim,
        approved=False,
        programme=None,
        reasons=[Reason.BUDGET_EXHAUSTED],
        by=desk.endang,
        at=NOW - timedelta(days=1),
    )
    again = cases.claim_of(claim.person)
    cases.visit(again, desk.made)
    cases.approve(again, desk.endang)
    assert found() == {}


def long_ago() -> None:
    errors.refused_before(timedelta(days=181))


def overturned() -> None:
    desk = cases.desk()
    first = cases.reopened(desk)
    Claim.objects.filter(pk=first.pk).update(state="returned", closed_at=NOW)
    again = cases.claim_of(first.person)
    cases.visit(again, desk.made)
    decide_claim(
        claim=again,
        approved=True,
        programme=cases.programme(),
        by=desk.endang,
        at=NOW + timedelta(hours=1),
    )


def decided_since() -> None:
    errors.nik_contested()
    decided = {"decision": "holder_keeps", "decided_by": "sari", "decided_at": NOW}
    NikClaim.objects.update(**decided)


def resumed() -> None:
    due = errors.stopped()
    errors.happened(due, "resumed", NOW - timedelta(hours=1))


def programme_goes_on() -> None:
    due = errors.programme_ended()
    Programme.objects.filter(pk=due.programme_id).update(until=TODAY + timedelta(1))


def another_period() -> None:
    due = errors.same_period()
    later = due.period + timedelta(days=31)
    Entitlement.objects.filter(pk=due.pk).update(period=later)


@pytest.mark.parametrize(
    "near_miss",
    [long_ago, overturned, decided_since, resumed, programme_goes_on, another_period],
)
def test_what_only_looks_like_an_error_is_no_finding(
    near_miss: Callable[[], None],
) -> None:
    near_miss()
    assert found() == {}


def test_aid_beside_what_is_allowed_or_was_excepted_is_no_finding() -> None:
    due = errors.not_together()
    pkh = Enrolment.objects.get(programme="pkh")
    Override.objects.create(
        id=uuid.uuid4(),
        claim=due.claim,
        programme=due.programme,
        enrolment=pkh,
        reason="Diputuskan bersama.",
        asked_by=Staff.objects.get(username="endang"),
        asked_at=NOW,
        decided_by=Staff.objects.get(username="bambang"),
        decided_at=NOW,
        granted=True,
    )
    cases.listed(due.person, "apbd_nutrition", alone=True)
    cases.listed(due.person, "bst", since=TODAY + timedelta(days=1))
    assert found() == {}


def test_what_went_back_to_the_budget_is_no_finding() -> None:
    due = errors.due_to_the_dead()
    Entitlement.objects.filter(pk=due.pk).update(cancelled=True)
    assert found() == {}


def test_evidence_shows_no_name_and_the_look_is_written_down() -> None:
    due = errors.no_nik()
    [row] = evidence_for(AUDITOR, Error.INVALID_NIK, Wanted(), on=TODAY)
    assert row.name == "I••• W••• S•••"
    assert row.at == NOW
    assert (row.way, row.amount, row.due) == ("handover", due.amount, due.amount)
    look = Access.objects.get(purpose="aid.assurance")
    assert (look.person_id, look.by, look.role) == (due.person_id, "auditor", "auditor")


def test_evidence_is_narrowed_and_goes_on_after_a_number() -> None:
    desk = cases.desk()
    dues = [
        cases.approved(desk, population.person(name, nik))
        for name, nik in [
            ("Komang", "3510095505900001"),
            ("Kadek", "3510091505900006"),
        ]
    ]
    Person.objects.update(nik=None, nik_index=None)

    def ids(**wanted: Any) -> list[int]:
        rows = evidence_for(AUDITOR, Error.INVALID_NIK, Wanted(**wanted), on=TODAY)
        return [row.due_id for row in rows]

    first, second = (due.pk for due in dues)
    assert ids() == [first, second]
    assert ids(most=1) == [first]
    assert ids(after=first) == [second]
    assert ids(programme="pkh") == []
    assert ids(programme=cases.FOOD, kecamatan=cast.KECAMATAN) == [first, second]
    assert ids(kecamatan=cast.OTHER_KECAMATAN) == []
    # "35.10.1" is no place, and not the beginning of one either.
    assert ids(kecamatan="35.10.0") == []


@pytest.mark.parametrize(
    ("name", "shown"), [("Sari Wulandari", "S••• W•••"), ("  ", ""), ("Ayu", "A•••")]
)
def test_a_name_is_masked(name: str, shown: str) -> None:
    assert masked_name(name) == shown
