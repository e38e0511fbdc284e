"""What a real spreadsheet program saves is read like what we build ourselves."""

from pathlib import Path

from tests.rules.imports.reading import frames
from tests.workbooks import BAYU, SITI_NIK, SLAMET

FILES = Path(__file__).parents[2] / "files"


def told(name: str) -> tuple[list[list[object]], list[list[object]]]:
    """Return the rows of a file and the cells that were rejected."""
    (frame,) = [f for f in frames((FILES / name).read_bytes()) if "rows" in f]
    return frame["rows"], [issue for row in frame["rejected"] for issue in row[1]]


def test_a_workbook_saved_by_libreoffice() -> None:
    rows, rejected = told("libreoffice.xlsx")
    assert [row[6] for row in rows] == ["SLAMET RIYADI", "SITI AMINAH", "BAYU PRATAMA"]
    assert [row[8] for row in rows] == ["1985-04-12", "1990-07-11", "2020-03-05"]
    assert [row[2] for row in rows] == [SLAMET["nik"], SITI_NIK, ""]
    assert [(issue[1], issue[3]) for issue in rejected] == [("G5", "lost_digits")]


def test_a_csv_with_semicolons_and_a_byte_order_mark() -> None:
    rows, rejected = told("libreoffice.csv")
    assert [row[6] for row in rows][:3] == [
        "SLAMET RIYADI",
        "SITI AMINAH",
        BAYU["nama"],
    ]
    assert [row[8] for row in rows][:3] == ["1985-04-12", "1990-07-11", "2020-03-05"]
    assert [row[21:23] for row in rows][:2] == [["002", "007"], ["002", "007"]]
    assert not rejected
