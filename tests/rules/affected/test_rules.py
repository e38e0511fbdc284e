"""Whose registration it is, who may verify, and when to look again."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from smartkampung.kernel.months import months_later
from smartkampung.recovery.affected.rules.course import (
    Bar,
    Case,
    bars_to_verify,
    needs_a_word,
)
from smartkampung.recovery.affected.rules.registration import (
    Found,
    Registered,
    findings,
    may_be_laid_to,
    same_name,
)

HERE, ELSEWHERE = "35.10.09.2003", "35.10.10.2001"
WAYAN = Registered(
    name_agrees=True,
    born_on_agrees=True,
    region_code=f"{HERE}.002.007",
    status="living",
    contested=False,
)


@pytest.mark.parametrize(
    ("changes", "village", "laid"),
    [
        ({}, HERE, True),
        ({}, ELSEWHERE, True),
        ({"name_agrees": False}, HERE, True),
        ({"born_on_agrees": False}, HERE, True),
        ({"name_agrees": False, "born_on_agrees": False}, HERE, False),
        ({"name_agrees": False}, ELSEWHERE, False),
        ({"born_on_agrees": False}, ELSEWHERE, False),
        ({"status": "dead"}, HERE, False),
        ({"contested": True}, HERE, False),
    ],
)
def test_whose_it_is(changes: dict[str, Any], village: str, laid: bool) -> None:
    assert may_be_laid_to(replace(WAYAN, **changes), region_code=village) is laid


def test_what_is_noticed() -> None:
    assert findings(None, region_code=HERE) == [Found.NIK_UNKNOWN]
    assert findings(WAYAN, region_code=HERE) == [Found.MATCHED]
    odd = replace(WAYAN, name_agrees=False, status="moved", contested=True)
    assert findings(odd, region_code=ELSEWHERE) == [
        Found.NAME_DIFFERS,
        Found.LIVES_ELSEWHERE,
        Found.MOVED,
        Found.NIK_CONTESTED,
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("wayan", "wayan sudarma", True),
        ("sudarma wayan", "wayan sudarma", True),
        ("wayan putra", "wayan sudarma", False),
        ("", "wayan", False),
    ],
)
def test_names(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same


def test_every_bar_is_told_at_once() -> None:
    bad = Case(state="verified", registrars={7}, living=False, own=True)
    assert bars_to_verify(bad, decider=7) == list(Bar)
    good = Case(state="to_verify", registrars={7}, living=True, own=False)
    assert bars_to_verify(good, decider=8) == []


def test_who_can_be_asked() -> None:
    assert needs_a_word("laid_off", "")
    assert needs_a_word("sales_down", "Asosiasi perahu")
    assert not needs_a_word("business_closed", "")


@pytest.mark.parametrize(
    ("on", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 6, 30), 6, date(2026, 12, 30)),
    ],
)
def test_months_later(on: date, months: int, then: date) -> None:
    assert months_later(on, months) == then
