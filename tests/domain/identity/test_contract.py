"""The contract of the port, kept by the HTTP adapter against a real service."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from smartkampung.identity.adapters import service
from smartkampung.identity.adapters.http import Http, from_settings, read_answer
from smartkampung.identity.ports import (
    Answer,
    NotTaken,
    OverQuota,
    Question,
    Unavailable,
)
from smartkampung.identity.rules import Field
from smartkampung.identity.simulator import KNOCK, PKS
from tests.domain.identity.service import Simulator
from tests.population import WAYAN_KK, WAYAN_NIK

ASKED = Question(
    WAYAN_NIK,
    {
        Field.NAME: "I Wayan Sudarma",
        Field.BIRTH_DATE: "1985-04-12",
        Field.SEX: "L",
        Field.KK: WAYAN_KK,
    },
)
ALL = dict.fromkeys(Field, True)


@pytest.fixture
def http(simulator: Simulator) -> Http:
    return from_settings()


def test_a_record_that_agrees(http: Http) -> None:
    assert http.compare(ASKED, key="1") == Answer(True, ALL)


def test_each_field_is_answered_by_itself(http: Http) -> None:
    other = Question(WAYAN_NIK, {**ASKED.fields, Field.BIRTH_DATE: "1985-04-13"})
    answer = http.compare(other, key="1")
    assert answer.agrees == {**ALL, Field.BIRTH_DATE: False}


def test_only_what_was_asked_is_answered(http: Http) -> None:
    answer = http.compare(Question(WAYAN_NIK, {Field.SEX: "P"}), key="1")
    assert answer == Answer(True, {Field.SEX: False})


def test_a_nik_that_does_not_exist(http: Http) -> None:
    unknown = Question("3510091204850099", ASKED.fields)
    assert http.compare(unknown, key="1") == Answer(False, {})


def test_a_question_sent_again_is_answered_again_and_counted_once(
    http: Http, simulator: Simulator
) -> None:
    first = http.compare(ASKED, key="same")
    assert http.compare(ASKED, key="same") == first
    assert simulator.facts()["asked"] == 2
    assert simulator.counted() == ["same"]


def test_a_key_used_for_another_question_is_not_taken(http: Http) -> None:
    http.compare(ASKED, key="same")
    with pytest.raises(NotTaken, match="http_409"):
        http.compare(Question(WAYAN_NIK, {}), key="same")


def test_a_malformed_question_is_not_taken(http: Http) -> None:
    with pytest.raises(NotTaken, match="http_422"):
        http.compare(Question("123", {}), key="1")


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        pytest.param({"mode": "down"}, "http_503", id="down"),
        pytest.param({"mode": "garbled"}, "not_understood", id="no JSON"),
        pytest.param({"mode": "leaking"}, "not_understood", id="data in the answer"),
        pytest.param({"delay": 3}, "ReadTimeoutError", id="slow"),
    ],
)
def test_what_the_service_cannot_say_now_waits(
    http: Http, simulator: Simulator, behaviour: dict[str, object], code: str
) -> None:
    impatient = replace(http, seconds=0.3)
    simulator.tell(**behaviour)
    with pytest.raises(Unavailable, match=code):
        impatient.compare(ASKED, key="1")


def test_a_service_that_is_gone_waits(http: Http, simulator: Simulator) -> None:
    simulator.kill()
    with pytest.raises(Unavailable, match="NewConnectionError"):
        http.compare(ASKED, key="1")


def test_the_quota_of_the_service(http: Http, simulator: Simulator) -> None:
    simulator.tell(quota=1)
    http.compare(ASKED, key="1")
    with pytest.raises(OverQuota, match="over_quota"):
        http.compare(ASKED, key="2")
    assert http.compare(ASKED, key="1").found  # counted before, so answered


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        pytest.param({"token": "stolen"}, "http_401", id="token"),
        pytest.param({"pks": "1/2/3"}, "http_403", id="agreement"),
        pytest.param({"url": "/nowhere"}, "http_422", id="address"),
    ],
)
def test_what_is_wrong_with_us(
    simulator: Simulator, wrong: dict[str, str], code: str
) -> None:
    right: dict[str, Any] = {"url": simulator.url, "token": KNOCK, "pks": PKS}
    if "url" in wrong:
        wrong = {"url": simulator.url + wrong["url"]}
    with pytest.raises((Unavailable, NotTaken), match=code):
        Http(**{**right, **wrong}).compare(ASKED, key="1")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"nik": 1}',
        b'{"nik": true}',
        b'{"name": true}',
        b'{"nik": true, "sex": "L"}',
        b'{"nik": true, "sex": true, "name": true}',
        b'{"nik": false, "name": false}',
        b'{"nik": true, "sex": true}' + b" " * 10_000,
    ],
)
def test_anything_but_yes_or_no_to_what_was_asked_is_not_taken(body: bytes) -> None:
    with pytest.raises(Unavailable, match="not_understood"):
        read_answer(body, Question(WAYAN_NIK, {Field.SEX: "L"}))


def test_neither_question_nor_adapter_shows_what_it_holds() -> None:
    shown = repr(ASKED) + repr(Http("https://x", "hush", "1/2"))
    assert WAYAN_NIK not in shown
    assert "Sudarma" not in shown
    assert "hush" not in shown


def test_a_service_may_say_how_long_to_wait() -> None:
    assert Unavailable("x", wait=timedelta(seconds=3)).wait == timedelta(seconds=3)


def test_the_operators_service_is_the_http_one(simulator: Simulator) -> None:
    assert isinstance(service(), Http)
