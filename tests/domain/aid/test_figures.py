"""What the first page counts, and that nobody can be found in it."""

from datetime import timedelta

import pytest

from smartkampung.aid.actions.figures import publish_figures
from smartkampung.aid.models import PublishedFigure
from smartkampung.aid.queries.figures import Figure, published_figures
from smartkampung.jobs.registry import WORK
from smartkampung.kernel.rls import Kind, act_as
from tests.cast import HERE, places
from tests.domain.aid.test_summary import AT, cases

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def regions() -> None:
    """The made-up places."""
    places()


def test_before_the_first_count_there_is_nothing() -> None:
    found = published_figures()
    assert (found.counted_at, found.reported, found.percent_in_time) == (None,) * 3


def test_the_public_reads_what_a_job_counted() -> None:
    cases(20, HERE, opened=1)
    cases(30, HERE, opened=20, closed=14)
    cases(10, HERE, opened=20, closed=1)
    publish_figures(at=AT)

    act_as(Kind.PUBLIC)
    found = published_figures()

    assert found.counted_at == AT
    assert found.reported == 60
    assert found.percent_in_time == 75


def test_a_second_count_replaces_the_first() -> None:
    cases(20, HERE, opened=1)
    publish_figures(at=AT)
    cases(20, HERE, opened=1)
    publish_figures(at=AT + timedelta(minutes=10))

    assert published_figures().reported == 40
    assert PublishedFigure.objects.count() == len(Figure)


@pytest.mark.parametrize(("in_time", "late"), [(3, 40), (40, 3), (2, 2)])
def test_a_percentage_made_of_few_people_is_not_published(
    in_time: int, late: int
) -> None:
    cases(50, HERE, opened=1)
    cases(in_time, HERE, opened=20, closed=14)
    cases(late, HERE, opened=20, closed=1)
    publish_figures(at=AT)
    assert published_figures().percent_in_time is None


def test_a_job_counts_without_being_asked() -> None:
    act_as(Kind.JOB)
    cases(20, HERE, opened=1)
    WORK["aid.publish_figures"](timestamp=0)
    assert published_figures().reported == 20
