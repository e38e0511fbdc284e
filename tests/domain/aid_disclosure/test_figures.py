"""Anybody sees how many a programme reaches; nobody can be found in the numbers."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.http import Http404

from smartkampung.aid.disclosure import queries
from smartkampung.aid.disclosure.actions.figures import publish_programmes
from smartkampung.aid.disclosure.queries import Figure, figures_in, figures_of
from smartkampung.aid.disclosure.rules import Stage
from smartkampung.aid.models import Enrolment, ProgrammeFigure
from smartkampung.jobs.registry import WORK
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.regions.models import Region
from tests import cases, population, rounds
from tests.cases import FOOD, NOW
from tests.cast import FAR_AWAY, HERE, KECAMATAN, NEXT_DOOR, OTHER_KECAMATAN, REGENCY

pytestmark = pytest.mark.django_db
THIRD = f"{KECAMATAN}.2005"
BPNT = "bpnt"


@pytest.fixture
def desk() -> cases.Desk:
    """The office, and a third village in the kecamatan."""
    desk = cases.desk()
    Region.objects.create(
        code=THIRD, name="Tegalsari", kind="desa", parent_id=KECAMATAN
    )
    return desk


def listed(village: str, count: int, *, paid: bool = True, code: str = BPNT) -> None:
    """Put families of a village on a list of another office."""
    for _ in range(count):
        person = population.person("Komang", region=f"{village}.001.001")
        row = cases.listed(person, code)
        if paid:
            Enrolment.objects.filter(pk=row.pk).update(last_paid_on=date(2026, 10, 5))


def shown(code: str = BPNT) -> dict[str, Figure]:
    """Count, and return what the public reads."""
    act_as(Kind.JOB)
    publish_programmes(at=NOW)
    act_as(Kind.PUBLIC)
    places = [HERE, NEXT_DOOR, THIRD, FAR_AWAY, KECAMATAN, OTHER_KECAMATAN, REGENCY]
    found = figures_of(queries.public_programme(code), places)
    act_as(Kind.JOB)
    return found


@pytest.mark.usefixtures("desk")
def test_counts_add_up_over_the_levels() -> None:
    listed(HERE, 6)
    listed(HERE, 7, paid=False)
    listed(FAR_AWAY, 5)
    found = shown()
    assert (found[HERE].total, found[HERE].received, found[HERE].waiting) == (13, 6, 7)
    assert (found[KECAMATAN].total, found[REGENCY].total) == (13, 18)
    assert (found[NEXT_DOOR].total, found[NEXT_DOOR].given) == (0, 0)
    assert found[HERE].counted_at == NOW


@pytest.mark.usefixtures("desk")
def test_two_villages_and_their_kecamatan_do_not_give_a_third_away() -> None:
    """Differencing: the kecamatan less all others would be the village of three."""
    listed(HERE, 3)
    listed(NEXT_DOOR, 8)
    listed(THIRD, 9)
    found = shown()
    assert found[KECAMATAN].total == 20
    assert found[HERE].total is None
    hidden = [place for place in (NEXT_DOOR, THIRD) if found[place].total is None]
    assert hidden == [NEXT_DOOR]


@pytest.mark.usefixtures("desk")
def test_two_levels_do_not_give_a_village_away() -> None:
    """The regency less the other kecamatan would be the one village of this one."""
    listed(FAR_AWAY, 2)
    for village in (HERE, NEXT_DOOR, THIRD):
        listed(village, 9)
    found = shown()
    assert (found[FAR_AWAY].total, found[OTHER_KECAMATAN].total) == (None, None)
    assert found[KECAMATAN].total is None
    assert None in [found[place].total for place in (HERE, NEXT_DOOR, THIRD)]


@pytest.mark.usefixtures("desk")
def test_the_few_who_wait_are_not_told_by_the_many_who_received() -> None:
    listed(HERE, 30)
    listed(HERE, 2, paid=False)
    listed(NEXT_DOOR, 30)
    here = shown()[HERE]
    assert here.waiting is None
    assert here.received is None


def test_what_was_handed_over_is_summed_where_it_is_about_enough_people(
    desk: cases.Desk,
) -> None:
    round_ = rounds.a_round(desk=desk)
    people = [population.person(f"Made {n}") for n in range(6)]
    dues = [
        rounds.a_due(round_, rounds.a_recipient(round_, person)) for person in people
    ]
    cases.announced(desk, *dues)
    for due in dues[:5]:
        cases.call(due, desk.sari)
    listed(HERE, 9, paid=False, code=FOOD)
    listed(NEXT_DOOR, 9, code=FOOD)
    here = shown(FOOD)[HERE]
    assert (here.total, here.received, here.waiting, here.given) == (15, 5, 10, 5)


def test_a_sum_is_hidden_where_it_is_about_few(desk: cases.Desk) -> None:
    due = cases.at_the_counter(desk)
    cases.call(due, desk.sari)
    listed(HERE, 9, paid=False, code=FOOD)
    found = shown(FOOD)
    assert found[HERE].given is None
    assert found[REGENCY].given is None


def test_the_step_of_the_villages_list_is_told_with_its_date(desk: cases.Desk) -> None:
    round_ = rounds.a_round(desk=desk)
    rounds.a_list(round_.cycle, village=NEXT_DOOR)
    round_.village.due_at = NOW + timedelta(days=2)
    round_.village.save()
    found = shown(FOOD)
    assert (found[HERE].stage, found[HERE].next_on) == (
        Stage.MEETING,
        date(2026, 11, 26),
    )
    assert found[THIRD].stage is Stage.REPORTS
    assert (found[KECAMATAN].stage, found[KECAMATAN].next_on) == (
        Stage.MIXED,
        date(2026, 11, 26),
    )


def test_an_announced_hand_over_is_the_next_date_of_its_kecamatan(
    desk: cases.Desk,
) -> None:
    cases.at_the_counter(desk)
    found = shown(FOOD)
    assert found[NEXT_DOOR].next_on == NOW.date()
    assert found[FAR_AWAY].next_on is None


@pytest.mark.usefixtures("desk")
def test_a_job_counts_by_night_and_replaces_what_was() -> None:
    listed(HERE, 6)
    for _ in range(2):
        WORK["aid.publish_programmes"](timestamp=0)
    rows = ProgrammeFigure.objects.filter(programme=BPNT, region_code=HERE)
    assert [row.total for row in rows] == [6]
    assert BPNT in {figure.programme.pk for figure in figures_in(HERE)}


def test_without_regions_there_is_nothing_to_count() -> None:
    assert publish_programmes(at=NOW) == 0
    with pytest.raises(Http404):
        queries.public_programme(FOOD)


@pytest.mark.usefixtures("desk")
def test_only_the_job_writes_what_the_public_reads() -> None:
    listed(HERE, 6)
    shown()
    for kind in (Kind.PUBLIC, Kind.STAFF):
        act_as(kind, scope=[REGENCY])
        assert ProgrammeFigure.objects.update(total=900) == 0
        with pytest.raises(ProgrammingError), transaction.atomic():
            a_figure(region_code="35.10.99")


def a_figure(**more: Any) -> ProgrammeFigure:
    """Write a figure down as the job does."""
    told = {"region_code": HERE, "stage": Stage.RUNNING, "counted_at": NOW, **more}
    return ProgrammeFigure.objects.create(programme_id=BPNT, **told)


@pytest.mark.usefixtures("desk")
def test_programme_figure_once() -> None:
    a_figure()
    with pytest.raises(IntegrityError, match="programme_figure_once"):
        a_figure()


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("count", ["total", "given_here", "given_elsewhere", "waiting"])
def test_programme_figure_never_small(count: str) -> None:
    a_figure(**{count: 5})
    with pytest.raises(IntegrityError, match="programme_figure_never_small"):
        a_figure(region_code=NEXT_DOOR, **{count: 4})


@pytest.mark.usefixtures("desk")
def test_programme_figure_hides_sum_with_count() -> None:
    with pytest.raises(IntegrityError, match="programme_figure_hides_sum_with_count"):
        a_figure(given=600_000)
