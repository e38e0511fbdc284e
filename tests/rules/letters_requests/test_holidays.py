"""Lists of holidays: what ships can be, and a slip of the pen is noticed."""

import csv
import io
from dataclasses import replace
from datetime import date
from importlib import resources
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
    year_missing,
)

SHIPPED = sorted({on.year for on in national()})


def of_year(year: int) -> list[Holiday]:
    return [row for row in national().values() if row.on.year == year]


@pytest.mark.parametrize("year", SHIPPED)
def test_what_ships_can_be(year: int) -> None:
    assert faults_of(of_year(year), year) == []
    assert sum(row.kind == "leave" for row in of_year(year)) == 8
    moon = {row.id.split()[0] for row in of_year(year) if row.kind == "reckoned"}
    assert moon == ({"Idulfitri", "Iduladha"} if year == 2027 else set())


@pytest.mark.parametrize(
    ("known", "on", "missing"),
    [
        pytest.param((2026, 2027), date(2026, 12, 31), None, id="known"),
        pytest.param((2026, 2027), date(2027, 9, 30), None, id="no decree yet"),
        pytest.param((2026, 2027), date(2027, 10, 1), 2028, id="from October on"),
        pytest.param((2026, 2027), date(2028, 2, 29), 2028, id="it has begun"),
        pytest.param((2026, 2028), date(2027, 11, 1), 2027, id="this one first"),
    ],
)
def test_a_year_without_holidays_is_missed_from_october_on(
    known: tuple[int, ...], on: date, missing: int | None
) -> None:
    assert year_missing(known, on) == missing


def test_letters_and_aid_are_closed_on_the_same_days() -> None:
    path = resources.files("smartkampung.aid") / "data/holidays.csv"
    lines = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
    aid = {date.fromisoformat(row["on"]) for row in lines}
    assert {on for on in aid if on.year in SHIPPED} == set(national())


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
