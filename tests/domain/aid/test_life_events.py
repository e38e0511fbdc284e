"""A death or a move stops aid and the work for it, or hands it to the new village."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection

from smartkampung.aid.actions import life
from smartkampung.aid.actions.report import send_report
from smartkampung.aid.models import Claim, Enrolment, Entitlement, Report
from smartkampung.aid.queries.outcome import Standing, outcome_of
from smartkampung.aid.rules.report import Channel
from smartkampung.audit.models import Event
from smartkampung.intake.models import CaseStep
from smartkampung.jobs.inline import run_waiting
from smartkampung.jobs.tasks.residents import feed_life_events
from smartkampung.ledger.queries import balances
from smartkampung.regions.models import Region
from smartkampung.residents.actions.absences import record_missing, record_return
from smartkampung.residents.actions.deaths import record_death
from smartkampung.residents.actions.moves import (
    Card,
    Destination,
    record_move,
    record_move_out,
)
from smartkampung.residents.models import LifeEvent, LifeEventTaken
from smartkampung.worklist.models import WorkItem
from tests import cases, cast
from tests.cases import NOW, Desk
from tests.lives import Household, act, household
from tests.population import (
    RT_HERE,
    RT_NEXT_DOOR,
    WAYAN_BORN,
    WAYAN_KK,
    WAYAN_NIK,
)
from tests.reporting import open_phase, told

pytestmark = pytest.mark.django_db
FAR_RT = f"{cast.FAR_AWAY}.001.001"


@pytest.fixture
def desk() -> Desk:
    return cases.desk()


@pytest.fixture
def at(desk: Desk) -> Household:
    family = household()
    Region.objects.create(
        code=FAR_RT, name="RT 001", kind="rt", parent_id=cast.FAR_AWAY
    )
    return family


def dies(at: Household) -> None:
    record_death(act=act(), person=at.wayan, new_head=at.ketut.pk)
    run_waiting()


def moves(at: Household, place: str = RT_NEXT_DOOR) -> None:
    everybody = [at.wayan, at.ketut, at.putu, at.nengah]
    record_move(act=act(), people=everybody, to=Destination(Card.SAME, place))
    run_waiting()


def waiting() -> list[tuple[str, str]]:
    rows = WorkItem.objects.filter(closed_at=None).order_by("kind")
    return list(rows.values_list("kind", "region_code"))


def test_a_death_closes_the_claim_and_the_work_for_it(at: Household) -> None:
    claim = cases.claim_of(at.wayan)
    dies(at)
    assert cases.state_of(claim) == Claim.State.STOPPED
    assert waiting() == []
    assert claim.findings.get().code == "dead"
    assert Event.objects.filter(name="aid.claim_stopped").count() == 1
    outcome = outcome_of(Claim.objects.get(pk=claim.pk), at=NOW)
    assert outcome is not None
    assert outcome.standing == Standing.STOPPED


def test_who_reported_the_dead_is_told_that_it_was_decided(at: Household) -> None:
    open_phase(at=NOW)
    about = told(nik=WAYAN_NIK, kk=WAYAN_KK, born_on=WAYAN_BORN)
    send_report(told=about, channel=Channel.ASSISTED, by="sari", at=NOW)
    run_waiting()
    dies(at)
    assert "decided" in set(CaseStep.objects.values_list("step", flat=True))


def test_a_death_returns_what_was_promised_and_ends_the_listing(
    desk: Desk, at: Household
) -> None:
    due = cases.at_the_counter(desk, at.wayan)
    dies(at)
    due = Entitlement.objects.get(pk=due.pk)
    assert due.cancelled
    assert cases.state_of(due.claim) == Claim.State.RETURNED
    assert cases.held() == (100, 0, 0)
    assert waiting() == []
    assert due.enrolment is not None
    assert due.enrolment.until is not None


def test_aid_for_the_person_ends_and_aid_for_the_family_goes_on(at: Household) -> None:
    cases.listed(at.nengah, "apbd_nutrition", alone=True)
    cases.listed(at.wayan, "pkh")
    record_death(act=act(), person=at.nengah)
    run_waiting()
    ended = {row.programme_id: row.until for row in Enrolment.objects.all()}
    assert ended == {"apbd_nutrition": cases.TODAY, "pkh": None}


def test_aid_for_a_family_ends_when_nobody_of_it_is_left(at: Household) -> None:
    cases.listed(at.wayan, "pkh")
    everybody = [at.wayan, at.ketut, at.putu, at.nengah]
    record_move_out(act=act(elsewhere="Malang"), people=everybody)
    run_waiting()
    assert Enrolment.objects.get().until == cases.TODAY


def test_who_came_back_before_the_job_ran_keeps_everything(at: Household) -> None:
    claim = cases.claim_of(at.ketut)
    record_move_out(act=act(elsewhere="Malang"), people=[at.ketut])
    record_return(act=act(), people=[at.ketut])
    run_waiting()
    assert cases.state_of(claim) == Claim.State.TO_CHECK


def test_a_missing_person_is_waited_for(at: Household) -> None:
    claim = cases.claim_of(at.wayan)
    record_missing(act=act(), person=at.wayan)
    run_waiting()
    assert cases.state_of(claim) == Claim.State.TO_CHECK


def test_a_move_hands_claim_report_and_work_to_the_new_village(at: Household) -> None:
    claim = cases.claim_of(at.wayan)
    moves(at)
    assert Claim.objects.get(pk=claim.pk).region_code == RT_NEXT_DOOR
    assert waiting() == [("aid.field_check", RT_NEXT_DOOR)]
    assert not Report.objects.filter(region_code=RT_HERE).exists()


def test_a_move_within_the_kecamatan_keeps_the_place_in_the_batch(
    desk: Desk, at: Household
) -> None:
    due = cases.at_the_counter(desk, at.wayan)
    moves(at)
    now_is = Entitlement.objects.get(pk=due.pk)
    assert (now_is.region_code, now_is.batch_id) == (RT_NEXT_DOOR, due.batch_id)
    assert waiting() == [("aid.hand_over", RT_NEXT_DOOR)]


def test_a_move_to_another_kecamatan_waits_for_a_batch_there(
    desk: Desk, at: Household
) -> None:
    due = cases.at_the_counter(desk, at.wayan)
    moves(at, FAR_RT)
    now_is = Entitlement.objects.get(pk=due.pk)
    assert (now_is.region_code, now_is.batch_id) == (FAR_RT, None)
    assert waiting() == [("aid.batch", FAR_RT)]


def test_the_fund_of_a_village_stays_in_the_village(desk: Desk, at: Household) -> None:
    cases.fund("blt_dd", 900_000)
    claim = cases.claim_of(at.wayan)
    cases.visit(claim, desk.sari)
    cases.approve(claim, desk.endang, "blt_dd")
    moves(at)
    assert cases.state_of(claim) == Claim.State.RETURNED
    assert balances(["budget/blt_dd"])["budget/blt_dd"] == 900_000
    assert Enrolment.objects.get().until == cases.TODAY


def test_standing_on_the_list_of_the_village_ends_there_too(at: Household) -> None:
    cases.listed(at.wayan, "blt_dd")
    cases.listed(at.wayan, "bpnt")
    moves(at)
    ended = {row.programme_id: row.until for row in Enrolment.objects.all()}
    assert ended == {"blt_dd": cases.TODAY, "bpnt": None}


def test_a_move_within_the_village_ends_nothing(at: Household) -> None:
    cases.listed(at.wayan, "blt_dd")
    moves(at, f"{cast.HERE}.002.008")
    assert Enrolment.objects.get().until is None


def test_life_event_taken_once(at: Household) -> None:
    cases.claim_of(at.wayan)
    dies(at)
    event = LifeEvent.objects.get(kind="death")
    with patch.object(life, "_stop") as stopped:
        life.take_notice(event_id=event.pk, at=NOW)
    stopped.assert_not_called()
    assert LifeEventTaken.objects.filter(domain="aid", event=event).count() == 1


def test_an_event_whose_job_was_lost_is_told_again(at: Household) -> None:
    claim = cases.claim_of(at.wayan)
    record_death(
        act=act(at=NOW - timedelta(days=1), on=cases.TODAY - timedelta(days=1)),
        person=at.wayan,
        new_head=at.ketut.pk,
    )
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    with patch("smartkampung.jobs.tasks.residents.now", return_value=NOW):
        feed_life_events(0)
    run_waiting()
    assert cases.state_of(claim) == Claim.State.STOPPED
