"""Fifteen minutes are minutes in which somebody sits in the office."""

from datetime import date, datetime

import pytest

from smartkampung.kernel.clock import WIB
from smartkampung.letters.requests.rules.holidays import national
from smartkampung.letters.requests.rules.hours import (
    USUAL,
    Hours,
    NeverOpen,
    due_after,
    faults_of,
    minutes_between,
)

TUESDAY = date(2026, 11, 24)
HOLIDAY = {date(2026, 11, 25)}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=WIB)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        pytest.param(at(24, 9), at(24, 9, 15), id="within the hours"),
        pytest.param(at(24, 6), at(24, 8, 15), id="before the office opens"),
        pytest.param(at(24, 15, 20), at(26, 8, 5), id="rest after the holiday"),
        pytest.param(at(24, 21), at(26, 8, 15), id="in the evening"),
        pytest.param(at(27, 11, 20), at(27, 13, 5), id="across the Friday prayer"),
        pytest.param(at(28, 10), at(30, 8, 15), id="on a Saturday"),
        pytest.param(at(24, 15, 15), at(24, 15, 30), id="to the last minute"),
    ],
)
def test_due_in_fifteen_open_minutes(asked: datetime, due: datetime) -> None:
    assert due_after(asked, 15, USUAL, HOLIDAY) == due


def test_an_office_that_never_opens_promises_nothing() -> None:
    with pytest.raises(NeverOpen):
        due_after(at(24, 9), 15, Hours({}), set())


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        pytest.param(at(24, 9), at(24, 9, 12), 12, id="one morning"),
        pytest.param(at(24, 15), at(26, 8, 10), 40, id="overnight and a holiday"),
        pytest.param(at(24, 22), at(24, 23), 0, id="at night"),
        pytest.param(at(24, 9), at(24, 9, 0), 0, id="at once"),
    ],
)
def test_minutes_that_count(start: datetime, end: datetime, minutes: int) -> None:
    assert minutes_between(start, end, USUAL, HOLIDAY) == minutes


@pytest.mark.parametrize(
    ("hours", "faults"),
    [
        pytest.param(USUAL, [], id="the usual week"),
        pytest.param(Hours({}), [7], id="never open"),
        pytest.param(Hours({0: ()}), [7], id="no span"),
        pytest.param(Hours({2: ((600, 540),)}), [2], id="ends before it begins"),
        pytest.param(Hours({2: ((480, 600), (590, 700))}), [2], id="overlap"),
        pytest.param(Hours({6: ((480, 1500),)}), [6], id="past midnight"),
    ],
)
def test_hours_that_can_be(hours: Hours, faults: list[int]) -> None:
    assert faults_of(hours) == faults


def test_public_holidays_are_known() -> None:
    assert national()[date(2026, 8, 17)].id == "Proklamasi Kemerdekaan"
    assert national()[date(2026, 12, 24)].kind == "leave"
    assert TUESDAY not in national()
    assert {day.year for day in national()} == {2026, 2027}
