"""When a question goes out, when one is worth it, what an answer means."""

from datetime import date, datetime, timedelta

import pytest

from smartkampung.identity.rules import (
    FRESH_FOR,
    LONGEST_BREAK,
    TRIPS_AFTER,
    WELL,
    Bar,
    Circuit,
    Spent,
    Verdict,
    bars_to_ask,
    break_after,
    verdict_of,
    worth_asking,
)
from smartkampung.identity.simulator import made_up
from smartkampung.identity.words import BARS, VERDICTS
from smartkampung.kernel.clock import WIB

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=WIB)
TODAY, TOMORROW = date(2026, 11, 24), date(2026, 11, 25)


def test_everything_in_the_way_of_a_question_is_said_at_once() -> None:
    assert bars_to_ask(on=False, has_nik=False, living=False) == list(Bar)
    assert bars_to_ask(on=True, has_nik=True, living=True) == []


def test_every_bar_and_verdict_has_words() -> None:
    assert set(BARS) == set(Bar)
    assert set(VERDICTS) == set(Verdict)


@pytest.mark.parametrize(
    ("found", "agrees", "verdict"),
    [
        pytest.param(False, {}, Verdict.UNKNOWN, id="no such NIK"),
        pytest.param(True, {"name": True, "sex": True}, Verdict.AGREES, id="all agree"),
        pytest.param(True, {"name": True, "sex": False}, Verdict.DIFFERS, id="one not"),
    ],
)
def test_what_an_answer_means(
    found: bool, agrees: dict[str, bool], verdict: Verdict
) -> None:
    assert verdict_of(found=found, agrees=agrees) is verdict


@pytest.mark.parametrize(
    ("verdict", "days", "worth"),
    [
        pytest.param(Verdict.NEVER, None, True, id="never asked"),
        pytest.param(Verdict.WAITING, None, False, id="already waiting"),
        pytest.param(Verdict.AGREES, 1, False, id="fresh"),
        pytest.param(Verdict.AGREES, 91, True, id="old"),
        pytest.param(Verdict.DIFFERS, 1, False, id="differs, nothing changed"),
        pytest.param(Verdict.CHANGED, 1, True, id="record changed since"),
        pytest.param(Verdict.REFUSED, 1, True, id="not taken"),
    ],
)
def test_questions_cost_and_are_asked_when_they_may_tell_something(
    verdict: Verdict, days: int | None, worth: bool
) -> None:
    answered = None if days is None else NOON - timedelta(days=days)
    assert worth_asking(verdict, answered_at=answered, at=NOON) is worth
    assert timedelta(days=90) == FRESH_FOR


def test_the_line_opens_after_three_failures_and_tries_once_after_the_break() -> None:
    circuit = WELL
    for _ in range(TRIPS_AFTER - 1):
        circuit = circuit.failed(NOON, chance=0.5)
        assert circuit.state(NOON) == "closed"
    circuit = circuit.failed(NOON, chance=0.5)
    assert circuit.state(NOON) == "open"
    assert circuit.closed_until == NOON + timedelta(seconds=30)
    assert circuit.state(NOON + timedelta(seconds=30)) == "half_open"


def test_breaks_double_up_to_a_quarter_of_an_hour_and_are_spread() -> None:
    waits = [break_after(n, chance=0.5).total_seconds() for n in range(1, 12)]
    assert waits[:6] == [5, 5, 30, 60, 120, 240]
    assert waits[-1] == LONGEST_BREAK.total_seconds()
    assert break_after(1, chance=0.0) == timedelta(seconds=4)
    assert break_after(1, chance=1.0) == timedelta(seconds=6)


def test_a_well_line_is_closed() -> None:
    assert Circuit(0, None).state(NOON) == "closed"
    assert Circuit(TRIPS_AFTER, None).state(NOON) == "half_open"


def test_each_day_has_a_quota_of_its_own() -> None:
    spent = Spent(None, 0).one_more(on=TODAY).one_more(on=TODAY)
    assert spent.left(2, on=TODAY) == 0
    assert spent.left(2, on=TOMORROW) == 2
    assert spent.one_more(on=TOMORROW) == Spent(TOMORROW, 1)
    assert spent.left(1, on=TODAY) == 0


@pytest.mark.parametrize(
    ("nik", "told", "answer"),
    [
        pytest.param(
            "3510091204850003",
            {"name": "Wayan", "birth_date": "1985-04-12", "sex": "L", "kk": "1"},
            {"nik": True, "name": True, "birth_date": True, "sex": True, "kk": True},
            id="agrees with its digits",
        ),
        pytest.param(
            "3510095204850007",
            {"name": "Ketut", "birth_date": "1985-04-13", "sex": "P"},
            {"nik": True, "name": False, "birth_date": False, "sex": True},
            id="other name, other day",
        ),
        pytest.param("3510091204850100", {"sex": "L"}, {"nik": False}, id="unknown"),
        pytest.param("3510091204850003", {}, {"nik": True}, id="nothing but a NIK"),
    ],
)
def test_a_simulator_without_people_answers_from_the_number(
    nik: str, told: dict[str, str], answer: dict[str, bool]
) -> None:
    assert made_up({"nik": nik, **told}) == answer
