"""Operators search for doubles by command, and train the weights anew."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from smartkampung.cli.duplicates import app
from smartkampung.duplicates.models import Run
from smartkampung.duplicates.rules.weights import current_model, read_model
from tests.population import wayan

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# Loads what a web process and a worker load, and names what must not be among it.
LOADED = """
import sys, django
django.setup()
import smartkampung.config.urls, smartkampung.config.wsgi, smartkampung.jobs.worker
heavy = {"splink", "duckdb", "pyarrow", "pyspark", "sqlglot"} & set(sys.modules)
print(sorted(heavy))
"""


def run(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, " ".join(result.output.split())


def test_a_search_says_what_it_found() -> None:
    wayan()
    code, said = run("run")
    assert code == 0
    assert "people: 1, pairs: 0, new: 0" in said
    assert Run.objects.get().model_version == current_model().version


def test_trained_weights_can_be_used(tmp_path: Path) -> None:
    file = tmp_path / "weights.json"
    code, _said = run("train", file, "--people", 600, "--strangers", 20_000)
    assert code == 0
    model = read_model(file)
    assert model.trained["people"] == 600
    assert model.threshold == current_model().threshold
    assert json.loads(file.read_text())["version"] != current_model().version
    wayan()
    assert run("run", "--model", file)[0] == 0
    assert Run.objects.get().model_version == model.version


def test_web_processes_and_workers_do_not_load_the_search() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", LOADED],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "smartkampung.config.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.strip() == "[]"
