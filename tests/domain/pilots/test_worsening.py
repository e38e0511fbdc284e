"""Signals worsen: going back is proposed once, a human decides, and the way is kept."""

from datetime import datetime
from typing import Any

import pytest
from django.db import transaction

from smartkampung.accounts.roles import Role
from smartkampung.kernel.clock import day
from smartkampung.notify.models import Message
from smartkampung.regions.models import Region
from smartkampung.reopening.guidance.rules.kinds import Indicator
from smartkampung.reopening.pilots.actions.deciding import decide, take_note
from smartkampung.reopening.pilots.actions.errors import PilotRefused
from smartkampung.reopening.pilots.actions.moving import end, pause, resume, step_back
from smartkampung.reopening.pilots.actions.watching import watch
from smartkampung.reopening.pilots.models import Pause, Pilot, Proposal, SignOff, Turn
from smartkampung.reopening.pilots.queries.phases import phase_of
from smartkampung.reopening.pilots.queries.regime import regime_on
from smartkampung.reopening.pilots.queries.starts import pilot_starts
from smartkampung.reopening.pilots.rules.states import Decision
from smartkampung.worklist.models import WorkItem
from tests.cast import HERE
from tests.piloting import (
    BUDI,
    BUPATI,
    DAY,
    MAYA,
    MONDAY,
    SARI,
    SIGNERS,
    Air,
    a_ready_pilot,
    in_new_normal,
    in_recovery,
    signed_by,
)
from tests.races import at_once

pytestmark = pytest.mark.django_db
CASES = Indicator.CASES_WEEKLY
WHY = "Kasus naik tiga hari berturut-turut."


def days_later(count: int) -> datetime:
    return MONDAY + count * DAY


def read(air: Air, *values: str | None, until: datetime = MONDAY) -> None:
    """Set weekly cases of the days before one, the latest last."""
    for back, value in enumerate(reversed(values), start=1):
        air.on[CASES, day(until) - back * DAY] = value


def worsened(air: Air) -> tuple[Pilot, Proposal]:
    pilot = in_new_normal()
    read(air, "100", "120", "140")
    (proposal,) = watch(at=MONDAY)
    return pilot, proposal


def test_three_bad_days_propose_going_back(air: Air) -> None:
    Region.objects.filter(code=HERE).update(phone="0333123456")
    pilot = in_new_normal()
    Region.objects.filter(code=HERE).update(phone="0333123456")
    read(air, "99", "120", "140")
    assert watch(at=MONDAY) == []
    read(air, "100", "120", "140")
    (proposal,) = watch(at=MONDAY)
    assert (proposal.due_at - proposal.at).total_seconds() == 24 * 3600
    work = WorkItem.objects.get(kind="pilots.decide")
    assert (work.due_at, work.urgent) == (proposal.due_at, True)
    assert Message.objects.latest("pk").context == {"place": "Sumberwangi"}
    assert phase_of(HERE, day(MONDAY)) == "new_normal"
    assert pilot.state == "running"


def test_nothing_is_proposed_on_a_gap_or_to_a_village_that_waits(air: Air) -> None:
    a_ready_pilot()
    read(air, "100", "120", "140")
    assert watch(at=MONDAY) == []
    Pilot.objects.update(state="running")
    read(air, "100", None, "140")
    assert watch(at=MONDAY) == []


def test_a_proposal_is_not_repeated_until_it_was_calm(air: Air) -> None:
    _pilot, proposal = worsened(air)
    decide(
        proposal=proposal,
        decision=Decision.KEEP,
        reason="Klaster satu rumah.",
        by=BUPATI,
        at=MONDAY,
    )
    air.values[CASES] = "130"
    assert [watch(at=days_later(at)) for at in range(4)] == [[]] * 4
    air.values[CASES] = "50"  # better, and not calm
    assert watch(at=days_later(5)) == []
    air.on.clear()
    air.values[CASES] = "130"
    assert watch(at=days_later(9)) == []
    air.on[CASES, day(days_later(9))] = "49"
    assert watch(at=days_later(10)) == []
    proposal.refresh_from_db()
    assert proposal.calm_on == day(days_later(9))
    (again,) = watch(at=days_later(13))
    assert again.pk != proposal.pk


