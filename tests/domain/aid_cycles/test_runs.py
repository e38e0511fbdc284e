"""Work on many villages: with progress, to stop, and to undo before approval."""

from datetime import date

import pytest

from smartkampung.accounts.models import Staff
from smartkampung.aid.cycles.actions.runs import (
    NothingToDo,
    RunOver,
    start_run,
    stop_run,
    undo_run,
    work_on_list,
)
from smartkampung.aid.cycles.models import Proposal, Run
from smartkampung.jobs.inline import run_waiting
from smartkampung.residents.imports.models import FamilyDecile
from tests import cases, cast, rounds
from tests.cases import NOW
from tests.population import family, person, wayan
from tests.rounds import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    """Begin a cycle of food packs, with everybody who acts on a list."""
    return rounds.an_office()


def poor(decile: int, name: str, *, region: str | None = None) -> None:
    card = family(kk=None, phone=None, region=region or cast.RT_HERE)
    person(f"Anak {name}", household=card, relation=4)
    person(name, household=card)
    FamilyDecile.objects.create(
        family=card, decile=decile, source="DTSEN", on=date(2026, 1, 1)
    )


def proposed(office: Office, decile: int = 2) -> Run:
    kind = Run.Kind.PROPOSE
    run = start_run(cycle=office.cycle, kind=kind, value=decile, by=office.sari, at=NOW)
    run_waiting()
    run.refresh_from_db()
    return run


def test_the_poorest_are_proposed_in_order_with_their_heads(office: Office) -> None:
    for decile, name in [(2, "Gede"), (1, "Komang"), (3, "Rich")]:
        poor(decile, name)
    poor(1, "Elsewhere", region=f"{cast.NEXT_DOOR}.001.001")
    run = proposed(office)
    assert (run.state, run.done, run.total, run.people) == ("done", 1, 1, 2)
    names = Proposal.objects.order_by("rank").values_list("person__name", flat=True)
    assert list(names) == ["Komang", "Gede"]
    assert proposed(office).people == 0


def test_a_proposal_of_many_is_undone_until_somebody_was_visited(
    office: Office,
) -> None:
    poor(1, "Komang")
    run = proposed(office)
    assert undo_run(run=run, by=office.sari, at=NOW) == 1
    assert not Proposal.objects.exists()
    with pytest.raises(RunOver):
        undo_run(run=run, by=office.sari, at=NOW)
    again = proposed(office)
    rounds.sent(office)
    assert undo_run(run=again, by=office.sari, at=NOW) == 0


def test_all_lists_of_an_area_are_approved_by_jobs(office: Office) -> None:
    rounds.decided(office, wayan())
    kind = Run.Kind.APPROVE
    run = start_run(cycle=office.cycle, kind=kind, by=office.endang, at=NOW)
    with pytest.raises(RunOver):
        undo_run(run=run, by=office.endang, at=NOW)
    run_waiting()
    run.refresh_from_db()
    assert (run.state, run.people, run.problems) == ("done", 1, {})
    assert cases.held() == (99, 1, 0)
    with pytest.raises(NothingToDo):
        start_run(cycle=office.cycle, kind=kind, by=office.endang, at=NOW)
    release = Run.Kind.RELEASE
    run = start_run(cycle=office.cycle, kind=release, value=1, by=office.endang, at=NOW)
    run_waiting()
    run.refresh_from_db()
    assert (run.state, run.people) == ("done", 0)


def test_what_was_refused_is_kept_for_people_to_read(office: Office) -> None:
    rounds.decided(office, wayan())
    cases.fund(cases.FOOD, -100)
    kind = Run.Kind.APPROVE
    run = start_run(cycle=office.cycle, kind=kind, by=office.endang, at=NOW)
    run_waiting()
    run.refresh_from_db()
    assert (run.state, run.people) == ("done", 0)
    assert list(run.problems) == [cast.HERE]
    assert rounds.fresh(office.village).state == "approving"


def test_a_run_does_not_go_on_for_somebody_whose_account_was_closed(
    office: Office,
) -> None:
    rounds.decided(office, wayan())
    run = start_run(cycle=office.cycle, kind=Run.Kind.APPROVE, by=office.endang, at=NOW)
    Staff.objects.filter(pk=office.endang.staff_id).update(is_active=False)
    run_waiting()
    run.refresh_from_db()
    assert (run.state, run.people) == ("done", 0)
    assert list(run.problems) == [cast.HERE]
    assert rounds.fresh(office.village).state == "approving"


def test_a_stopped_run_leaves_the_rest_alone(office: Office) -> None:
    rounds.decided(office, wayan())
    kind = Run.Kind.APPROVE
    run = start_run(cycle=office.cycle, kind=kind, by=office.endang, at=NOW)
    stop_run(run=run, by=office.endang, at=NOW)
    work_on_list(run_id=run.pk, list_id=office.village.pk, at=NOW)
    assert rounds.fresh(office.village).state == "approving"
    with pytest.raises(RunOver):
        stop_run(run=run, by=office.endang, at=NOW)
