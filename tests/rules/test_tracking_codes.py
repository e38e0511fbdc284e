"""Codes as people read, type and dictate them."""

import math
from datetime import UTC, datetime, timedelta

import pytest

from smartkampung.intake.rules import (
    ALPHABET,
    CODE_LENGTH,
    Limit,
    new_code,
    new_one_time_code,
    read_code,
)


def test_a_tracking_code_carries_sixty_random_bits() -> None:
    assert math.log2(len(set(ALPHABET))) * CODE_LENGTH >= 60


def test_no_letter_looks_like_another() -> None:
    assert not set("OILU") & set(ALPHABET)


def test_a_new_code_reads_as_itself() -> None:
    code = new_code()
    assert read_code(code) == code
    assert [len(group) for group in code.split("-")] == [4, 4, 4]


@pytest.mark.parametrize(
    "typed",
    ["k7qf2m9xtb4c", " K7QF 2M9X TB4C ", "K7QF–2M9X–TB4C", "k7qf.2m9x.tb4c"],
    ids=["small letters", "spaces", "long dashes", "dots"],
)
def test_a_code_is_read_kindly(typed: str) -> None:
    assert read_code(typed) == "K7QF-2M9X-TB4C"


def test_look_alikes_are_read_as_meant() -> None:
    assert read_code("OIL0-0000-0000") == "0110-0000-0000"


@pytest.mark.parametrize(
    "typed",
    ["", "K7QF-2M9X", "K7QF-2M9X-TB4CC", "K7QF-2M9X-TB4U", "K7QF-2M9X-TB4é", "😀" * 12],
    ids=["nothing", "too short", "too long", "a letter never used", "accent", "emoji"],
)
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


def test_a_one_time_code_has_six_digits() -> None:
    code = new_one_time_code()
    assert len(code) == 6
    assert code.isdigit()


def test_a_window_of_a_limit_begins_and_ends() -> None:
    limit = Limit("x", 3, timedelta(minutes=10))
    at = datetime(2026, 11, 24, 12, 7, 30, tzinfo=UTC)
    assert limit.window_start(at) == datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    assert limit.seconds_left(at) == 150
    assert limit.seconds_left(at.replace(minute=10, second=0)) == 600
