"""From the meeting to the approval: who does what, in which order, until when."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Permission, Role
from smartkampung.aid.cycles.actions.approve import approve_list, release
from smartkampung.aid.cycles.actions.judge import decide_list, return_list, verify
from smartkampung.aid.cycles.actions.plan import (
    CannotPlan,
    open_cycle,
    plan_tranche,
    set_fund,
    set_quota,
)
from smartkampung.aid.cycles.actions.propose import (
    CannotPropose,
    MeetingRefused,
    propose,
    send_list,
    withdraw,
)
from smartkampung.aid.cycles.actions.steps import NoReason, StepRefused
from smartkampung.aid.cycles.models import Proposal, ProposalEvent, Tranche, VillageList
from smartkampung.aid.cycles.queries.kin import kin_on_list
from smartkampung.aid.cycles.queries.lists import facts_of
from smartkampung.aid.cycles.rules.proposals import Why
from smartkampung.aid.cycles.rules.steps import Bar
from smartkampung.aid.models import Enrolment, Entitlement
from smartkampung.kernel.clock import WIB, end_of_day
from smartkampung.kernel.sealed import blind_index
from smartkampung.ledger.actions import BudgetExhausted
from smartkampung.ledger.models import Transfer
from smartkampung.residents.models import KK, Person
from smartkampung.worklist.models import WorkItem
from tests import cases, cast, rounds
from tests.cases import NOW, TODAY
from tests.population import person, wayan
from tests.rounds import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    """Begin a cycle of food packs, with everybody who acts on a list."""
    return rounds.an_office()


def bars_of(refused: "pytest.ExceptionInfo[StepRefused]") -> list[Bar]:
    return refused.value.bars


@pytest.mark.closes("aid.approve_list")
def test_from_the_meeting_to_what_is_due(office: Office) -> None:
    ours = wayan()
    village = rounds.approved(office, ours)
    row = Proposal.objects.get()
    assert (village.state, village.taken, row.state) == ("approved", 1, "enrolled")
    due = Entitlement.objects.get()
    assert (due.proposal, due.person, due.amount, due.period) == (
        row,
        ours,
        1,
        rounds.BEGINS,
    )
    listed = Enrolment.objects.get()
    assert (listed.since, listed.until, listed.source) == (
        TODAY,
        rounds.ENDS,
        "aid.cycle",
    )
    assert cases.held() == (99, 1, 0)
    assert list(row.events.order_by("pk").values_list("kind", flat=True)) == [
        "verified",
        "enrolled",
    ]
    assert cases.open_work_kinds() == ["aid.list_batch"]


def test_each_step_waits_for_somebody_until_a_day(office: Office) -> None:
    village = rounds.decided(office, wayan())
    work = WorkItem.objects.get(closed_at=None)
    assert (work.kind, work.permission) == ("aid.approve_list", Permission.LIST_APPROVE)
    # Tuesday 24 November: five working days end on Tuesday 1 December.
    assert work.due_at == village.due_at == end_of_day(date(2026, 12, 1))


def test_the_five_days_run_across_eid(office: Office) -> None:
    at = datetime(2026, 3, 16, 9, 0, tzinfo=WIB)
    village = rounds.decided(office, wayan(), at=at)
    # Nyepi, Eid and their days of leave: only 17, 25, 26, 27 and 30 March count.
    assert village.due_at == end_of_day(date(2026, 3, 30))


def test_a_list_is_not_sent_without_meeting_and_people(office: Office) -> None:
    with pytest.raises(StepRefused) as refused:
        send_list(village=office.village, by=office.sari, at=NOW)
    assert bars_of(refused) == [Bar.NO_MEETING, Bar.NOBODY_PROPOSED]


def test_three_people_judge_a_list(office: Office) -> None:
    village = rounds.sent(office, wayan())
    with pytest.raises(StepRefused) as refused:
        decide_list(village=village, by=office.head, at=NOW)
    assert bars_of(refused) == [Bar.NOT_THIS_STEP]
    verify(village=village, fit=rounds.ids(village), by=office.made, at=NOW)
    for officer, bar in [(office.sari, Bar.SENT_IT), (office.made, Bar.VERIFIED_IT)]:
        with pytest.raises(StepRefused) as refused:
            decide_list(village=village, by=officer, at=NOW)
        assert bars_of(refused) == [bar]
    decide_list(village=village, by=office.head, at=NOW)
    with pytest.raises(StepRefused) as refused:
        approve_list(village=village, by=office.head, at=NOW)
    assert bars_of(refused) == [Bar.DECIDED_IT]


def test_the_visits_of_each_rt_are_work_of_their_own(office: Office) -> None:
    other = f"{cast.HERE}.002.008"
    village = rounds.sent(office, wayan(), person("Gede", region=other))
    with pytest.raises(StepRefused):
        verify(village=village, fit=rounds.ids(village), by=office.sari, at=NOW)
    verify(village=village, fit=rounds.ids(village), by=office.made, at=NOW)
    work = WorkItem.objects.get(closed_at=None)
    assert (work.kind, work.region_code) == ("aid.verify_list", other)
    assert rounds.fresh(village).state == "verifying"
    verify(village=village, fit=rounds.ids(village), by=office.endang, at=NOW)
    assert rounds.fresh(village).state == "verifying"


def test_minutes_sent_twice_are_one_meeting(office: Office) -> None:
    form = uuid.uuid4()
    first = rounds.met(office, form_id=form)
    assert rounds.met(office, form_id=form).pk == first.pk
    with pytest.raises(MeetingRefused):
        rounds.met(office)
    with pytest.raises(MeetingRefused):
        rounds.met(office, number="9", held_on=TODAY + timedelta(days=1))


def test_only_people_of_the_village_are_proposed_once(office: Office) -> None:
    ours = wayan()
    row = propose(village=office.village, person=ours, by=office.sari, at=NOW)
    with pytest.raises(CannotPropose):
        propose(village=office.village, person=ours, by=office.sari, at=NOW)
    far = person("Far Away", region=f"{cast.NEXT_DOOR}.001.001")
    with pytest.raises(CannotPropose):
        propose(village=office.village, person=far, by=office.sari, at=NOW)
    withdraw(proposal=row, by=office.sari, at=NOW)
    assert not Proposal.objects.exists()


@pytest.mark.closes("aid.decide_list", "aid.verify_list")
def test_who_was_visited_stays_on_the_list(office: Office) -> None:
    village = rounds.verified(office, wayan())
    return_list(village=village, why="Kurang.", by=office.head, at=NOW)
    with pytest.raises(CannotPropose):
        withdraw(proposal=Proposal.objects.get(), by=office.sari, at=NOW)


def test_whom_the_visit_finds_unfit_is_told_why(office: Office) -> None:
    village = rounds.sent(office, wayan(), person("I Gede Arta", "3510092006790004"))
    first, second = rounds.ids(village)
    with pytest.raises(NoReason):
        verify(village=village, fit=[], unfit=[second], by=office.made, at=NOW)
    done = verify(
        village=village,
        fit=[first],
        unfit=[second],
        why=Why.NOT_POOR,
        text="Punya mobil.",
        by=office.made,
        at=NOW,
    )
    assert done == 2
    assert Proposal.objects.get(pk=second).reasons == ["not_poor"]
    assert ProposalEvent.objects.get(kind="unfit").note == "Punya mobil."


def test_a_list_on_which_nobody_is_left_goes_back(office: Office) -> None:
    village = rounds.sent(office, wayan())
    verify(
        village=village,
        fit=[],
        unfit=rounds.ids(village),
        why=Why.NOT_POOR,
        by=office.made,
        at=NOW,
    )
    village.refresh_from_db()
    assert (village.state, village.sent_by) == ("proposing", None)
    assert village.returned_because


def test_kin_of_the_visitor_wait_for_another(office: Office) -> None:
    ours = wayan()
    made = Staff.objects.get(pk=office.made.staff_id)
    made.family_index = blind_index("3510091204110003", KK)
    made.save()
    village = rounds.sent(office, ours)
    ids = rounds.ids(village)
    assert kin_on_list(village, made.pk) == set(ids)
    assert verify(village=village, fit=ids, by=office.made, at=NOW) == 0
    row = Proposal.objects.get()
    assert (row.kin_found, row.state) == (True, "proposed")
    nyoman = cases.rights(cast.staff("nyoman", Role.RT_HEAD, cast.RT_HERE))
    assert verify(village=village, fit=ids, by=nyoman, at=NOW) == 1


@pytest.mark.closes("aid.propose_list")
def test_a_list_that_goes_back_says_why_and_comes_again(office: Office) -> None:
    village = rounds.decided(office, wayan())
    with pytest.raises(NoReason):
        return_list(village=village, why=" ", by=office.endang, at=NOW)
    return_list(village=village, why="Kurang tanda tangan.", by=office.endang, at=NOW)
    with pytest.raises(StepRefused):
        return_list(village=village, why="Lagi.", by=office.endang, at=NOW)
    assert cases.open_work_kinds() == ["aid.propose_list"]
    send_list(village=village, by=office.sari, at=NOW)
    assert VillageList.objects.get(pk=village.pk).returned_because == ""


def test_whom_the_registry_barred_is_judged_anew(office: Office) -> None:
    ours, theirs = wayan(), person("I Gede Arta", "3510092006790004")
    cases.listed(theirs, "pkh")
    village = rounds.verified(office, ours, theirs)
    row = Proposal.objects.get(person=theirs)
    assert (row.state, row.reasons) == ("excluded", ["already_receiving"])
    Enrolment.objects.all().delete()
    return_list(village=village, why="Cek lagi.", by=office.head, at=NOW)
    row.refresh_from_db()
    assert (row.state, row.reasons) == ("verified", [])


def test_the_quota_lets_the_first_receive_and_others_wait(office: Office) -> None:
    set_quota(village=office.village, quota=1, by=office.endang, at=NOW)
    rounds.approved(office, wayan(), person("I Gede Arta", "3510092006790004"))
    assert [
        (row.state, row.place, row.reasons) for row in Proposal.objects.order_by("rank")
    ] == [("enrolled", None, []), ("waiting", 1, ["over_quota"])]
    with pytest.raises(CannotPlan):
        set_quota(village=office.village, quota=0, by=office.endang, at=NOW)


def test_without_budget_nothing_of_the_approval_happens(office: Office) -> None:
    village = rounds.decided(office, wayan(), person("I Gede Arta", "3510092006790004"))
    cases.fund(cases.FOOD, -99)
    with pytest.raises(BudgetExhausted):
        approve_list(village=village, by=office.endang, at=NOW)
    assert not Enrolment.objects.exists()
    assert VillageList.objects.get(pk=village.pk).state == "approving"


def test_one_transfer_moves_the_money_of_a_village(office: Office) -> None:
    rounds.approved(office, wayan(), person("I Gede Arta", "3510092006790004"))
    assert Transfer.objects.filter(kind="aid.commit").count() == 1
    assert cases.held() == (98, 2, 0)


def test_a_later_tranche_is_released_once(office: Office) -> None:
    tranche = plan_tranche(
        cycle=office.cycle,
        on=date(2026, 12, 1),
        due_on=date(2027, 1, 5),
        by=office.endang,
        at=NOW,
    )
    with pytest.raises(StepRefused):
        release(tranche=tranche, village=office.village, by=office.endang, at=NOW)
    village = rounds.approved(office, wayan())
    for expected in (1, 0):
        again = release(tranche=tranche, village=village, by=office.endang, at=NOW)
        assert again == expected
    assert cases.held() == (98, 2, 0)
    assert Tranche.objects.filter(released_at__isnull=False).count() == 2


def test_the_fund_of_the_village_caps_what_it_gives() -> None:
    office = rounds.an_office(code="blt_dd", budget=10_000_000)
    village = rounds.verified(office, wayan())
    with pytest.raises(StepRefused) as refused:
        decide_list(village=village, by=office.head, at=NOW)
    assert bars_of(refused) == [Bar.FUND_UNKNOWN]
    for fund, bars in [(1_199_999, [Bar.OVER_CAP]), (1_200_000, [])]:
        set_fund(
            village_code=cast.HERE,
            year=2026,
            amount=fund,
            source="Perbup",
            by=office.endang,
            at=NOW,
        )
        facts = facts_of(village)
        assert (facts.asked, facts.limit) == (300_000, fund // 4)
        if bars:
            with pytest.raises(StepRefused) as refused:
                decide_list(village=village, by=office.head, at=NOW)
            assert bars_of(refused) == bars
    decide_list(village=village, by=office.head, at=NOW)
    approve_list(village=village, by=office.endang, at=NOW)
    assert facts_of(rounds.fresh(village)).asked == 300_000


@pytest.mark.parametrize(
    "told", [{"propose_until": rounds.ENDS}, {"quotas": {}}, {"name": "Akhir 2026"}]
)
def test_a_plan_that_contradicts_itself(office: Office, told: dict[str, Any]) -> None:
    plan: dict[str, Any] = {
        "programme": office.cycle.programme,
        "name": "Awal 2027",
        "since": rounds.BEGINS,
        "until": rounds.ENDS,
        "propose_until": date(2026, 12, 1),
        "quotas": {cast.HERE: 3},
        "by": office.endang,
        "at": NOW,
    }
    cycle = open_cycle(**plan)
    assert cycle.lists.get().quota == 3
    with pytest.raises(CannotPlan):
        open_cycle(**{**plan, "name": "X", **told})


def test_a_period_has_one_tranche_within_the_cycle(office: Office) -> None:
    for on in (TODAY, rounds.ENDS, date(2026, 10, 31)):
        with pytest.raises(CannotPlan):
            plan_tranche(
                cycle=office.cycle, on=on, due_on=TODAY, by=office.endang, at=NOW
            )


def test_without_a_tranche_nothing_is_approved(office: Office) -> None:
    village = rounds.decided(office, wayan())
    Tranche.objects.all().delete()
    with pytest.raises(StepRefused) as refused:
        approve_list(village=village, by=office.endang, at=NOW)
    assert bars_of(refused) == [Bar.NO_TRANCHE]


def test_a_death_before_the_approval_is_never_enrolled(office: Office) -> None:
    village = rounds.decided(office, wayan(), person("I Gede Arta", "3510092006790004"))
    Person.objects.filter(name="I Gede Arta").update(status="dead")
    placed = approve_list(village=village, by=office.endang, at=NOW)
    assert placed == (1, 0)
    assert Proposal.objects.get(state="excluded").reasons == ["dead"]
