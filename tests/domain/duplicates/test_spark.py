"""For a province: the same comparisons and weights on Splink's Spark backend."""

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from smartkampung.duplicates.linkage.engine import in_memory, registered
from smartkampung.duplicates.linkage.find import Search
from smartkampung.duplicates.linkage.table import table_of
from smartkampung.duplicates.rules.weights import current_model
from tests.domain.duplicates.spark_search import THRESHOLD, people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (shutil.which("java") and importlib.util.find_spec("pyspark")),
        reason="needs Java 17 and pyspark: ./run test installs both",
    ),
]


def test_spark_weighs_every_pair_as_duckdb_does() -> None:
    """Spark runs in a process of its own: it starts a virtual machine that stays."""
    answer = subprocess.run(
        [sys.executable, "-m", "tests.domain.duplicates.spark_search"],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    on_spark = {(a, b): weight for a, b, weight in json.loads(answer.stdout)}
    table = table_of(people())
    with in_memory() as engine:
        search = Search(registered(engine, table), current_model(), count=len(table))
        on_duckdb = {
            (a, b): weight for a, b, weight in search.pairs(threshold=THRESHOLD)
        }
    assert len(on_duckdb) >= 4
    assert on_spark == pytest.approx(on_duckdb, abs=1e-6)
