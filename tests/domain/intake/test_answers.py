"""A request sent twice is done once."""

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from smartkampung.intake.actions.answers import Answer, KeyReused, answer_once
from smartkampung.intake.models import IdempotencyKey
from smartkampung.kernel.errors import Refused
from tests.races import at_once
from tests.reporting import NOON

BODY = {"nik": "3510091708900001"}
made: list[str] = []


def make() -> str:
    made.append("once")
    return f"answer {len(made)}"


def ask(key: str = "k", body: dict[str, str] = BODY, scope: str = "test") -> Answer:
    return answer_once(scope=scope, key=key, body=body, at=NOON, make=make)


@pytest.fixture(autouse=True)
def _fresh() -> None:
    made.clear()


@pytest.mark.django_db
def test_the_same_key_and_body_get_the_same_answer() -> None:
    assert ask() == Answer("answer 1", repeated=False)
    assert ask() == Answer("answer 1", repeated=True)
    assert len(made) == 1


@pytest.mark.django_db
def test_the_same_key_with_another_body_is_refused() -> None:
    ask()
    with pytest.raises(KeyReused):
        ask(body={"nik": "3510091708900002"})


@pytest.mark.django_db
def test_keys_of_different_scopes_do_not_meet() -> None:
    ask()
    assert ask(scope="other").text == "answer 2"


@pytest.mark.django_db
def test_a_refused_request_may_be_tried_again() -> None:
    def refuse() -> str:
        raise Refused("no")

    with pytest.raises(Refused):
        answer_once(scope="test", key="k", body=BODY, at=NOON, make=refuse)
    assert ask().repeated is False


@pytest.mark.django_db
def test_neither_key_nor_body_nor_answer_stands_readable() -> None:
    ask()
    row = IdempotencyKey.objects.get()
    stored = bytes(row.key_hash) + bytes(row.body_hash) + row.answer.box
    assert b"3510091708900001" not in stored
    assert b"answer" not in stored


@pytest.mark.django_db
def test_idempotency_key_once() -> None:
    row = {"scope": "s", "key_hash": b"k", "body_hash": b"b", "at": NOON}
    IdempotencyKey.objects.create(**row)
    with (
        pytest.raises(IntegrityError, match="idempotency_key_once"),
        transaction.atomic(),
    ):
        IdempotencyKey.objects.create(**row)


@pytest.mark.django_db(transaction=True)
def test_eight_copies_at_once_are_done_once() -> None:
    answers = at_once(8, ask)
    assert {answer.text for answer in answers} == {"answer 1"}
    assert sum(not answer.repeated for answer in answers) == 1
