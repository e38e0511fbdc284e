"""Every promise of the tables of cycles, broken past the actions, by its name."""

from datetime import date
from typing import Any

import pytest

from smartkampung.aid.models import (
    Cycle,
    Entitlement,
    Proposal,
    ProposalEvent,
    Run,
    Tranche,
    VillageFund,
    VillageList,
)
from tests import cases, cast, rounds
from tests.cases import NOW
from tests.domain.aid.test_promises import Broken, refuses, refuses_to_delete
from tests.population import person, wayan
from tests.rounds import Round

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Round:
    """Begin a cycle of food packs with the list of Sari's village."""
    return rounds.a_round()


def test_cycle_ends_after_it_begins(here: Round) -> None:
    with Broken("cycle_ends_after_it_begins"):
        Cycle.objects.update(until=here.cycle.since)


def test_cycle_name_once(here: Round) -> None:
    with Broken("cycle_name_once"):
        Cycle.objects.create(
            programme=here.cycle.programme,
            name=here.cycle.name,
            since=rounds.BEGINS,
            until=rounds.ENDS,
            propose_until=rounds.ENDS,
            opened_by_id=here.desk.endang.staff_id,
            opened_at=NOW,
        )


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("tranche_number_once", {"period": date(2026, 12, 1)}),
        ("tranche_period_once", {"number": 2}),
        ("tranche_gives_something", {"number": 2, "amount": 0}),
    ],
)
def test_tranche_promises(here: Round, name: str, told: dict[str, Any]) -> None:
    with Broken(name):
        rounds.a_tranche(here.cycle, **told)


def test_tranche_number_once(here: Round) -> None:
    with Broken("tranche_number_once"):
        rounds.a_tranche(here.cycle, period=date(2026, 12, 1))


def test_tranche_period_once(here: Round) -> None:
    with Broken("tranche_period_once"):
        rounds.a_tranche(here.cycle, number=2)


def test_tranche_gives_something(here: Round) -> None:
    with Broken("tranche_gives_something"):
        Tranche.objects.update(amount=0)


def test_village_fund_once_a_year() -> None:
    VillageFund.objects.create(village_code=cast.HERE, year=2026, amount=1)
    with Broken("village_fund_once_a_year"):
        VillageFund.objects.create(village_code=cast.HERE, year=2026, amount=2)


def test_meeting_number_once(here: Round) -> None:
    rounds.a_meeting(here)
    with Broken("meeting_number_once"):
        rounds.a_meeting(here)


def test_meeting_was_attended(here: Round) -> None:
    with Broken("meeting_was_attended"):
        rounds.a_meeting(here, attendance=0)


def test_meeting_append_only_against_change(here: Round) -> None:
    rounds.a_meeting(here)
    refuses("aid_meeting")


def test_meeting_append_only_against_deletion(here: Round) -> None:
    rounds.a_meeting(here)
    refuses_to_delete("aid_meeting")


def test_village_list_once(here: Round) -> None:
    with Broken("village_list_once"):
        rounds.a_list(here.cycle)


@pytest.mark.parametrize("taken", [6, -1])
def test_village_list_within_quota(here: Round, taken: int) -> None:
    with Broken("village_list_within_quota"):
        VillageList.objects.update(taken=taken)


@pytest.mark.parametrize(
    "signed",
    [
        {"sent_by": "sari", "decided_by": "sari"},
        {"sent_by": "sari", "approved_by": "sari"},
        {"sent_by": "sari", "decided_by": "made", "approved_by": "made"},
    ],
)
def test_village_list_needs_three_people(here: Round, signed: dict[str, str]) -> None:
    told = {
        f"{name}_id": getattr(here.desk, who).staff_id for name, who in signed.items()
    }
    with Broken("village_list_needs_three_people"):
        VillageList.objects.update(**told)


def test_village_list_rests_on_a_meeting(here: Round) -> None:
    with Broken("village_list_rests_on_a_meeting"):
        VillageList.objects.update(
            state="verifying", sent_by_id=here.desk.sari.staff_id
        )


def test_village_list_steps_are_signed(here: Round) -> None:
    with Broken("village_list_steps_are_signed"):
        VillageList.objects.update(state="verifying", meeting=rounds.a_meeting(here))


@pytest.mark.parametrize("state", ["deciding", "approving", "approved"])
def test_village_list_no_step_skipped(here: Round, state: str) -> None:
    with Broken("village_list_no_step_skipped"):
        VillageList.objects.update(state=state)


@pytest.mark.parametrize("field", ["decided_by_id", "approved_by_id"])
def test_village_list_judged_by_others(here: Round, field: str) -> None:
    made = here.desk.made.staff_id
    rounds.a_proposal(here, verified_by_id=made, verified_at=NOW)
    with Broken("village_list_judged_by_others"):
        VillageList.objects.update(**{field: made})


def test_proposal_once_per_cycle(here: Round) -> None:
    wife = wayan()
    rounds.a_proposal(here, wife, state="stopped", reasons=["moved"])
    rounds.a_proposal(here, wife)
    with Broken("proposal_once_per_cycle"):
        rounds.a_proposal(here, person("Ni Luh", household=wife.family))


def test_proposal_left_out_has_reasons(here: Round) -> None:
    with Broken("proposal_left_out_has_reasons"):
        rounds.a_proposal(here, state="unfit")


def test_proposal_recipient_is_enrolled(here: Round) -> None:
    with Broken("proposal_recipient_is_enrolled"):
        rounds.a_proposal(here, state="enrolled")


def _event(here: Round) -> ProposalEvent:
    return ProposalEvent.objects.create(
        proposal=rounds.a_proposal(here), kind="proposed", by="sari", at=NOW
    )


def test_proposal_event_append_only_against_change(here: Round) -> None:
    _event(here)
    refuses("aid_proposalevent")


def test_proposal_event_append_only_against_deletion(here: Round) -> None:
    _event(here)
    refuses_to_delete("aid_proposalevent")


def test_run_done_within_total(here: Round) -> None:
    with Broken("run_done_within_total"):
        Run.objects.create(
            cycle=here.cycle,
            kind="approve",
            region_code=cast.KECAMATAN,
            total=1,
            done=2,
            started_by_id=here.desk.endang.staff_id,
            started_at=NOW,
        )


@pytest.mark.parametrize(
    "told", [{"proposal": None}, {"tranche": None}, {"claim": True}]
)
def test_entitlement_has_one_origin(here: Round, told: dict[str, Any]) -> None:
    due = rounds.a_due(here)
    if told.get("claim"):
        told = {"claim": cases.claim_of(due.person)}
    with Broken("entitlement_has_one_origin"):
        Entitlement.objects.update(**told)


def test_entitlement_once_per_period_whatever_its_origin(here: Round) -> None:
    due = rounds.a_due(here)
    copy = Entitlement.objects.get(pk=due.pk)
    copy.pk = None
    with Broken("entitlement_once_per_period"):
        copy.save()


def test_a_proposal_follows_its_family_when_records_are_merged(here: Round) -> None:
    row, other = rounds.a_proposal(here), person("I Gede Arta")
    Proposal.objects.update(family=other.family)
    row.refresh_from_db()
    assert row.unit_key == f"family:{other.family_id}"
