"""A file of a public series is read whole or not at all, each fault with its cell."""

from datetime import date, timedelta

import pytest

from smartkampung.reopening.guidance.rules.kinds import Colour
from smartkampung.reopening.signals.rules.files import (
    Fault,
    Problem,
    read_colours,
    read_province,
)
from smartkampung.reopening.signals.rules.kinds import (
    Doubt,
    Kind,
    Numbers,
    doubts,
    faults,
)
from smartkampung.reopening.signals.rules.kinds import Fault as Wrong
from smartkampung.reopening.signals.rules.reproduction import (
    Estimate,
    Missing,
    reproduction_by_day,
)
from tests.shared import SHARED

HEAD = (
    "tanggal,kasus_baru,sembuh_baru,meninggal_baru,kasus_kumulatif,sembuh_kumulatif,"
    "meninggal_kumulatif,aktif,sumber_kode"
)
ZONES = "tanggal,kode_kemendagri,nama,zona,sumber,catatan"


needs_files = pytest.mark.skipif(
    not SHARED.exists(), reason="the shared folder is not here"
)


@needs_files
def test_the_series_of_the_province_has_all_its_days_and_gaps() -> None:
    file = SHARED / "covid_jatim_harian.csv"
    rows, problems = read_province(file.read_text().splitlines())
    assert problems == []
    assert len(rows) == 324
    assert (rows[0].on, rows[0].cases) == (date(2020, 3, 18), 2)
    unknown = [row.on for row in rows if row.cases is None]
    assert len(unknown) == 6
    assert date(2021, 4, 26) in unknown


@needs_files
def test_rt_of_the_province_follows_what_happened() -> None:
    """Above 1 in the first wave and in January, nothing said after days unknown."""
    file = SHARED / "covid_jatim_harian.csv"
    rows, _ = read_province(file.read_text().splitlines())
    told = {row.on: row.cases for row in rows}
    first, until = min(told), date(2021, 2, 11)
    days = [first + timedelta(days=n) for n in range((until - first).days)]
    series = {day: told.get(day) for day in days}
    rt = reproduction_by_day(series, since=first, until=until)

    def sure(day: date) -> Estimate:
        found = rt[day]
        assert isinstance(found, Estimate)
        return found

    assert sure(date(2020, 5, 1)).low > 1
    assert sure(date(2020, 6, 1)).high < 1
    assert sure(date(2020, 7, 1)).low > 1
    assert sure(date(2021, 1, 20)).low > 1
    assert rt[date(2021, 2, 10)] is Missing.GAP


@needs_files
def test_official_colours_of_the_province_are_read() -> None:
    file = SHARED / "covid_zona_kabupaten_jatim.csv"
    rows, problems = read_colours(file.read_text().splitlines())
    assert problems == []
    assert len(rows) == 173
    assert rows[0].colour is Colour.RED
    assert rows[0].region == "35.10"


@pytest.mark.parametrize(
    ("row", "column", "fault", "value"),
    [
        ("18-03-2020,2,0,0,1,1,1,1,A", "tanggal", Fault.NOT_A_DAY, "18-03-2020"),
        ("2020-03-18,dua,0,0,1,1,1,1,A", "kasus_baru", Fault.NOT_A_COUNT, "dua"),
        ("2020-03-18,2,-1,0,1,1,1,1,A", "sembuh_baru", Fault.NOT_A_COUNT, "-1"),
        ("2020-03-18,2,0,²,1,1,1,1,A", "meninggal_baru", Fault.NOT_A_COUNT, "²"),
        ("2020-03-17,2,0,0,1,1,1,1,A", "tanggal", Fault.TWICE, "2020-03-17"),
    ],
)
def test_a_fault_names_its_row_and_column(
    row: str, column: str, fault: Fault, value: str
) -> None:
    lines = [HEAD, "2020-03-17,1,0,0,1,1,1,1,A", row]
    rows, problems = read_province(lines)
    assert problems == [Problem(3, column, fault, value)]
    assert len(rows) == 1


@pytest.mark.parametrize(
    ("row", "column", "fault"),
    [
        ("2020-09-13,35.10,Contoh,ungu,https://x.id,", "zona", Fault.NOT_A_COLOUR),
        ("2020-09-13,35.10,Contoh,merah,koran,", "sumber", Fault.NO_SOURCE),
        ("2020-09-13,3510,Contoh,merah,https://x.id,", "kode_kemendagri", "no_region"),
        ("2020-09-12,35.10,Contoh,merah,https://x.id,", "tanggal", Fault.TWICE),
        (f"2020-09-13,35.10,{'x' * 121},merah,https://x.id,", "nama", Fault.TOO_LONG),
    ],
)
def test_a_colour_needs_its_day_region_and_source(
    row: str, column: str, fault: str
) -> None:
    lines = [ZONES, "2020-09-12,35.10,Contoh,merah,https://x.id,", row]
    _, problems = read_colours(lines)
    assert [(one.row, one.column, one.fault) for one in problems] == [
        (3, column, fault)
    ]


def test_a_file_without_its_columns_or_rows_is_no_file() -> None:
    _, problems = read_province(["tanggal,kasus_baru", "2020-03-18,1"])
    assert [one.column for one in problems] == ["sembuh_baru", "meninggal_baru"]
    assert read_province([]) != ([], [])
    _, problems = read_colours([ZONES])
    assert problems == [Problem(2, "tanggal", Fault.NOTHING)]


@pytest.mark.parametrize(
    ("kind", "numbers", "place", "found"),
    [
        (Kind.TESTS, Numbers(10, 11), "", [Wrong.MORE_POSITIVE]),
        (Kind.TESTS, Numbers(10, 10), "", []),
        (Kind.BEDS, Numbers(10, 11), "RSUD", []),
        (Kind.BEDS, Numbers(10, 11), " ", [Wrong.NO_PLACE]),
        (Kind.PATIENTS, Numbers(-1, 2), "", [Wrong.NEGATIVE]),
        (Kind.TRACING, Numbers(2, 1_000_001), "", [Wrong.TOO_MANY]),
    ],
)
def test_numbers_that_cannot_be(
    kind: Kind, numbers: Numbers, place: str, found: list[Wrong]
) -> None:
    assert faults(kind, numbers, place=place, future=False) == found
    ahead = faults(kind, numbers, place=place, future=True)
    assert ahead == [*found, Wrong.FUTURE]


def test_numbers_that_are_rarely_right_are_asked_about() -> None:
    assert doubts(Kind.BEDS, Numbers(10, 11)) == [Doubt.OVERFULL]
    assert doubts(Kind.BEDS, Numbers(10, 10)) == []
    assert doubts(Kind.TESTS, Numbers(10, 10)) == [Doubt.ALL_POSITIVE]
    assert doubts(Kind.TESTS, Numbers(0, 0)) == []
