"""A stranger's first minutes, and everything that can go wrong in them."""

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from smartkampung.cli.embedded import OWNER, Cluster
from tests.cli.demonstration import PATIENCE, Demonstration
from tests.database import HOME

pytestmark = pytest.mark.slow
REPOSITORY = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def demo() -> Iterator[Demonstration]:
    # Not tmp_path: PostgreSQL, which runs as another account when we are root, must
    # be able to go there.
    home = Path(tempfile.mkdtemp(prefix="sk-demo-"))
    home.chmod(0o755)
    made = Demonstration(home)
    yield made
    if made.process and made.process.poll() is None:
        made.process.kill()
        made.process.wait()
        made.wait_until_all_is_gone()
    shutil.rmtree(home)


def people_in(demo: Demonstration) -> int:
    cluster = Cluster(demo.place / "db", demo.place / "s")
    with cluster.superuser("smartkampung") as connection:
        (count,) = connection.execute(
            "SELECT count(*) FROM residents_person"
        ).fetchone() or (0,)
    assert isinstance(count, int)
    return count


def test_a_demo_killed_while_built_begins_anew_survives_a_kill_and_closes_cleanly(
    demo: Demonstration,
) -> None:
    """One build for all of it: making a demo takes most of a minute of a processor."""
    kill_while_it_is_built(demo)
    said = demo.start()
    assert_it_says_how_to_enter(demo, said)
    for path in ("/", "/demo/", "/readyz", "/t/", "/regions/"):
        assert demo.get(path) == 200
    # A report opens a form of its own, and the browser goes there.
    assert demo.get("/aid/report/") == 302
    people = people_in(demo)
    assert people >= 2000
    # A second one in the same folder, and another program on the same port, are told.
    again = Demonstration(demo.home).try_to_start()
    assert again.returncode == 1
    assert "A demo already runs" in again.stderr

    demo.end(signal.SIGKILL)
    demo.wait_until_all_is_gone()
    # A lock that a crashed machine left behind names a process that is none of ours.
    lock = demo.place / "db" / "postmaster.pid"
    lock.write_text(f"{os.getpid()}\n{demo.place / 'db'}\n1\n5432\n\n\n")
    demo.start()
    assert people_in(demo) == people
    assert demo.get("/readyz") == 200
    assert demo.end(signal.SIGINT) == 0
    demo.wait_until_all_is_gone()
    assert not lock.exists()


def kill_while_it_is_built(demo: Demonstration) -> None:
    output = demo.launch()
    until = time.monotonic() + PATIENCE
    while not (demo.place / "keys.json").exists():
        assert time.monotonic() < until, output.read_text()
        time.sleep(0.1)
    assert demo.end(signal.SIGTERM) == 130
    assert demo.leftovers() == []


def assert_it_says_how_to_enter(demo: Demonstration, said: str) -> None:
    assert f"http://localhost:{demo.port}" in said
    facts = json.loads((demo.place / "ready.json").read_text())
    for account, role, _place in facts["accounts"]:
        assert account in said
        assert role in said
    assert facts["password"] in said
    assert facts["secret"] in said


def test_a_taken_port_is_named(demo: Demonstration) -> None:
    with socket.create_server(("127.0.0.1", demo.port)):
        answer = demo.try_to_start()
    assert answer.returncode == 1
    assert f"--port {demo.port + 1}" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_folder_that_cannot_be_written_is_named(demo: Demonstration) -> None:
    file = demo.home / "file"
    file.write_text("in the way")
    for home in ("/sys/smartkampung", str(file / "below")):
        demo.settings = {"SMARTKAMPUNG_HOME": home}
        answer = demo.try_to_start()
        assert answer.returncode == 1
        assert home in answer.stderr
        assert "Traceback" not in answer.stderr


def test_an_old_postgresql_is_named(demo: Demonstration) -> None:
    old = demo.home / "bin"
    old.mkdir()
    program = old / "postgres"
    program.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 14.9 (Debian)'\n")
    program.chmod(0o755)
    demo.settings = {"SMARTKAMPUNG_PG_BIN": str(old)}
    answer = demo.try_to_start()
    assert answer.returncode == 1
    assert "is version 14; 15 or newer is needed" in answer.stderr
    demo.settings = {"SMARTKAMPUNG_PG_BIN": "/nowhere"}
    assert "no PostgreSQL server program in /nowhere" in demo.try_to_start().stderr


def test_reset_asks_before_it_deletes(demo: Demonstration) -> None:
    demo.place.mkdir()
    (demo.place / "precious").write_text("x")
    assert demo.try_to_start("--reset").returncode == 1
    assert (demo.place / "precious").exists()


def test_a_database_that_holds_something_is_no_place_for_a_demo(
    demo: Demonstration, worker_id: str
) -> None:
    cluster = Cluster(HOME / "db", HOME / "s")
    name = f"precious_{worker_id}"
    with cluster.superuser() as connection:
        connection.execute(f"CREATE DATABASE {name} OWNER {OWNER}")
    url = cluster.url(role=OWNER, database=name)
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE precious (x int)")
    demo.settings = {"DATABASE_URL": url}
    answer = demo.try_to_start()
    assert answer.returncode == 1
    assert "not empty" in answer.stderr
    assert "own is not deleted" in demo.try_to_start("--reset", "--yes").stderr


@pytest.mark.parametrize(
    ("fake", "sentence"),
    [
        ("exit 1", "Python 3.11 or newer is needed"),
        ('case "$*" in *venv*) exit 1;; esac', "Install python3-venv or uv"),
    ],
    ids=["python too old", "no venv module"],
)
def test_run_tells_what_the_machine_lacks(
    tmp_path: Path, fake: str, sentence: str
) -> None:
    """The script itself, where only a poor Python is to be found."""
    checkout, programs = tmp_path / "checkout", tmp_path / "bin"
    checkout.mkdir()
    programs.mkdir()
    shutil.copy(REPOSITORY / "run", checkout)
    (checkout / "requirements.lock").touch()
    for name in ("dirname", "cmp", "rm", "cat"):
        found = shutil.which(name)
        assert found
        (programs / name).symlink_to(found)
    python = programs / "python3"
    python.write_text(f"#!/bin/sh\n{fake}\n")
    python.chmod(0o755)
    demo = Demonstration(tmp_path)
    demo.settings = {"PATH": str(programs)}
    answer = run(checkout, demo)
    assert answer.returncode == 1
    assert sentence in answer.stderr


def run(checkout: Path, demo: Demonstration) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", str(checkout / "run"), "demo"],
        env=demo.environment(),
        check=False,
        capture_output=True,
        text=True,
    )
