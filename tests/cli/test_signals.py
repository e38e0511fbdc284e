"""Public series come in by command; a wrong file ends in a sentence for each cell."""

from pathlib import Path

import pytest
from django.utils.translation import override
from typer.testing import CliRunner

from smartkampung.cli.signals import app
from smartkampung.reopening.signals.models import OfficialColour, ProvinceDay

pytestmark = pytest.mark.django_db
DAYS = "tanggal,kasus_baru,sembuh_baru,meninggal_baru\n2020-03-18,2,0,0\n"
ZONES = "tanggal,kode_kemendagri,nama,zona,sumber\n"


def run(command: str, file: Path, text: str) -> tuple[int, str]:
    """Run a command on a file and return the exit code and all it said."""
    file.write_text(text)
    result = CliRunner().invoke(app, [command, str(file)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, " ".join(result.output.split())


def test_a_series_twice_is_once(tmp_path: Path) -> None:
    file = tmp_path / "jatim.csv"
    assert run("import-province", file, DAYS) == (0, "days: 1")
    assert run("import-province", file, DAYS) == (0, "days: 0")
    assert ProvinceDay.objects.get().cases == 2


def test_colours_twice_are_once(tmp_path: Path) -> None:
    told = f"{ZONES}2020-09-13,35.10,Blambangan,merah,https://contoh.id/1\n"
    file = tmp_path / "zona.csv"
    assert run("import-colours", file, told) == (0, "colours: 1")
    assert run("import-colours", file, told) == (0, "colours: 0")
    assert OfficialColour.objects.get().colour == "red"


def test_a_wrong_cell_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    wrong = f"{DAYS}2020-03-19,dua,0,0\n2020-03-32,1,0,0\n"
    with override("en"):
        code, said = run("import-province", tmp_path / "jatim.csv", wrong)
    assert code == 2
    assert "Nothing was written." in said
    assert "Row 3, column kasus_baru: Write a whole number" in said
    assert "Row 4, column tanggal: Write the day as 2020-05-28." in said
    assert not ProvinceDay.objects.exists()
    with override("id"):
        _, said = run("import-province", tmp_path / "jatim.csv", wrong)
    assert "Baris 3, kolom kasus_baru: Tulis bilangan bulat" in said


def test_a_file_that_is_not_there_ends_in_a_sentence(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["import-colours", str(tmp_path / "none.csv")])
    assert result.exit_code == 2
    assert "Cannot read" in result.output
