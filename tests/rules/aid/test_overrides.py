"""Who may ask for an exception from the conflict matrix, who may answer, and when."""

from dataclasses import replace
from typing import Any

import pytest

from smartkampung.aid.rules.overrides import (
    Bar,
    Block,
    bars_to_answer,
    bars_to_ask,
)

BLOCK = Block(waiting=True, alone=True, blocked=True, same_programme=False)
GONE = replace(BLOCK, blocked=False)
CHANGES = [
    ({"waiting": False}, [Bar.NOT_WAITING]),
    ({"alone": False}, [Bar.OTHER_REASONS]),
    ({"blocked": False}, [Bar.NOT_BLOCKED]),
    ({"same_programme": True}, [Bar.SAME_PROGRAMME]),
]
IDS = [
    "the case is over",
    "something else stands in the way too",
    "nothing stands in the way any more",
    "the same programme twice",
]


def test_a_block_may_be_asked_about_and_answered() -> None:
    assert bars_to_ask(BLOCK, asked_before=False, kin=False) == []
    assert answer() == []


def answer(block: Block = BLOCK, **changes: Any) -> list[Bar]:
    """Return why the officer 2 may not grant what officer 1 asked for."""
    told: dict[str, Any] = {
        "granted": True,
        "answered": False,
        "asked_by": 1,
        "by": 2,
        "kin": False,
    }
    return bars_to_answer(block, **{**told, **changes})


@pytest.mark.parametrize(("change", "bars"), CHANGES, ids=IDS)
def test_what_bars_the_wish_bars_the_grant(
    change: dict[str, bool], bars: list[Bar]
) -> None:
    block = replace(BLOCK, **change)
    assert bars_to_ask(block, asked_before=False, kin=False) == bars
    assert answer(block) == bars


def test_a_wish_can_be_refused_whatever_happened_since() -> None:
    assert answer(replace(GONE, waiting=False), granted=False) == []


@pytest.mark.parametrize("granted", [True, False])
def test_who_answers_is_somebody_else_and_no_kin(granted: bool) -> None:
    assert answer(by=1, granted=granted) == [Bar.ASKED_IT]
    assert answer(kin=True, granted=granted) == [Bar.KIN]
    assert answer(answered=True, granted=granted) == [Bar.ANSWERED]


def test_every_bar_is_told_at_once() -> None:
    assert bars_to_ask(replace(GONE, waiting=False), asked_before=True, kin=True) == [
        Bar.NOT_WAITING,
        Bar.NOT_BLOCKED,
        Bar.ASKED_BEFORE,
        Bar.KIN,
    ]
