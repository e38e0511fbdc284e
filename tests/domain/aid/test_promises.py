"""Every promise of the tables of aid, broken past the actions, by its name."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection

from smartkampung.aid.bulk import load_defaults
from smartkampung.aid.models import (
    Batch,
    Conflict,
    Criterion,
    Decision,
    Enrolment,
    Entitlement,
    FieldCheck,
    Handover,
    Objection,
    Programme,
    ReportingPhase,
)
from smartkampung.kernel.errors import constraint_name
from tests import cases, cast, population
from tests.cases import NOW, TODAY, Desk, listed, visit

pytestmark = pytest.mark.django_db


class Broken:
    """Expects that a block breaks exactly one named promise."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.raises = pytest.raises(IntegrityError)

    def __enter__(self) -> None:
        self.error = self.raises.__enter__()

    def __exit__(self, *what: Any) -> bool:
        caught = bool(self.raises.__exit__(*what))
        assert constraint_name(self.error.value) == self.name
        return caught


def refuses(table: str) -> None:
    """Try to change and to delete rows of an append-only table."""
    with pytest.raises(DatabaseError, match="Cannot"):
        connection.cursor().execute(f"UPDATE {table} SET id = id")


def refuses_to_delete(table: str) -> None:
    """Try to delete rows of an append-only table."""
    with pytest.raises(DatabaseError, match="Cannot"):
        connection.cursor().execute(f"DELETE FROM {table}")


# -- programmes ---------------------------------------------------------------


def test_programme_gives_something() -> None:
    load_defaults()
    with Broken("programme_gives_something"):
        Programme.objects.filter(pk="bst").update(amount=0)


def test_criterion_number_once() -> None:
    load_defaults()
    with Broken("criterion_number_once"):
        Criterion.objects.create(code="x", number=1, group="poverty", question="?")


def test_conflict_pair_is_ordered() -> None:
    load_defaults()
    with Broken("conflict_pair_is_ordered"):
        Conflict.objects.create(
            first_id="pkh", second_id="bst", effect="warn", since=TODAY
        )


def test_conflict_one_rule_at_a_time() -> None:
    load_defaults()
    with Broken("conflict_one_rule_at_a_time"):
        Conflict.objects.create(
            first_id="bst", second_id="pkh", effect="warn", since=TODAY
        )


def test_a_rule_may_follow_a_rule() -> None:
    load_defaults()
    Conflict.objects.filter(first="bst", second="pkh").update(until=TODAY)
    Conflict.objects.create(first_id="bst", second_id="pkh", effect="warn", since=TODAY)


def test_enrolment_once_at_a_time() -> None:
    load_defaults()
    wayan = population.wayan()
    listed(wayan, "pkh")
    with Broken("enrolment_once_at_a_time"):
        listed(wayan, "pkh", since=TODAY)


def test_two_members_may_stand_on_a_list_of_persons() -> None:
    load_defaults()
    wayan = population.wayan()
    luh = population.person("Ni Luh", "3510095505900001", household=wayan.family)
    listed(wayan, "apbd_nutrition", alone=True)
    listed(luh, "apbd_nutrition", alone=True)
    assert Enrolment.objects.count() == 2


def phase(opens: int, closes: int) -> ReportingPhase:
    """Open reports for some days from now."""
    return ReportingPhase.objects.create(
        opens_at=NOW + timedelta(days=opens),
        closes_at=NOW + timedelta(days=closes),
        daily_quota_per_village=10,
        opened_by="dinsos",
    )


def test_reporting_phase_closes_after_it_opens() -> None:
    with Broken("reporting_phase_closes_after_it_opens"):
        phase(1, 1)


def test_reporting_phase_one_at_a_time() -> None:
    phase(0, 5)
    phase(5, 7)
    with Broken("reporting_phase_one_at_a_time"):
        phase(4, 6)


# -- from the visit to the decision -------------------------------------------


def checked() -> tuple[Desk, FieldCheck]:
    """Return Sari's visit to Wayan."""
    desk = cases.desk()
    return desk, visit(cases.claim_of(population.wayan()), desk.sari)


def decision(check: FieldCheck, decider: int, **changes: Any) -> Decision:
    """Write a decision past the action."""
    return Decision.objects.create(
        **{
            "claim": check.claim,
            "check_relied_on": check,
            "checker_id": check.checker_id,
            "decider_id": decider,
            "approved": False,
            "reasons": ["dead"],
            "decided_at": NOW,
            **changes,
        }
    )


def test_field_check_append_only() -> None:
    checked()
    refuses("aid_fieldcheck")


def test_a_field_check_is_never_deleted() -> None:
    checked()
    refuses_to_delete("aid_fieldcheck")


def test_decision_maker_is_not_checker() -> None:
    desk, check = checked()
    connection.cursor().execute("ALTER TABLE aid_decision DISABLE TRIGGER USER")
    with Broken("decision_maker_is_not_checker"):
        decision(check, desk.sari.staff_id)


def test_decision_by_somebody_new() -> None:
    desk, check = checked()
    with Broken("decision_by_somebody_new"):
        decision(check, desk.sari.staff_id, checker_id=desk.made.staff_id)


def test_decision_rests_on_its_visit() -> None:
    desk, check = checked()
    other = cases.claim_of(population.person("Komang", "3510095505900001"))
    with Broken("decision_rests_on_its_visit"):
        decision(check, desk.endang.staff_id, claim=other)


def test_decision_does_not_rest_on_a_visit_by_kin() -> None:
    desk = cases.desk()
    claim = cases.claim_of(population.wayan())
    check = visit(claim, desk.made, kin=True)
    with Broken("decision_rests_on_its_visit"):
        decision(check, desk.endang.staff_id)


