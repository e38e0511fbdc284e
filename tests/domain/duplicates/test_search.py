"""The trained model on Splink: finds planted doubles, and agrees with the Python twin."""

from pathlib import Path

import pytest

from smartkampung.demo.doubled import DoubledRegency
from smartkampung.demo.doubles import KINDS
from smartkampung.duplicates.linkage.engine import in_memory, registered
from smartkampung.duplicates.linkage.find import Explained, Scored, Search
from smartkampung.duplicates.linkage.table import table_of
from smartkampung.duplicates.linkage.train import trained_odds
from smartkampung.duplicates.rules.comparisons import COMPARISONS
from smartkampung.duplicates.rules.weights import current_model

MODEL = current_model()
Pairs = set[tuple[int, int]]
pytestmark = pytest.mark.slow


class Searched:
    """One search of a small regency, shared by the tests of this file."""

    def __init__(self) -> None:
        self.regency = DoubledRegency(4_000, seed=11, share=0.05)
        self.table = table_of(self.regency.facts())
        with in_memory() as engine:
            people = registered(engine, self.table)
            search = Search(people, MODEL, count=self.table.num_rows)
            self.scored: list[Scored] = search.pairs(threshold=-20)
            self.explained: list[Explained] = list(search.explained(self.scored))
            self.disk = engine.duckdb_con.execute(
                "SELECT current_setting('temp_directory'),"
                " current_setting('enable_external_access')"
            ).fetchone()
            self.files = engine.duckdb_con.execute(
                "SELECT path FROM duckdb_databases() WHERE NOT internal"
            ).fetchall()

    def proposed(self) -> Pairs:
        """Return the pairs that an officer would be shown."""
        least = MODEL.threshold
        return {
            (pair.first, pair.second)
            for pair in self.explained
            if pair.evidence.weight >= least
        }


@pytest.fixture(scope="module")
def searched() -> Searched:
    return Searched()


def test_planted_doubles_are_found_and_strangers_left_in_peace(
    searched: Searched,
) -> None:
    truth, found = searched.regency.truth(), searched.proposed()
    right = found & truth.keys()
    assert set(truth.values()) == set(KINDS)
    assert len(right) / len(truth) >= 0.9
    assert len(right) / len(found) >= 0.95


def test_python_weighs_as_splink_does(searched: Searched) -> None:
    splink = {(pair.first, pair.second): pair.weight for pair in searched.scored}
    assert len(searched.explained) > 200
    for pair in searched.explained:
        weight = splink[pair.first, pair.second]
        assert pair.evidence.weight == pytest.approx(weight, abs=0.05)


def test_nothing_reaches_the_disk(searched: Searched) -> None:
    assert searched.disk == ("", False)
    assert searched.files == [(None,)]


def test_no_number_is_plain_in_the_table(searched: Searched) -> None:
    niks = searched.table.column("nik").to_pylist()
    known = [nik for nik in niks if nik]
    assert len(known) > 3_000
    in_regency = sum(nik.startswith("3510") for nik in known)
    assert in_regency < len(known) / 2


def test_training_finds_odds_for_every_level() -> None:
    regency = DoubledRegency(1_500, seed=12, share=0.1)
    table = table_of(regency.facts())
    odds = trained_odds(table, regency.truth(), strangers=1e5, seed=1)
    assert list(odds) == [comparison.name for comparison in COMPARISONS]
    for comparison in COMPARISONS:
        assert list(odds[comparison.name]) == [lv.code for lv in comparison.levels]
    agree, differ = odds["name"]["same"], odds["name"]["other"]
    assert agree[0] > agree[1]
    assert differ[0] < differ[1]


def test_the_package_holds_no_database_of_people() -> None:
    folder = Path(__file__).parents[3] / "src/smartkampung/duplicates"
    kinds = {path.suffix for path in folder.rglob("*") if path.is_file()}
    assert kinds <= {".py", ".json", ".pyc"}
