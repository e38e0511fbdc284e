"""Leadership sees counts by place, and no count that points at people."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import Permission, Role
from smartkampung.aid.models import Claim
from smartkampung.aid.queries.summary import (
    IN_TIME,
    LATE,
    OVERDUE,
    RUNNING,
    summary_for,
)
from smartkampung.kernel.clock import WIB, now
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.small_cells import TOTAL
from tests.cast import (
    FAR_AWAY,
    HERE,
    KECAMATAN,
    NEXT_DOOR,
    OTHER_KECAMATAN,
    REGENCY,
    RT_HERE,
    camat,
    sari,
    staff,
)

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 9, tzinfo=WIB)
WEEK = timedelta(days=7)


def cases(
    count: int, region: str, *, opened: float, closed: float | None = None
) -> None:
    """Make cases that were opened, and perhaps closed, so many days ago."""
    act_as(Kind.JOB)
    before = Claim.objects.count()
    start = AT - timedelta(days=opened)
    Claim.objects.bulk_create(
        Claim(
            nik_index=(before + number).to_bytes(17, "big"),
            region_code=region,
            state=Claim.State.TO_CHECK,
            opened_at=start,
            due_at=start + WEEK,
            closed_at=None if closed is None else AT - timedelta(days=closed),
        )
        for number in range(count)
    )


def entered(account: Staff) -> Actor:
    """Return the rights of an account, with the request's row-level security set."""
    actor = actor_for(account, on=now().date())
    act_as(Kind.STAFF, scope=actor.regions_where(Permission.SUMMARY_VIEW))
    return actor


def leader() -> Staff:
    """Make the head of the regency."""
    return staff("bupati", Role.LEADERSHIP, REGENCY)


def test_cases_are_counted_by_state_and_kecamatan() -> None:
    account = leader()
    cases(10, RT_HERE, opened=1)
    cases(11, NEXT_DOOR, opened=8)
    cases(12, HERE, opened=20, closed=13)
    cases(13, HERE, opened=20, closed=12.5)
    for state in ((1, None), (8, None), (20, 14), (20, 1)):
        cases(20, FAR_AWAY, opened=state[0], closed=state[1])

    found = summary_for(entered(account), at=AT)

    assert found.names == {KECAMATAN: "Lereng", OTHER_KECAMATAN: "Pesisir"}
    assert found.counts[KECAMATAN] == {
        RUNNING: 10,
        OVERDUE: 11,
        IN_TIME: 12,
        LATE: 13,
        TOTAL: 46,
    }
    assert found.counts[TOTAL][TOTAL] == 126
    assert found.part_in_time(KECAMATAN) == pytest.approx(48)


def test_a_kecamatan_officer_sees_villages() -> None:
    account = camat()
    cases(6, RT_HERE, opened=1)
    cases(7, NEXT_DOOR, opened=1)
    cases(50, FAR_AWAY, opened=1)

    found = summary_for(entered(account), at=AT)

    assert found.names == {HERE: "Sumberwangi", NEXT_DOOR: "Karangjati"}
    assert found.counts[HERE][RUNNING] == 6
    assert found.counts[TOTAL][TOTAL] == 13


def test_a_village_officer_sees_the_village_only() -> None:
    account = sari()
    cases(6, HERE, opened=1)
    cases(7, NEXT_DOOR, opened=1)

    found = summary_for(entered(account), at=AT)

    assert list(found.names) == [HERE]
    assert found.counts[TOTAL][TOTAL] == 6


def test_few_cases_are_hidden_and_cannot_be_subtracted() -> None:
    account = leader()
    cases(3, HERE, opened=1)
    cases(40, HERE, opened=8)
    cases(50, FAR_AWAY, opened=1)
    cases(60, FAR_AWAY, opened=8)

    found = summary_for(entered(account), at=AT).counts

    assert found[KECAMATAN][RUNNING] is None
    assert found[KECAMATAN][OVERDUE] is None
    assert found[OTHER_KECAMATAN][RUNNING] is None
    assert found[TOTAL][TOTAL] == 153


def test_a_percentage_of_hidden_counts_is_hidden() -> None:
    account = leader()
    cases(3, HERE, opened=20, closed=14)
    cases(40, HERE, opened=20, closed=1)

    assert summary_for(entered(account), at=AT).part_in_time(KECAMATAN) is None


def test_nothing_finished_has_no_percentage() -> None:
    account = leader()

    assert summary_for(entered(account), at=AT).part_in_time() is None


def test_an_actor_without_the_right_sees_nothing() -> None:
    account = staff("babinsa", Role.BABINSA, HERE)
    cases(9, HERE, opened=1)

    assert summary_for(entered(account), at=AT).names == {}


def test_the_cost_does_not_grow_with_cases() -> None:
    account = leader()
    cases(200, HERE, opened=1)
    actor = entered(account)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        summary_for(actor, at=AT)
    assert len(queries) <= 2
