"""A resident's transaction sees the rows of the own family, whatever a query forgot."""

from collections.abc import Callable

import pytest
from django.db import connection, models
from django.test import Client

from smartkampung.aid.models import (
    Claim,
    CriterionResult,
    Decision,
    Entitlement,
    Evaluation,
    FieldCheck,
    Finding,
    Handover,
    Objection,
    Payment,
    Proposal,
    ProposalEvent,
    Report,
)
from smartkampung.aid.queries import own
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.residents.models import Person
from tests import cases, rulings
from tests.cases import NOW
from tests.owndata import HOME, body, enter
from tests.population import family, person, wayan

pytestmark = pytest.mark.django_db
OWN: list[type[models.Model]] = [Claim, FieldCheck, Decision, Entitlement, Handover]
REASONS: list[type[models.Model]] = [Evaluation, CriterionResult]
READABLE: list[type[models.Model]] = [
    *OWN,
    *REASONS,
    Objection,
    Payment,
    Proposal,
    ProposalEvent,
]


@pytest.fixture
def families() -> tuple[Person, Person]:
    """Make Wayan and Gede, who both received food."""
    desk = cases.desk()
    ours = wayan()
    theirs = person("I Gede Arta", "3510092006790004", household=family(kk=None))
    for stage, each in enumerate((ours, theirs), start=1):
        due = cases.approved(desk, each)
        cases.announced(desk, due, stage=stage)
        cases.call(due, desk.sari)
    return ours, theirs


@pytest.fixture
def families_under_a_rule(request: pytest.FixtureRequest) -> tuple[Person, Person]:
    """Let a rule be in force before Wayan and Gede are approved."""
    age = {"fact": "head_age", "is": "at_least", "value": 1}
    rulings.in_force({"all": [age]})
    both: tuple[Person, Person] = request.getfixturevalue("families")
    return both


def seen() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in OWN}


def test_a_resident_sees_the_rows_of_the_own_family(
    families: tuple[Person, Person],
) -> None:
    assert set(seen().values()) == {2}
    for each in families:
        act_as(Kind.RESIDENT, family=each.family_id)
        assert seen() == dict.fromkeys(seen(), 1)
        assert Claim.objects.get().person == each
        assert Handover.objects.get().entitlement.person == each


def test_a_family_reads_the_reasons_of_its_own_decision(
    families_under_a_rule: tuple[Person, Person],
) -> None:
    assert Evaluation.objects.count() == 2
    for each in families_under_a_rule:
        act_as(Kind.RESIDENT, family=each.family_id)
        reasons = Evaluation.objects.get()
        assert reasons.decision.claim.person == each
        assert {one.evaluation_id for one in CriterionResult.objects.all()} == {
            reasons.pk
        }
    for nobody in (Kind.PUBLIC, Kind.STAFF):
        act_as(nobody)
        assert not Evaluation.objects.exists()
        assert not CriterionResult.objects.exists()


@pytest.mark.parametrize("nobody", [None, 0, 10**12])
def test_a_resident_of_no_family_sees_nothing(
    families: tuple[Person, Person], nobody: int | None
) -> None:
    act_as(Kind.RESIDENT, family=nobody)
    assert set(seen().values()) == {0}


@pytest.mark.parametrize("kind", [Kind.PUBLIC, Kind.STAFF])
def test_a_family_opens_nothing_to_another_kind_of_actor(
    families: tuple[Person, Person], kind: Kind
) -> None:
    act_as(kind, family=families[0].family_id)
    assert set(seen().values()) == {0}


def test_the_family_is_forgotten_with_the_next_actor(
    families: tuple[Person, Person],
) -> None:
    act_as(Kind.RESIDENT, family=families[0].family_id)
    act_as(Kind.RESIDENT)
    assert set(seen().values()) == {0}


def test_reports_of_neighbours_and_findings_for_staff_stay_closed(
    families: tuple[Person, Person],
) -> None:
    claim = Claim.objects.filter(person=families[0]).get()
    Finding.objects.create(claim=claim, code="matched", found_at=NOW)
    act_as(Kind.RESIDENT, family=families[0].family_id)
    assert not Report.objects.exists()
    assert not Finding.objects.exists()


def test_a_resident_reads_and_never_writes(families: tuple[Person, Person]) -> None:
    act_as(Kind.RESIDENT, family=families[0].family_id)
    assert Claim.objects.update(state="approved") == 0
    assert Entitlement.objects.update(amount=9) == 0
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM aid_handover")
        assert cursor.rowcount == 0
    with pytest.raises(Exception, match="row-level security"):
        Objection.objects.create(
            claim=Claim.objects.get(),
            decision=Decision.objects.get(),
            text="x",
            filed_at=NOW,
        )


def everything(model: type[models.Model]) -> Callable[[int], object]:
    return lambda _family_id: model._default_manager.all()


def test_with_the_filter_of_the_queries_taken_out_nothing_of_others_is_shown(
    client: Client, families: tuple[Person, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own, "_claims", everything(Claim))
    monkeypatch.setattr(own, "_entitlements", everything(Entitlement))
    pages = [
        body(enter(client)),
        body(client.get(HOME)),
        body(client.post("/my-data/copy/json/")),
    ]
    for page in pages:
        assert "I Wayan Sudarma" in page
        assert "Gede" not in page
    act_as(Kind.JOB)
    assert len(own.cases_of_family(families[0].family_id, at=NOW)) == 2


def test_the_policies_stand_in_the_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, cmd FROM pg_policies"
            " WHERE policyname LIKE %s AND tablename NOT LIKE %s",
            [r"%\_resident", r"requests\_%"],  # letters ask for themselves
        )
        found = dict(cursor.fetchall())
    assert set(found) == {model._meta.db_table for model in READABLE}
    assert set(found.values()) == {"SELECT"}
