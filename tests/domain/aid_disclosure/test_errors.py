"""Errors that objections proved, by wording of the rule and village, without people."""

import itertools
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from smartkampung.accounts.roles import Role
from smartkampung.aid.disclosure.actions.errors import publish_errors
from smartkampung.aid.disclosure.queries import (
    Wording,
    errors_for,
    errors_in,
    programmes_with_errors,
)
from smartkampung.aid.models import ErrorFigure, Programme, TargetingError
from smartkampung.criteria.models import RuleVersion
from smartkampung.jobs.registry import WORK
from smartkampung.kernel.rls import Kind, act_as
from tests import cases, cast, rulings
from tests.cases import FOOD, NOW
from tests.cast import FAR_AWAY, HERE, KECAMATAN, NEXT_DOOR, OTHER_KECAMATAN, REGENCY

pytestmark = pytest.mark.django_db
SOURCES = itertools.count()
OUT, IN = TargetingError.Kind.EXCLUSION, TargetingError.Kind.INCLUSION


@pytest.fixture(autouse=True)
def desk() -> cases.Desk:
    """The office."""
    return cases.desk()


def proved(
    kind: str,
    village: str,
    count: int,
    *,
    version: RuleVersion | None = None,
    programme: str | None = FOOD,
) -> None:
    """Have so many objections upheld."""
    TargetingError.objects.bulk_create(
        TargetingError(
            kind=kind,
            source=f"test:{next(SOURCES)}",
            programme_id=programme,
            version=version,
            region_code=village,
            found_on=NOW.date(),
        )
        for _ in range(count)
    )


def food() -> Programme:
    """Return the programme."""
    return Programme.objects.get(pk=FOOD)


def totals(*places: str) -> dict[str, int | None]:
    """Return what is kept of some places, for all wordings."""
    rows = ErrorFigure.objects.filter(number=None, region_code__in=places)
    return dict(rows.values_list("region_code", "total"))


def test_they_are_counted_by_wording_and_place() -> None:
    version = rulings.draft()
    proved(OUT, HERE, 6)
    proved(OUT, HERE, 7, version=version)
    proved(IN, HERE, 8, version=version)
    proved(OUT, NEXT_DOOR, 9)
    WORK["aid.publish_programmes"](timestamp=0)
    act_as(Kind.STAFF, scope=[KECAMATAN])
    endang = cases.rights(cast.staff("wati", Role.KECAMATAN_OFFICER, KECAMATAN))
    found = errors_for(endang, food(), [HERE, NEXT_DOOR, FAR_AWAY])
    assert set(found) == {HERE, NEXT_DOOR}
    assert found[HERE].total == 21
    assert found[HERE].wordings == [Wording(0, 6, 0), Wording(version.number, 7, 8)]


def test_a_village_of_few_takes_a_neighbour_with_it() -> None:
    proved(OUT, HERE, 2)
    proved(OUT, NEXT_DOOR, 7)
    proved(OUT, FAR_AWAY, 30)
    publish_errors(at=NOW)
    found = totals(HERE, NEXT_DOOR, KECAMATAN, FAR_AWAY, REGENCY)
    assert (found[HERE], found[NEXT_DOOR]) == (None, None)
    assert (found[KECAMATAN], found[REGENCY]) == (9, 39)


def test_one_wording_less_another_gives_nothing_away() -> None:
    proved(OUT, HERE, 30)
    proved(OUT, HERE, 2, version=rulings.draft())
    publish_errors(at=NOW)
    rows = ErrorFigure.objects.filter(region_code=HERE, number__isnull=False)
    hidden = [row for row in rows if row.left_out is None]
    whole = ErrorFigure.objects.get(region_code=HERE, number=None).total
    assert hidden
    assert whole is None or len(hidden) == 2 or None in [row.let_in for row in rows]


def test_the_public_reads_the_regency_and_nothing_below() -> None:
    proved(OUT, HERE, 9)
    proved(OUT, FAR_AWAY, 6, programme=None)
    publish_errors(at=NOW)
    act_as(Kind.PUBLIC)
    assert [row and row.pk for row in programmes_with_errors()] == [None, FOOD]
    shown = errors_in(food(), REGENCY)
    assert shown is not None
    assert shown.total == 9
    assert errors_in(food(), HERE) is None
    assert set(ErrorFigure.objects.values_list("region_code", flat=True)) == {REGENCY}


def test_an_officer_reads_the_places_of_the_office_without_any_filter() -> None:
    proved(OUT, HERE, 9)
    publish_errors(at=NOW)
    act_as(Kind.STAFF, scope=[OTHER_KECAMATAN])
    seen = set(ErrorFigure.objects.values_list("region_code", flat=True))
    assert seen == {OTHER_KECAMATAN, FAR_AWAY, REGENCY}


def test_counted_again_it_replaces_what_was() -> None:
    proved(OUT, HERE, 9)
    assert publish_errors(at=NOW) == publish_errors(at=NOW) > 0


def test_only_the_job_writes() -> None:
    act_as(Kind.STAFF, scope=[REGENCY])
    with pytest.raises(ProgrammingError), transaction.atomic():
        a_figure()


def a_figure(**more: Any) -> ErrorFigure:
    """Write a figure down."""
    told = {"region_code": HERE, "counted_at": NOW, **more}
    return ErrorFigure.objects.create(programme_id=None, **told)


def test_error_figure_once() -> None:
    a_figure()
    with pytest.raises(IntegrityError, match="error_figure_once"):
        a_figure()


@pytest.mark.parametrize("count", ["left_out", "let_in", "total"])
def test_error_figure_never_small(count: str) -> None:
    a_figure(**{count: 5})
    with pytest.raises(IntegrityError, match="error_figure_never_small"):
        a_figure(number=1, **{count: 4})
