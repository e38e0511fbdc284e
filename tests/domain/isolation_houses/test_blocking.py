"""Beds that nobody gets for some days, or any more."""

from datetime import date, timedelta

import pytest
from django.http import Http404

from smartkampung.accounts.roles import Permission
from smartkampung.isolation.houses import queries
from smartkampung.isolation.houses.actions.blocking import block_beds, lift_block
from smartkampung.isolation.houses.actions.errors import HouseRefused
from smartkampung.isolation.models import BedUse, House
from smartkampung.kernel.rls import Kind, act_as
from tests.isolating import (
    ARRIVAL,
    MONDAY,
    a_bed_use,
    a_house,
    a_reservation,
    a_stay,
    beds_of,
)
from tests.keeping_houses import BUDI, SARI

pytestmark = pytest.mark.django_db
TODAY, WEEK = MONDAY.date(), timedelta(days=7)


@pytest.fixture(autouse=True)
def _as_job() -> None:
    act_as(Kind.JOB)


def block(
    house: House, *beds: int, since: date = TODAY, until: date | None = None
) -> int:
    """Let Sari take beds out of use."""
    return block_beds(
        house=house,
        bed_ids=beds,
        since=since,
        until=until,
        work="atap bocor",
        by=SARI,
        at=MONDAY,
    )


def test_a_bed_under_work_is_not_for_anybody() -> None:
    house = a_house()
    one, two = (bed.pk for bed in beds_of(house))
    assert block(house, one, two, until=TODAY + WEEK) == 2
    with pytest.raises(HouseRefused):
        block(house, one)
    assert block(house, one, since=TODAY + WEEK) == 1
    blocks = queries.blocks_of(house, on=TODAY)
    assert [(use.bed_id, use.work) for use in blocks] == [
        (one, "atap bocor"),
        (two, "atap bocor"),
        (one, "atap bocor"),
    ]


def test_a_bed_of_somebody_is_not_blocked_and_neither_are_its_neighbours() -> None:
    house = a_house()
    one, two = (bed.pk for bed in beds_of(house))
    a_bed_use(a_stay(a_reservation(house)), beds_of(house)[0])
    with pytest.raises(HouseRefused):
        block(house, one, two, since=ARRIVAL)
    assert queries.blocks_of(house, on=TODAY) == []


@pytest.mark.parametrize(
    ("since", "until"), [(TODAY - WEEK, None), (TODAY, TODAY)], ids=["past", "no day"]
)
def test_days_must_come(since: date, until: date | None) -> None:
    house = a_house()
    with pytest.raises(HouseRefused):
        block(house, beds_of(house)[0].pk, since=since, until=until)


def test_only_beds_of_the_house_are_blocked() -> None:
    house, other = a_house(), a_house("SD 2")
    with pytest.raises(HouseRefused):
        block(house, beds_of(other)[0].pk)


def test_a_bed_that_is_gone_is_no_longer_counted() -> None:
    house = a_house()
    block(house, beds_of(house)[0].pk)
    [shown] = queries.rooms_of(house, on=TODAY)
    assert shown.beds == 1


def test_a_blocked_bed_is_given_back() -> None:
    house = a_house()
    bed = beds_of(house)[0].pk
    block(house, bed)
    use = queries.block_for(SARI, house.pk, _last(), Permission.HOUSE_MANAGE)
    lift_block(use=use, by=SARI, at=MONDAY + WEEK)
    use.refresh_from_db()
    assert (use.live, use.taken.upper) == (True, TODAY + WEEK)
    with pytest.raises(HouseRefused):
        lift_block(use=use, by=SARI, at=MONDAY + WEEK)
    assert block(house, bed, since=TODAY + WEEK) == 1
    lift_block(
        use=queries.block_for(SARI, house.pk, _last(), Permission.HOUSE_MANAGE),
        by=SARI,
        at=MONDAY,
    )
    assert not BedUse.objects.get(pk=_last()).live
    with pytest.raises(Http404):
        queries.block_for(BUDI, house.pk, _last(), Permission.HOUSE_MANAGE)


def _last() -> int:
    return BedUse.objects.latest("pk").pk
