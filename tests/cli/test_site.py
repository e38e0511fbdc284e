"""What a demo remembers beside its database, when the database is made anew."""

from pathlib import Path

import pytest

from smartkampung.cli.demo import preparation
from smartkampung.cli.embedded import Cluster
from smartkampung.cli.site import Site


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is done to the database, in order, in place of doing it."""
    steps: list[str] = []
    monkeypatch.delenv("DATABASE_URL", raising=False)
    for name in ("start", "stop_when_this_process_ends", "make_database_anew"):

        def step(_cluster: Cluster, *_options: str, name: str = name) -> None:
            steps.append(name)

        monkeypatch.setattr(Cluster, name, step)
    return steps


def kept_seal(site: Site) -> Path:
    """Keep the last seal of a ledger, as a checkpoint does."""
    seal = site.place / "checkpoints" / "last-seal.json"
    seal.parent.mkdir(parents=True)
    seal.write_text("{}")
    return seal


def test_a_new_ledger_forgets_the_seal_of_the_one_before(
    tmp_path: Path, done: list[str]
) -> None:
    site = Site(tmp_path, "localhost", 8000)
    seal = kept_seal(site)
    site.start_database()
    assert done[-1] == "make_database_anew"
    # Else verify would miss seals that this ledger never had.
    assert not seal.exists()
    site.start_database()


def test_a_ledger_that_stays_keeps_its_seal(tmp_path: Path, done: list[str]) -> None:
    site = Site(tmp_path, "localhost", 8000)
    seal = kept_seal(site)
    site.ready.write_text("{}")
    site.start_database()
    assert "make_database_anew" not in done
    assert seal.exists()


def test_the_clock_of_a_demo_moves_on_and_starts_again_with_it(
    tmp_path: Path, done: list[str]
) -> None:
    site = Site(tmp_path, "localhost", 8000)
    assert site.environment()["SMARTKAMPUNG_TIME_TRAVEL"] == "0"
    site.travel(3)
    site.travel(11)
    assert site.environment()["SMARTKAMPUNG_TIME_TRAVEL"] == "14"
    assert preparation(site, 2_000, 1).environment["SMARTKAMPUNG_TIME_TRAVEL"] == "0"
    site.clear()
    assert site.days_ahead == 0
