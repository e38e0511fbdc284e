"""``smartkampung fhir-export``: one stay as a file, and who took it in the diary."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from smartkampung.audit.models import Event
from smartkampung.cli.commands import add_to
from smartkampung.cli.trouble import Trouble
from smartkampung.isolation.exchange.checking import faults
from smartkampung.kernel.sealed import Sealed
from tests.isolating import WAYAN_NIK
from tests.watching import present

pytestmark = pytest.mark.django_db


def run(*words: object) -> tuple[int, str]:
    """Run the command and return the exit code and all it said."""
    app = typer.Typer()
    add_to(app)
    result = CliRunner().invoke(app, ["fhir-export", *map(str, words)])
    if isinstance(result.exception, Trouble):  # the program says it, and ends with 1
        return 1, str(result.exception)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, " ".join(result.output.split())


def test_a_stay_goes_to_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    stay = present(nik=Sealed.of(WAYAN_NIK, "nik"))
    file = tmp_path / "wayan.json"
    code, said = run(stay.pk, file, "--reason", "diminta RSUD")
    assert (code, "resources are in" in said) == (0, True)
    assert file.stat().st_mode & 0o777 == 0o600
    bundle = json.loads(file.read_text())
    assert faults(bundle) == []
    assert WAYAN_NIK in file.read_text()
    assert WAYAN_NIK not in said
    event = Event.objects.get(name="isolation.exported")
    assert event.by.startswith("os:")
    assert event.detail == {"reason": "diminta RSUD"}


def test_no_such_stay_is_one_sentence_and_no_file(tmp_path: Path) -> None:
    file = tmp_path / "nobody.json"
    code, said = run(404, file, "--reason", "x")
    assert code == 1
    assert "There is no stay 404." in said
    assert not file.exists()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    stay = present()
    code, said = run(stay.pk, tmp_path / "no" / "file.json", "--reason", "x")
    assert code == 1
    assert said == f"There is no folder {tmp_path / 'no'}. Make it, or name another."


def test_without_a_reason_nothing_is_taken_out(tmp_path: Path) -> None:
    code, said = run(present().pk, tmp_path / "file.json")
    assert code == 2
    assert "--reason" in said
    assert not Event.objects.filter(name="isolation.exported").exists()
