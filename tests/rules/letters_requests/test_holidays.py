"""Lists of holidays: what ships can be, and a slip of the pen is noticed."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from smartkampung.letters.requests.rules.holidays import (
    FILE,
    Holiday,
    HolidayFault,
    HolidayFaults,
    faults_of,
    national,
    read_list,
)

SHIPPED = sorted({on.year for on in national()})


def of_year(year: int) -> list[Holiday]:
    return [row for row in national().values() if row.on.year == year]


@pytest.mark.parametrize("year", SHIPPED)
def test_what_ships_can_be(year: int) -> None:
    assert faults_of(of_year(year), year) == []
    reckoned = {row.kind for row in of_year(year)} & {"reckoned"}
    assert bool(reckoned) is (year != 2026), "and says so where no decree was known"


def test_every_line_of_the_file_is_a_day_of_its_own() -> None:
    lines = FILE.read_text().splitlines()
    assert len(national()) == len(lines) - 1
    assert lines[1:] == sorted(lines[1:])


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        pytest.param({"on": date(2027, 8, 18)}, HolidayFault.FIXED_MISSING, id="off"),
        pytest.param({"on": date(2028, 8, 17)}, HolidayFault.ANOTHER_YEAR, id="year"),
        pytest.param({"on": date(2027, 5, 1)}, HolidayFault.TWICE, id="twice"),
        pytest.param({"kind": "fun"}, HolidayFault.KIND, id="kind"),
        pytest.param({"en": ""}, HolidayFault.NO_NAME, id="no name"),
    ],
)
def test_a_slip_is_noticed(change: dict[str, Any], fault: HolidayFault) -> None:
    days = of_year(2027)
    at = next(n for n, row in enumerate(days) if row.on == date(2027, 8, 17))
    days[at] = replace(days[at], **change)
    assert fault in [found for found, _what in faults_of(days, 2027)]


def test_few_days_are_no_year() -> None:
    found = faults_of(of_year(2027)[:5], 2027)
    assert (HolidayFault.HOW_MANY, "5") in found


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("day,name\n1,x\n", HolidayFault.COLUMNS, id="columns"),
        pytest.param("on,kind,id,en\n", HolidayFault.HOW_MANY, id="empty"),
        pytest.param(
            "on,kind,id,en\n1/1,national,a,b\n", HolidayFault.NOT_A_DAY, id="day"
        ),
        pytest.param("on,kind,id,en\n2027-01-01\n", HolidayFault.KIND, id="short"),
    ],
)
def test_a_file_that_is_none_is_told(text: str, fault: HolidayFault) -> None:
    with pytest.raises(HolidayFaults) as told:
        read_list(text, 2027)
    assert fault in [found for found, _what in told.value.found]
