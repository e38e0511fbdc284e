"""The demo has cases, silent villages and decided nights; each decision is whole."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from smartkampung.accounts.roles import Role
from smartkampung.demo.april import tell_april
from smartkampung.demo.confirmed import NIGHTS, tell_cases
from smartkampung.kernel.clock import WIB
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.regions.models import Region
from smartkampung.reopening.cases.models import Case, ZoneDay
from smartkampung.reopening.cases.queries.zones import is_whole, replay, zones_decided
from smartkampung.reopening.cases.rules.zones import rows_of
from tests.cast import HERE, REGENCY, places
from tests.population import actor

pytestmark = pytest.mark.django_db


def test_every_night_of_the_demo_can_be_replayed() -> None:
    places()
    act_as(Kind.JOB)
    at = datetime(2021, 8, 1, 12, tzinfo=WIB)
    office = actor(Role.DINKES, REGENCY, username="dinkes")
    tell_cases(at=at, seed=7, by=office, village=HERE)
    days = list(ZoneDay.objects.order_by("day"))
    assert len(days) == NIGHTS
    assert days[-1].day == (at - timedelta(days=1)).date()
    assert all(map(is_whole, days))
    assert [rows_of(replay(one)) for one in days] == [
        rows_of(zones_decided(one)) for one in days
    ]
    assert Case.objects.filter(withdrawn_at__isnull=False).count() == 1


def test_the_change_of_rule_in_april_can_be_seen() -> None:
    places()
    act_as(Kind.JOB)
    tell_april(at=datetime(2021, 4, 10, 12, tzinfo=WIB))
    assert not ZoneDay.objects.exists(), "not before it was"
    rts = [
        Region.objects.create(code=f"{HERE}.009.00{n}", name="", kind="rt")
        for n in range(7)
    ]
    assert rts
    tell_april(at=datetime(2021, 8, 1, 12, tzinfo=WIB))
    before, after = (
        {place: colour for place, _houses, colour in rows_of(zones_decided(day))}
        for day in ZoneDay.objects.order_by("day")
    )
    assert Counter(before.values()) == Counter(yellow=4, orange=2, red=1)
    assert Counter(after.values()) == Counter(yellow=2, orange=2, red=3)
