"""Where a programme stands in a village, in one word and the next date."""

from datetime import date

import pytest

from smartkampung.aid.cycles.rules.steps import ListState
from smartkampung.aid.disclosure.rules import (
    Course,
    Listed,
    Stage,
    Standing,
    standing,
    together,
)

ON = date(2026, 11, 24)
SOON, PAST = date(2026, 12, 1), date(2026, 11, 1)
GOES_ON = Course(date(2026, 1, 1), None, takes_reports=False)


@pytest.mark.parametrize(
    ("course", "listed", "stands"),
    [
        (Course(SOON, None, False), None, Standing(Stage.PLANNED, SOON)),
        (Course(PAST, ON, True), None, Standing(Stage.ENDED)),
        (GOES_ON, None, Standing(Stage.RUNNING)),
        (Course(PAST, None, True), None, Standing(Stage.REPORTS)),
        (
            Course(PAST, None, True, (PAST, SOON)),
            None,
            Standing(Stage.REPORTS, SOON),
        ),
        (
            GOES_ON,
            Listed(ListState.PROPOSING, SOON, ()),
            Standing(Stage.MEETING, SOON),
        ),
        (GOES_ON, Listed(ListState.VERIFYING, PAST, ()), Standing(Stage.VISITS)),
        (GOES_ON, Listed(ListState.DECIDING, None, ()), Standing(Stage.HEAD)),
        (GOES_ON, Listed(ListState.APPROVING, ON, ()), Standing(Stage.CAMAT, ON)),
        (
            GOES_ON,
            Listed(ListState.APPROVED, None, (PAST, SOON)),
            Standing(Stage.COMING, SOON),
        ),
        (GOES_ON, Listed(ListState.APPROVED, None, (PAST,)), Standing(Stage.GIVEN)),
    ],
    ids=[
        "begins later",
        "ended today",
        "paid by others",
        "by reports",
        "by reports, with a day announced",
        "meeting",
        "visits late",
        "village head",
        "camat",
        "approved, a tranche to come",
        "approved, tranches past",
    ],
)
def test_where_it_stands(
    course: Course, listed: Listed | None, stands: Standing
) -> None:
    assert standing(course, listed, on=ON) == stands


def test_places_at_one_step_stand_there_and_others_are_mixed() -> None:
    soon, later = Standing(Stage.VISITS, SOON), Standing(Stage.VISITS)
    assert together([soon, later]) == Standing(Stage.VISITS, SOON)
    assert together([later, Standing(Stage.HEAD)]) == Standing(Stage.MIXED)