def test_pilot_proposal_once_until_calm(air: Air) -> None:
    worsened(air)
    assert watch(at=MONDAY) == []
    assert watch(at=days_later(0)) == []
    assert Proposal.objects.count() == 1
    assert Turn.objects.filter(what="proposed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_looks_at_once_propose_once(air: Air) -> None:
    in_new_normal()
    read(air, "100", "120", "140")
    at_once(4, lambda: watch(at=MONDAY))
    assert Proposal.objects.count() == 1
    assert WorkItem.objects.filter(kind="pilots.decide").count() == 1


def test_pausing_brings_back_the_strictest_rules(air: Air) -> None:
    pilot, proposal = worsened(air)
    decide(proposal=proposal, decision=Decision.PAUSE, reason=WHY, by=BUPATI, at=MONDAY)
    pilot.refresh_from_db()
    found = regime_on(HERE, day(MONDAY))
    assert found is not None
    assert (pilot.state, found.phase.code, found.reason) == ("paused", "emergency", WHY)
    assert phase_of(HERE, day(MONDAY)) == "new_normal"
    assert not WorkItem.objects.filter(kind="pilots.decide", closed_at=None).exists()
    with pytest.raises(PilotRefused) as caught:
        decide(
            proposal=proposal, decision=Decision.KEEP, reason=WHY, by=MAYA, at=MONDAY
        )
    assert caught.value.code == "decided_already"


def test_a_paused_village_is_watched_and_asked_nothing(air: Air) -> None:
    pilot, proposal = worsened(air)
    pause(pilot=pilot, reason=WHY, by=MAYA, at=MONDAY)
    air.values[CASES] = "130"
    assert watch(at=days_later(4)) == []
    air.values[CASES] = "10"
    assert watch(at=days_later(8)) == []
    proposal.refresh_from_db()
    assert proposal.calm_on == day(days_later(5))
    assert not WorkItem.objects.filter(
        kind__startswith="pilots.sign", closed_at=None
    ).exists()


@pytest.mark.parametrize(
    ("value", "code"), [("50", "not_calm"), (None, "cannot_decide")]
)
def test_resuming_needs_fresh_and_calm_readings(
    air: Air, value: str | None, code: str
) -> None:
    pilot = in_new_normal()
    pause(pilot=pilot, reason=WHY, by=MAYA, at=MONDAY)
    air.values[CASES] = value
    with pytest.raises(PilotRefused) as caught:
        resume(pilot=pilot, reason=WHY, by=MAYA, at=days_later(3))
    assert caught.value.code == code
    air.values[CASES] = "49"
    turn = resume(pilot=pilot, reason="Sudah tenang.", by=MAYA, at=days_later(3))
    assert turn.evaluation is not None
    assert turn.evaluation["needs"][0]["seen"] == [["2020-07-08", "49", ""]]
    found = regime_on(HERE, day(days_later(3)))
    assert found is not None
    assert (found.phase.code, found.paused) == ("new_normal", False)


@pytest.mark.usefixtures("air")
def test_going_back_asks_for_every_signature_again() -> None:
    pilot = in_recovery()
    signed_by(pilot, *list(SIGNERS)[:2])
    step_back(pilot=pilot, reason=WHY, by=BUPATI, at=MONDAY)
    pilot.refresh_from_db()
    assert (pilot.state, phase_of(HERE, day(MONDAY))) == ("ready", "emergency")
    assert not SignOff.objects.filter(moved_on=None, fell_on=None).exists()
    # A phase that was taken back on its own day never began.
    assert pilot_starts() == {HERE: day(MONDAY)}


@pytest.mark.closes("pilots.decide")
def test_a_paused_village_goes_back_one_phase(air: Air) -> None:
    pilot, proposal = worsened(air)
    pause(pilot=pilot, reason=WHY, by=MAYA, at=MONDAY)
    step_back(pilot=pilot, reason="Belum reda.", by=MAYA, at=days_later(2))
    pilot.refresh_from_db()
    found = regime_on(HERE, day(days_later(2)))
    assert found is not None
    assert (pilot.state, found.phase.code, found.reason) == (
        "running",
        "recovery",
        "Belum reda.",
    )
    proposal.refresh_from_db()
    assert (proposal.decision, proposal.decided_by) == ("pause", "maya")


def test_going_back_answers_what_was_proposed(air: Air) -> None:
    _pilot, proposal = worsened(air)
    decide(proposal=proposal, decision=Decision.BACK, reason=WHY, by=BUPATI, at=MONDAY)
    proposal.refresh_from_db()
    assert (proposal.decision, phase_of(HERE, day(MONDAY))) == ("back", "recovery")


@pytest.mark.usefixtures("air")
def test_an_ended_pilot_lives_as_its_neighbours() -> None:
    pilot = in_recovery()
    end(pilot=pilot, reason="Pindah ke aturan kabupaten.", by=MAYA, at=days_later(5))
    pilot.refresh_from_db()
    assert (pilot.state, phase_of(HERE, day(days_later(5)))) == ("ended", "emergency")
    with pytest.raises(PilotRefused) as caught:
        end(pilot=pilot, reason=WHY, by=MAYA, at=days_later(5))
    assert caught.value.code == "pilot_ended"


@pytest.mark.parametrize("act", [pause, step_back, end])
@pytest.mark.usefixtures("air")
def test_every_decision_has_a_reason_and_an_office(act: Any) -> None:
    pilot = in_recovery()
    for by, reason, code in (
        (BUPATI, " ", "reason_empty"),
        (SARI, WHY, "not_your_area"),
    ):
        with pytest.raises(PilotRefused) as caught:
            act(pilot=pilot, reason=reason, by=by, at=MONDAY)
        assert caught.value.code == code
    assert not Pause.objects.exists()


def test_staying_needs_a_reason(air: Air) -> None:
    _pilot, proposal = worsened(air)
    with pytest.raises(PilotRefused) as caught:
        decide(
            proposal=proposal, decision=Decision.KEEP, reason=" ", by=MAYA, at=MONDAY
        )
    assert caught.value.code == "reason_empty"


@pytest.mark.usefixtures("air")
@pytest.mark.closes("pilots.told_village", "pilots.told_pillars")
def test_each_side_takes_note_of_what_changed() -> None:
    in_recovery()
    turn = Turn.objects.get(what="forward")
    take_note(turn=turn, by=SARI, at=MONDAY)
    left = WorkItem.objects.filter(target=f"pilots.turn:{turn.pk}", closed_at=None)
    assert list(left.values_list("kind", flat=True)) == ["pilots.told_pillars"]
    for by in (SARI, BUDI):
        with pytest.raises(PilotRefused) as caught:
            take_note(turn=turn, by=by, at=MONDAY)
        assert caught.value.code == "noted_already"
    take_note(turn=turn, by=SIGNERS[Role.BABINSA], at=MONDAY)
    assert not left.exists()


@pytest.mark.usefixtures("air")
def test_before_any_gates_nothing_is_looked_at() -> None:
    in_recovery()
    with transaction.atomic():
        assert watch(at=datetime(2020, 5, 1, tzinfo=MONDAY.tzinfo)) == []
