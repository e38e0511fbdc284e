"""A village shows that it is ready, and the task force says whether it is."""

import pytest

from smartkampung.kernel.clock import day
from smartkampung.reopening.pilots.actions.errors import PilotRefused
from smartkampung.reopening.pilots.actions.preparing import Found, add_evidence, visit
from smartkampung.reopening.pilots.models import Turn
from smartkampung.reopening.pilots.rules.states import Step
from smartkampung.worklist.models import WorkItem
from tests.piloting import BUDI, DAY, MAYA, MONDAY, SARI, a_pilot, prepared, shown

pytestmark = pytest.mark.django_db


def waiting() -> list[str]:
    rows = WorkItem.objects.filter(closed_at=None).order_by("pk")
    return list(rows.values_list("kind", flat=True))


def test_steps_come_one_after_the_other() -> None:
    pilot = a_pilot()
    with pytest.raises(PilotRefused) as caught:
        add_evidence(pilot=pilot, shown=shown(Step.SIMULATION), by=SARI, at=MONDAY)
    assert caught.value.code == "pilot_step_before"
    prepared(pilot)
    assert pilot.state == "preparing"
    assert waiting() == ["pilots.visit"]
    assert pilot.due_on == day(MONDAY) + 3 * DAY


@pytest.mark.parametrize(("days", "code"), [(1, "day_ahead"), (-31, "day_too_early")])
def test_a_day_that_does_not_fit_is_refused(days: int, code: str) -> None:
    told = shown(Step.EDUCATION, on=day(MONDAY) + days * DAY)
    with pytest.raises(PilotRefused) as caught:
        add_evidence(pilot=a_pilot(), shown=told, by=SARI, at=MONDAY)
    assert caught.value.code == code


def test_the_village_next_door_gives_no_evidence_here() -> None:
    with pytest.raises(PilotRefused) as caught:
        add_evidence(pilot=a_pilot(), shown=shown(Step.EDUCATION), by=BUDI, at=MONDAY)
    assert caught.value.code == "not_your_area"


@pytest.mark.closes("pilots.prepare")
def test_what_is_missing_is_told_and_mended() -> None:
    pilot = prepared(a_pilot())
    missing = " Tempat cuci tangan di pasar. "
    not_yet = Found(passed=False, on=day(MONDAY), missing=missing)
    visit(pilot=pilot, found=not_yet, by=MAYA, at=MONDAY)
    pilot.refresh_from_db()
    assert (pilot.state, waiting()) == ("preparing", ["pilots.prepare"])
    assert Turn.objects.latest("pk").reason == "Tempat cuci tangan di pasar."
    again = shown(Step.SIMULATION, on=day(MONDAY + DAY))
    add_evidence(pilot=pilot, shown=again, by=SARI, at=MONDAY + DAY)
    assert waiting() == ["pilots.visit"]
    ready = Found(passed=True, on=day(MONDAY + DAY))
    visit(pilot=pilot, found=ready, by=MAYA, at=MONDAY + DAY)
    pilot.refresh_from_db()
    assert (pilot.state, waiting(), pilot.due_on) == ("ready", [], None)


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (Found(passed=False, on=day(MONDAY), missing=" "), "missing_empty"),
        (Found(passed=True, on=day(MONDAY), missing="Air"), "ready_and_missing"),
        (Found(passed=True, on=day(MONDAY + DAY)), "day_ahead"),
        (Found(passed=True, on=day(MONDAY - 31 * DAY)), "day_too_early"),
        (Found(passed=True, on=day(MONDAY - 6 * DAY)), "day_before_steps"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_visit_that_does_not_fit_is_refused(found: Found, code: str) -> None:
    pilot = prepared(a_pilot())
    with pytest.raises(PilotRefused) as caught:
        visit(pilot=pilot, found=found, by=MAYA, at=MONDAY)
    assert caught.value.code == code


def test_nobody_judges_before_every_step_is_done() -> None:
    ready = Found(passed=True, on=day(MONDAY))
    with pytest.raises(PilotRefused) as caught:
        visit(pilot=a_pilot(), found=ready, by=MAYA, at=MONDAY)
    assert caught.value.code == "pilot_steps_missing"
