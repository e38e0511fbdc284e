"""A place has so much for a day: the last one is taken once."""

from datetime import date

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from smartkampung.intake.actions.quota import QuotaUsedUp, set_quota, take_quota
from smartkampung.intake.models import DayQuota
from tests.races import at_once

TODAY = date(2026, 11, 24)


def take(limit: int = 3, where: str = "35.10.09.2003", on: date = TODAY) -> None:
    take_quota(scope="test", region_code=where, on=on, limit=limit)


@pytest.mark.django_db
def test_a_place_gives_what_it_has_and_no_more() -> None:
    for _time in range(3):
        take()
    with pytest.raises(QuotaUsedUp):
        take()
    take(where="35.10.09.2004")
    take(on=date(2026, 11, 25))


@pytest.mark.django_db
def test_a_quota_of_nothing_gives_nothing() -> None:
    with pytest.raises(QuotaUsedUp):
        take(limit=0)


@pytest.mark.django_db
def test_a_quota_that_grows_during_the_day_gives_more() -> None:
    take(limit=1)
    set_quota(scope="test", on=TODAY, limit=2)
    take(limit=2)
    with pytest.raises(QuotaUsedUp):
        take(limit=2)


@pytest.mark.django_db
def test_a_quota_that_shrinks_keeps_what_was_taken() -> None:
    take()
    take()
    take(where="35.10.09.2004")
    assert set_quota(scope="test", on=TODAY, limit=1) == 2
    limits = DayQuota.objects.order_by("region_code").values_list("limit", flat=True)
    assert list(limits) == [2, 1]
    with pytest.raises(QuotaUsedUp):
        take()


@pytest.mark.django_db(transaction=True)
def test_forty_threads_for_ten_places_take_exactly_ten() -> None:
    def ask() -> bool:
        try:
            take(limit=10)
        except QuotaUsedUp:
            return False
        return True

    taken = at_once(40, ask)
    assert (taken.count(True), taken.count(False)) == (10, 30)
    assert DayQuota.objects.get().taken == 10


def row(**changes: object) -> DayQuota:
    given = {"scope": "s", "region_code": "35", "on": TODAY, "limit": 2, **changes}
    return DayQuota.objects.create(**given)


@pytest.mark.django_db
@pytest.mark.parametrize("taken", [-1, 3])
def test_day_quota_within_limit(taken: int) -> None:
    with (
        pytest.raises(IntegrityError, match="day_quota_within_limit"),
        transaction.atomic(),
    ):
        row(taken=taken)


@pytest.mark.django_db
def test_day_quota_once_a_day() -> None:
    row()
    with (
        pytest.raises(IntegrityError, match="day_quota_once_a_day"),
        transaction.atomic(),
    ):
        row()
