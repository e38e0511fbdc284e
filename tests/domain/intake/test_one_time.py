"""Six digits, few tries, short life, once."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from smartkampung.intake.actions.one_time import (
    _hash,
    issue_code,
    issue_decoy,
    use_code,
)
from smartkampung.intake.models import OneTimeCode
from tests.races import at_once
from tests.reporting import NOON


def issue(subject: str = "claim:1") -> str:
    return issue_code(purpose="outcome", subject=subject, at=NOON)


def use(code: str, subject: str = "claim:1", **late: float) -> bool:
    return use_code(
        purpose="outcome", subject=subject, code=code, at=NOON + timedelta(**late)
    )


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


@pytest.mark.django_db
def test_the_right_code_opens_once() -> None:
    code = issue()
    assert use(code)
    assert not use(code)


@pytest.mark.django_db
def test_a_code_opens_only_its_own_subject_and_purpose() -> None:
    code = issue()
    assert not use(code, subject="claim:2")
    assert not use_code(purpose="receipt", subject="claim:1", code=code, at=NOON)


@pytest.mark.django_db
def test_a_code_lives_ten_minutes() -> None:
    code = issue()
    assert not use(code, minutes=10)
    assert use(code, minutes=9.9)


@pytest.mark.django_db
def test_after_five_wrong_tries_the_right_one_is_refused_too() -> None:
    code = issue()
    for _try in range(5):
        assert not use(wrong(code))
    assert not use(code)
    assert OneTimeCode.objects.get().tries_left == 0


@pytest.mark.django_db
def test_a_decoy_is_wrong_for_every_code_and_costs_a_try() -> None:
    code = issue()
    issue_decoy(purpose="outcome", subject="claim:1", at=NOON)
    kept = OneTimeCode.objects.get()
    assert not use(code)
    assert OneTimeCode.objects.get().tries_left == kept.tries_left - 1
    assert len(kept.code_hash) == len(_hash("outcome", "claim:1", code))


@pytest.mark.django_db
def test_a_newer_code_replaces_the_older_one() -> None:
    old = issue()
    new = issue()
    assert not (old != new and use(old))
    assert use(new)


@pytest.mark.django_db
def test_the_code_does_not_stand_in_the_database() -> None:
    code = issue()
    assert code.encode() not in bytes(OneTimeCode.objects.get().code_hash)


@pytest.mark.django_db(transaction=True)
def test_a_hundred_guesses_at_once_cost_no_more_than_five_tries() -> None:
    code = issue()
    answers = at_once(10, lambda: any(use(wrong(code)) for _ in range(10)))
    assert not any(answers)
    assert OneTimeCode.objects.get().tries_left == 0
    assert not use(code)


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_leave_one_code_in_force() -> None:
    at_once(4, issue)
    assert OneTimeCode.objects.filter(spent_at=None).count() == 1


def row(**changes: object) -> OneTimeCode:
    given = {
        "purpose": "p",
        "subject": "s",
        "code_hash": b"h",
        "sent_at": NOON,
        "expires_at": NOON,
        **changes,
    }
    return OneTimeCode.objects.create(**given)


@pytest.mark.django_db
def test_one_time_code_tries_are_counted() -> None:
    with (
        pytest.raises(IntegrityError, match="one_time_code_tries_are_counted"),
        transaction.atomic(),
    ):
        row(tries_left=-1)


@pytest.mark.django_db
def test_one_time_code_one_a_subject() -> None:
    row()
    with (
        pytest.raises(IntegrityError, match="one_time_code_one_a_subject"),
        transaction.atomic(),
    ):
        row()
