"""What a code opens, and for how long."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from smartkampung.intake.actions.cases import code_hash, open_case, reach_step
from smartkampung.intake.actions.limits import count_hit, over
from smartkampung.intake.models import CaseStep, HitCount, TrackedCase
from smartkampung.intake.queries import case_by_code
from smartkampung.intake.rules import CASE_LIFE, Limit
from tests.reporting import NOON

pytestmark = pytest.mark.django_db
HOUR = Limit("test", 2, timedelta(hours=1))


def opened() -> str:
    return open_case(
        kind="test", region_code="35", first_step="received", due_on=None, at=NOON
    )


def test_a_code_is_kept_as_keyed_hash_only() -> None:
    code = opened()
    stored = bytes(TrackedCase.objects.get().code_hash)
    assert code.encode() not in stored
    assert code.replace("-", "").encode() not in stored


def test_a_code_expires() -> None:
    code = opened()
    assert case_by_code(code, at=NOON + CASE_LIFE - timedelta(seconds=1)) is not None
    assert case_by_code(code, at=NOON + CASE_LIFE) is None


def test_an_unknown_code_opens_nothing() -> None:
    opened()
    assert case_by_code("0000-0000-0000", at=NOON) is None
    assert case_by_code("not a code", at=NOON) is None


def test_a_step_reached_twice_keeps_its_first_date() -> None:
    code = opened()
    for days in (1, 2):
        reach_step(
            code_hashes=[code_hash(code)],
            step="decided",
            at=NOON + timedelta(days=days),
        )
    case = case_by_code(code, at=NOON)
    assert case is not None
    assert case.reached == {"received": NOON, "decided": NOON + timedelta(days=1)}


def test_case_step_once() -> None:
    case = TrackedCase.objects.get(code_hash=code_hash(opened()))
    with pytest.raises(IntegrityError, match="case_step_once"), transaction.atomic():
        CaseStep.objects.create(case=case, step="received", at=NOON)


def test_hits_are_counted_a_window_and_a_key() -> None:
    assert [over(HOUR, key="a", at=NOON) for _ in range(3)] == [False, False, True]
    assert count_hit(HOUR, key="b", at=NOON) == 1
    assert not over(HOUR, key="a", at=NOON + timedelta(hours=1))


def test_an_address_that_came_is_not_written_down() -> None:
    count_hit(HOUR, key="203.0.113.9", at=NOON)
    assert b"203.0.113.9" not in bytes(HitCount.objects.get().key_hash)


def test_hit_count_once_a_window() -> None:
    row = {"scope": "s", "key_hash": b"k", "window_start": NOON, "hits": 1}
    HitCount.objects.create(**row)
    with (
        pytest.raises(IntegrityError, match="hit_count_once_a_window"),
        transaction.atomic(),
    ):
        HitCount.objects.create(**row)
