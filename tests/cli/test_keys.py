"""The operator adds a key, puts it to use, and may do so twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from typer.testing import CliRunner

from smartkampung.cli.commands import keys as commands
from smartkampung.cli.trouble import Trouble
from smartkampung.kernel.sealed import keyring, read_keys
from smartkampung.residents.models import Person
from tests.population import WAYAN_NIK, wayan


@pytest.fixture
def key_file(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    settings.KEY_FILE = tmp_path / "keys.json"
    read_keys.cache_clear()
    yield settings.KEY_FILE
    read_keys.cache_clear()


def run(command: str) -> str:
    answer = CliRunner().invoke(commands, [command])
    if answer.exception is not None and not isinstance(answer.exception, SystemExit):
        raise answer.exception
    return answer.output


@pytest.mark.django_db
def test_a_key_is_added_and_put_to_use(key_file: Path) -> None:
    run("new")
    wayan()
    assert "Key 2 added" in run("add")
    assert keyring().current == 1
    assert "3 values were sealed anew" in run("rotate")
    assert "0 values were sealed anew" in run("rotate")
    nik = Person.objects.get().nik
    assert nik is not None
    assert (nik.box[0], nik.open()) == (2, WAYAN_NIK)


@pytest.mark.parametrize("command", ["add", "rotate"])
def test_without_a_key_file_the_operator_is_told_what_to_do(
    key_file: Path, command: str
) -> None:
    with pytest.raises(Trouble, match="smartkampung keys new"):
        run(command)
