"""Everybody reads whole weeks, once: what becomes known later changes none of them."""

from datetime import date, datetime, timedelta

import pytest

from smartkampung.reopening.signals.actions import publishing
from smartkampung.reopening.signals.models import PublishedWeek
from smartkampung.reopening.signals.queries.weeks import (
    names_in,
    partly_heard,
    published_weeks,
)
from smartkampung.reopening.signals.rules.weeks import Unseen
from tests import cast
from tests.cast import FAR_AWAY, HERE, KECAMATAN, OTHER_KECAMATAN, REGENCY
from tests.signals import NOW, hear

pytestmark = pytest.mark.django_db
HIDDEN, NOT_TOLD = Unseen.HIDDEN, Unseen.NOT_TOLD
MONDAY = date(2020, 6, 29)


def register(
    monkeypatch: pytest.MonkeyPatch, cases: dict[str, dict[date, int]]
) -> None:
    """Let the register of cases hold these."""
    cast.places()

    def every(region: str, since: date, until: date) -> dict[date, int]:
        days = [d for village in cases.values() for d in village if since <= d < until]
        return dict.fromkeys(days, 1)

    monkeypatch.setattr(publishing, "new_cases", every)
    monkeypatch.setattr(publishing, "new_cases_by_village", lambda since, until: cases)


def at(day: date) -> datetime:
    return NOW.replace(year=day.year, month=day.month, day=day.day)


def test_a_week_is_told_when_it_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    register(monkeypatch, {HERE: {MONDAY: 9}, FAR_AWAY: {MONDAY: 6}})
    assert publishing.publish_weeks(at=at(MONDAY + timedelta(days=8))) == 0
    assert publishing.publish_weeks(at=at(MONDAY + timedelta(days=9))) == 1
    weeks = published_weeks(last=4)
    assert weeks == {MONDAY: {REGENCY: 15, KECAMATAN: 9, OTHER_KECAMATAN: 6}}
    assert names_in(weeks)[OTHER_KECAMATAN] == "Pesisir"


def test_a_small_count_is_hidden_with_what_would_give_it_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    register(monkeypatch, {HERE: {MONDAY: 3}, FAR_AWAY: {MONDAY: 9}})
    publishing.publish_weeks(at=NOW)
    first = published_weeks(last=4)[MONDAY]
    assert first == {REGENCY: 12, KECAMATAN: HIDDEN, OTHER_KECAMATAN: HIDDEN}


def test_what_was_told_stays_whatever_comes_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    register(monkeypatch, {HERE: {MONDAY: 9}, FAR_AWAY: {MONDAY: 6}})
    publishing.publish_weeks(at=NOW)
    before = list(PublishedWeek.objects.values_list("week", "region", "cases"))
    register(monkeypatch, {HERE: {MONDAY: 10}, FAR_AWAY: {MONDAY: 6}})
    assert publishing.publish_weeks(at=NOW) == 0
    after = list(PublishedWeek.objects.values_list("week", "region", "cases"))
    assert after == before


def test_weeks_that_were_left_out_are_told_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    register(monkeypatch, {HERE: {MONDAY - timedelta(days=20): 9}})
    hear(MONDAY + timedelta(days=6), days=21)
    assert publishing.publish_weeks(at=NOW) == 4
    assert len(published_weeks(last=2)) == 2
    assert PublishedWeek.objects.filter(region=REGENCY, cases=0).count() == 3


def test_a_kecamatan_of_which_nobody_told_is_no_nought(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    register(monkeypatch, {HERE: {MONDAY: 9}})
    hear(MONDAY + timedelta(days=6), days=6, villages=[FAR_AWAY])
    publishing.publish_weeks(at=NOW)
    week = published_weeks(last=4)[MONDAY]
    assert week == {REGENCY: 9, KECAMATAN: 9, OTHER_KECAMATAN: NOT_TOLD}


def test_a_kecamatan_that_was_partly_heard_has_at_least_so_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    register(monkeypatch, {HERE: {MONDAY: 9}, FAR_AWAY: {MONDAY: 6}})
    hear(MONDAY + timedelta(days=6), days=7, villages=[FAR_AWAY])
    publishing.publish_weeks(at=NOW)
    assert partly_heard([MONDAY]) == {(MONDAY, KECAMATAN), (MONDAY, REGENCY)}
    hear(MONDAY + timedelta(days=13), days=7)
    register(monkeypatch, {HERE: {MONDAY + timedelta(days=7): 9}})
    publishing.publish_weeks(at=NOW + timedelta(days=14))
    assert not partly_heard([MONDAY + timedelta(days=7)])


def test_a_week_of_which_nobody_told_has_no_sum(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    register(monkeypatch, {HERE: {MONDAY - timedelta(days=7): 9}})
    publishing.publish_weeks(at=NOW)
    assert set(published_weeks(last=1)[MONDAY].values()) == {NOT_TOLD}


def test_nothing_is_told_where_nothing_is_registered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert publishing.publish_weeks(at=NOW) == 0
    register(monkeypatch, {})
    assert publishing.publish_weeks(at=NOW) == 0
    assert published_weeks(last=4) == {}
