"""Who is told of what, and by when."""

from datetime import date, timedelta

import pytest

from smartkampung.accounts.roles import PERMISSIONS, Permission, Role
from smartkampung.isolation.monitoring.rules.ladder import (
    LADDERS,
    Trigger,
    rung_of,
    steps,
)

JUNE = date(2020, 6, 4)


@pytest.mark.parametrize(
    ("streak", "found"),
    [
        (0, ()),
        (1, (Trigger.MISSED,)),
        (2, (Trigger.MISSED, Trigger.MISSED_AGAIN)),
        (5, (Trigger.MISSED, Trigger.MISSED_AGAIN)),
    ],
)
def test_missed_in_a_row(streak: int, found: tuple[Trigger, ...]) -> None:
    assert steps(streak) == found


@pytest.mark.parametrize(
    ("trigger", "told"),
    [
        (Trigger.ILL, (Role.PUSKESMAS_OFFICER,)),
        (Trigger.MISSED, (Role.PUSKESMAS_OFFICER,)),
        (Trigger.MISSED_AGAIN, (Role.VILLAGE_HEAD, Role.BABINSA)),
        (Trigger.LEFT, (Role.BHABINKAMTIBMAS,)),
        (Trigger.EXIT_OPEN, (Role.PUSKESMAS_OFFICER,)),
    ],
)
def test_who_is_told_first(trigger: Trigger, told: tuple[Role, ...]) -> None:
    assert rung_of(trigger, JUNE).told == told


@pytest.mark.parametrize("trigger", list(Trigger))
def test_every_rung_has_a_clock_and_people_who_may_answer(trigger: Trigger) -> None:
    rung = rung_of(trigger, JUNE)
    assert rung.within > timedelta()
    for role in (*rung.told, *rung.then):
        assert rung.permission in PERMISSIONS[role]
        assert Permission.ESCALATION_ANSWER in PERMISSIONS[role]
        if rung.health:
            assert Permission.ISOLATION_HEALTH_VIEW in PERMISSIONS[role]


def test_the_ladder_of_any_day_says_where_it_comes_from() -> None:
    assert rung_of(Trigger.ILL, date(2019, 1, 1)) == LADDERS[0].rungs[Trigger.ILL]
    assert all(one.legal_reference and one.source_url for one in LADDERS)
    assert all(set(one.rungs) == set(Trigger) for one in LADDERS)
