"""What can be asked to be corrected, in which spelling, and decided by whom."""

from datetime import date
from typing import Any

import pytest

from smartkampung.residents.corrections.words import BARS, LABELS, value_problem
from smartkampung.residents.rules.corrections import (
    CODED,
    Bar,
    Field,
    bars_to_ask,
    bars_to_decide,
    codes_of,
    read_wanted,
)
from smartkampung.residents.rules.numbers import Misshapen, Problem

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        (Field.NAME, "  Ni  Made ", "Ni Made"),
        (Field.BORN_ON, "12-04-1985", "1985-04-12"),
        (Field.BORN_ON, "1985-04-12", "1985-04-12"),
        (Field.SEX, "P", "P"),
        (Field.RELIGION, "4", "4"),
        (Field.NIK, "3510 0912 0485 0003", "3510091204850003"),
        (Field.PHONE, "0812 3456 7890", "+6281234567890"),
        (Field.ADDRESS, "12", "12"),
    ],
)
def test_values_are_kept_in_one_spelling(field: Field, typed: str, kept: str) -> None:
    assert read_wanted(field, typed, today=TODAY) == kept


@pytest.mark.parametrize(
    ("field", "typed", "problem"),
    [
        (Field.NAME, " ", Problem.EMPTY),
        (Field.NAME, "123", Problem.NO_LETTERS),
        (Field.BORN_ON, "1985", Problem.NOT_A_DATE),
        (Field.BORN_ON, "25-11-2026", Problem.IMPOSSIBLE_BIRTH),
        (Field.SEX, "X", Problem.NOT_ON_LIST),
        (Field.RELIGION, "99", Problem.NOT_ON_LIST),
        (Field.RELATION, "1", Problem.NOT_ON_LIST),
        (Field.KK, "123", Problem.LENGTH),
    ],
)
def test_values_that_cannot_be_are_told_in_words(
    field: Field, typed: str, problem: Problem
) -> None:
    with pytest.raises(Misshapen) as error:
        read_wanted(field, typed, today=TODAY)
    assert error.value.problem == problem
    assert value_problem(field, error.value)


@pytest.mark.parametrize("field", CODED)
def test_every_list_offers_something(field: Field) -> None:
    assert codes_of(field)


def test_every_code_has_words() -> None:
    assert set(BARS) == set(Bar)
    assert set(LABELS) == set(Field)


ASKED: dict[str, Any] = {
    "recorded": "Genteng",
    "wanted": "Muncar",
    "explanation": "The birth certificate says so.",
    "has_evidence": True,
    "is_head": False,
}


@pytest.mark.parametrize(
    ("field", "change", "bars"),
    [
        (Field.BIRTH_PLACE, {}, []),
        (Field.BIRTH_PLACE, {"has_evidence": False}, []),
        (Field.BORN_ON, {"has_evidence": False}, [Bar.EVIDENCE_MISSING]),
        (Field.BIRTH_PLACE, {"wanted": "Genteng"}, [Bar.SAME_VALUE]),
        (Field.BIRTH_PLACE, {"explanation": "no"}, [Bar.EXPLANATION_TOO_SHORT]),
        (Field.ADDRESS, {"wanted": "RT 1, 3510091204850003"}, [Bar.NUMBER_IN_TEXT]),
        (Field.RELATION, {"is_head": True}, [Bar.IS_HEAD]),
        (Field.NIK, {"wanted": "3510091204850003"}, []),
    ],
)
def test_bars_to_ask(field: Field, change: dict[str, Any], bars: list[Bar]) -> None:
    assert bars_to_ask(field, **{**ASKED, **change}) == bars


DECIDED: dict[str, Any] = {
    "decided": False,
    "asked_by": "sari",
    "decided_by": "suwarno",
    "accepted": True,
    "reason": "",
    "changed": False,
}


@pytest.mark.parametrize(
    ("change", "bars"),
    [
        ({}, []),
        ({"decided": True}, [Bar.DECIDED]),
        ({"decided_by": "sari"}, [Bar.OWN_WISH]),
        ({"changed": True}, [Bar.RECORD_CHANGED]),
        ({"changed": True, "accepted": False, "reason": "Changed already."}, []),
        ({"accepted": False}, [Bar.REASON_TOO_SHORT]),
        ({"reason": "NIK 3510091204850003"}, [Bar.NUMBER_IN_TEXT]),
    ],
)
def test_bars_to_decide(change: dict[str, Any], bars: list[Bar]) -> None:
    assert bars_to_decide(**{**DECIDED, **change}) == bars
