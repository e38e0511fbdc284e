"""A command that only looks finds the demo that runs here; no other command does."""

import os
from pathlib import Path

import pytest

from smartkampung.cli.beside import HOST, PORT, SOCKET, look_at_demo
from smartkampung.cli.embedded import APP
from smartkampung.cli.site import Site


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Let a demo run in a folder, and nobody name a database."""
    monkeypatch.setattr(os, "environ", {"SMARTKAMPUNG_HOME": str(tmp_path)})
    site = Site(tmp_path / "demo", HOST, PORT)
    site.cluster.socket_folder.mkdir(parents=True, exist_ok=True)
    (site.cluster.socket_folder / SOCKET).touch()
    site.place.mkdir(exist_ok=True)
    return site


def test_zones_reads_the_demo_and_says_so(
    demo: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    look_at_demo("zones")
    assert os.environ["DATABASE_URL"] == demo.cluster.url(role=APP)
    assert str(demo.place) in capsys.readouterr().err.replace("\n", "")


@pytest.mark.usefixtures("demo")
def test_whoever_writes_names_a_database() -> None:
    look_at_demo("worker")
    assert "DATABASE_URL" not in os.environ


@pytest.mark.usefixtures("demo")
def test_a_named_database_is_used() -> None:
    os.environ["DATABASE_URL"] = "postgresql://elsewhere/db"
    look_at_demo("zones")
    assert os.environ["DATABASE_URL"] == "postgresql://elsewhere/db"


def test_a_demo_that_stands_still_is_not_read(demo: Site) -> None:
    (demo.cluster.socket_folder / SOCKET).unlink()
    look_at_demo("zones")
    assert "DATABASE_URL" not in os.environ
