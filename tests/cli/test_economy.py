"""Operators bring real figures in by command; a wrong file ends in a sentence."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

import smartkampung.recovery.economy
from smartkampung.cli.economy import app
from smartkampung.recovery.economy.models import KnownFigure

FILE = Path(smartkampung.recovery.economy.__file__).parent / "data/known.csv"

pytestmark = pytest.mark.django_db


def run(file: Path) -> tuple[int, str]:
    """Run the command and return the exit code and all it said."""
    result = CliRunner().invoke(app, ["load-known", str(file)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, " ".join(result.output.split())


def test_the_figures_of_a_file_are_loaded() -> None:
    rows = len(FILE.read_text().splitlines()) - 1
    assert run(FILE) == (0, f"figures: {rows}")
    assert run(FILE) == (0, f"figures: {rows}")
    assert KnownFigure.objects.count() == rows


@pytest.mark.parametrize(
    "text", ["a,b\n1,2\n", FILE.read_text().replace("year", "tahun"), "\xff"]
)
def test_a_wrong_file_ends_in_a_sentence(tmp_path: Path, text: str) -> None:
    wrong = tmp_path / "known.csv"
    wrong.write_bytes(text.encode("latin-1", "replace"))
    code, said = run(wrong)
    assert code == 2
    assert "known.csv" in "".join(said.split()), "a long path is broken over lines"
    assert not KnownFigure.objects.exists()


def test_a_file_that_is_not_there_ends_in_a_sentence(tmp_path: Path) -> None:
    assert run(tmp_path / "none.csv")[0] == 2