def test_decision_refusal_has_reasons() -> None:
    desk, check = checked()
    with Broken("decision_refusal_has_reasons"):
        decision(check, desk.endang.staff_id, reasons=[])


def test_decision_approval_names_a_programme() -> None:
    desk, check = checked()
    with Broken("decision_approval_names_a_programme"):
        decision(check, desk.endang.staff_id, approved=True, reasons=[])


def test_a_visit_carries_one_decision() -> None:
    desk, check = checked()
    decision(check, desk.endang.staff_id)
    with Broken("aid_decision_check_relied_on_id_key"):
        decision(check, desk.bambang.staff_id)


def test_decision_append_only() -> None:
    desk, check = checked()
    decision(check, desk.endang.staff_id)
    refuses("aid_decision")


def test_a_decision_is_never_deleted() -> None:
    desk, check = checked()
    decision(check, desk.endang.staff_id)
    refuses_to_delete("aid_decision")


def objection() -> Objection:
    """Write an objection past the action, to Endang's refusal."""
    desk, check = checked()
    refusal = decision(check, desk.endang.staff_id)
    return Objection.objects.create(
        decision=refusal, claim=check.claim, text="Salah.", filed_at=NOW
    )


def test_objection_once_per_decision() -> None:
    row = objection()
    with Broken("objection_once_per_decision"):
        Objection.objects.create(
            decision=row.decision, claim=row.claim, text="Lagi.", filed_at=NOW
        )


def test_objection_answered_by_another() -> None:
    row = objection()
    with Broken("objection_answered_by_another"):
        Objection.objects.update(answered_by=row.decision.decider)


# -- from the decision to the hand-over ---------------------------------------


def test_batch_once_per_stage() -> None:
    desk = cases.desk()
    cases.draft(desk)
    with Broken("batch_once_per_stage"):
        Batch.objects.create(
            programme_id=cases.FOOD,
            kecamatan_code=cast.KECAMATAN,
            stage=1,
            hand_over_on=TODAY,
            place="Balai desa",
            state="draft",
            prepared_by_id=desk.endang.staff_id,
            prepared_at=NOW,
        )


def second_decision(due: Entitlement) -> Decision:
    """Return an approval of another claim, to hang a second entitlement on."""
    komang = population.person("Komang", "3510095505900001")
    claim = cases.claim_of(komang)
    first = Decision.objects.get(entitlement=due)
    sari = first.checker
    check = visit(claim, cases.rights(sari))
    return decision(
        check,
        first.decider_id,
        approved=True,
        programme_id=cases.FOOD,
        reasons=[],
    )


def entitlement(due: Entitlement, **changes: Any) -> Entitlement:
    """Write a second entitlement like the first, past the action."""
    like = {
        name: getattr(due, name)
        for name in (
            "claim",
            "programme",
            "family",
            "person",
            "unit_key",
            "region_code",
            "period",
            "amount",
        )
    }
    return Entitlement.objects.create(
        **{**like, "decision": second_decision(due), **changes}
    )


def test_entitlement_once_per_period() -> None:
    due = cases.approved(cases.desk())
    with Broken("entitlement_once_per_period"):
        entitlement(due)


def test_entitlement_once_per_person() -> None:
    due = cases.approved(cases.desk())
    elsewhere = population.family(kk=None, phone=None)
    with Broken("entitlement_once_per_person"):
        entitlement(due, family=elsewhere, unit_key=f"family:{elsewhere.pk}")


def test_a_cancelled_entitlement_makes_way() -> None:
    due = cases.approved(cases.desk())
    Entitlement.objects.update(cancelled=True)
    entitlement(due)


def test_the_next_period_is_another() -> None:
    due = cases.approved(cases.desk())
    entitlement(due, period=date(2026, 12, 1))


def test_entitlement_amount_is_positive() -> None:
    due = cases.approved(cases.desk())
    with Broken("entitlement_amount_is_positive"):
        entitlement(due, amount=0, unit_key="family:0")


def handover(of: Entitlement, **changes: Any) -> Handover:
    """Write a hand-over past the action."""
    given = {
        "id": uuid.uuid4(),
        "entitlement": of,
        "outcome": "received",
        "due": of.amount,
        "quantity": of.amount,
        "proof": "one_time_code",
        "recorded_by_id": Decision.objects.get(entitlement=of).checker_id,
        "recorded_at": NOW,
    }
    return Handover.objects.create(**{**given, **changes})


def test_handover_received_once() -> None:
    due = cases.approved(cases.desk())
    handover(due, outcome="absent", quantity=0)
    handover(due)
    with Broken("handover_received_once"):
        handover(due)


@pytest.mark.parametrize("proof", ["none", "signature"])
def test_handover_receipt_has_proof(proof: str) -> None:
    due = cases.approved(cases.desk())
    with Broken("handover_receipt_has_proof"):
        handover(due, proof=proof)


@pytest.mark.parametrize(
    ("outcome", "quantity"),
    [("received", 0), ("partial", 0), ("partial", 1), ("absent", 1), ("declined", 1)],
)
def test_handover_quantity_fits_outcome(outcome: str, quantity: int) -> None:
    due = cases.approved(cases.desk())
    with Broken("handover_quantity_fits_outcome"):
        handover(due, outcome=outcome, quantity=quantity)


def test_handover_due_is_the_entitlements() -> None:
    due = cases.approved(cases.desk())
    with Broken("handover_due_is_the_entitlements"):
        handover(due, due=due.amount + 1, quantity=due.amount + 1)


def test_handover_append_only() -> None:
    handover(cases.approved(cases.desk()))
    refuses("aid_handover")


def test_a_handover_is_never_deleted() -> None:
    handover(cases.approved(cases.desk()))
    refuses_to_delete("aid_handover")
