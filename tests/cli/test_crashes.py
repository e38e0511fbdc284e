"""Killed at any moment, process or database: the registry is as before, or as after."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import SystemRandom

import psycopg
import pytest

import smartkampung.regions
from smartkampung.cli.embedded import APP, DATABASE, OWNER, Cluster
from tests.cli.deployment import COMMAND, Deployment
from tests.database import copy, migrated
from tests.workbooks import SITI, text

PEOPLE = 4_000
HERE = "35.10.09.2003"
REGIONS = Path(smartkampung.regions.__file__).parent / "data" / "35.10"
pytestmark = [pytest.mark.slow]


class World:
    """A cluster and a deployment of its own, and a file of a village."""

    def __init__(self, folder: Path) -> None:
        self.cluster = Cluster(folder / "db", folder / "s")
        copy(migrated(), self.cluster.data)
        self.cluster.start()
        url = self.cluster.url(role=APP, database=DATABASE)
        clean = {
            k: v for k, v in os.environ.items() if not k.startswith("SMARTKAMPUNG_")
        }
        self.deployment = Deployment(
            {
                **clean,
                "DATABASE_URL": url,
                "DATABASE_OWNER_URL": self.cluster.url(role=OWNER, database=DATABASE),
                "SMARTKAMPUNG_HOME": str(folder / "home"),
                "SMARTKAMPUNG_SECRET_KEY": "kD8f0sNq3-Zx9vLw2RtYp7_mHc5jBa1uEo6iGd4lTyKx0w",
            }
        )
        self.file = folder / "penduduk.csv"
        self.file.write_bytes(text(*village()))
        for words in (("keys", "new"), ("migrate",), ("regions", "load", str(REGIONS))):
            answer = self.deployment.run(*words)
            assert answer.returncode == 0, answer.stderr
        begun = time.monotonic()
        assert self.begin().wait() == 0
        self.takes = time.monotonic() - begun
        assert self.people() == WHOLE

    def begin(self) -> "subprocess.Popen[bytes]":
        """Start an import that applies."""
        words = ["import", "opensid", str(self.file), "--village", HERE, "--apply"]
        return subprocess.Popen(
            [*COMMAND, *words],
            env=self.deployment.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def people(self) -> tuple[int, ...]:
        """Return how many people, cards and applied imports there are, once at rest."""
        with self.cluster.superuser(database=DATABASE) as connection:
            self._wait_until_at_rest(connection)
            counts = connection.execute(
                "SELECT (SELECT count(*) FROM residents_person),"
                " (SELECT count(*) FROM residents_family),"
                " (SELECT count(*) FROM residents_import)"
            ).fetchone()
            return tuple(int(str(count)) for count in counts or ())

    def _wait_until_at_rest(
        self, connection: "psycopg.Connection[tuple[object, ...]]"
    ) -> None:
        for _ in range(200):
            busy = connection.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                " AND datname = current_database()"
            ).fetchone()
            if busy is not None and busy[0] == 0:
                return
            time.sleep(0.05)

    def empty(self) -> None:
        """Take everybody out again."""
        with self.cluster.superuser(database=DATABASE) as connection:
            connection.execute(
                "TRUNCATE residents_person, residents_family, residents_import CASCADE"
            )


def village() -> Iterator[dict[str, object]]:
    for number in range(1, PEOPLE + 1):
        yield SITI | {
            "nama": f"WARGA {number}",
            "nik": f"35100951079{number:05}",
            "no_kk": f"35100915011{number // 4 + 1:05}",
        }


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    # Not below pytest's own folder, which it keeps shut to PostgreSQL's account.
    folder = Path(tempfile.mkdtemp(prefix="sk-crash-"))
    folder.chmod(0o755)
    made = World(folder)
    yield made
    made.cluster.stop()
    shutil.rmtree(folder, ignore_errors=True)


WHOLE = (PEOPLE, PEOPLE // 4 + 1, 1)
BEFORE = (0, 0, 0)


def test_a_killed_process_leaves_before_or_after(world: World) -> None:
    for moment in moments(4):
        world.empty()
        process = world.begin()
        time.sleep(world.takes * moment)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert world.people() in (BEFORE, WHOLE), moment


def test_a_killed_database_leaves_before_or_after(world: World) -> None:
    for moment in moments(2):
        world.empty()
        process = world.begin()
        time.sleep(world.takes * moment)
        kill_server(world.cluster)
        process.wait()
        world.cluster.start()
        assert world.people() in (BEFORE, WHOLE), moment
    world.empty()
    assert world.begin().wait() == 0
    assert world.people() == WHOLE


def moments(times: int) -> list[float]:
    """Return when to kill, by chance, as parts of the time that an import takes.

    Spread over the later half: before it, Python has only begun.
    """
    chance = SystemRandom()
    width = 0.55 / times
    return [0.45 + (part + chance.random()) * width for part in range(times)]


def kill_server(cluster: Cluster) -> None:
    """Kill the server and all its processes, as a power cut does."""
    server = cluster.server_pid()
    assert server is not None
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    for pid in [server, *map(int, children)]:
        os.kill(pid, signal.SIGKILL)
    while Path(f"/proc/{server}/stat").exists():
        if Path(f"/proc/{server}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
            break
        time.sleep(0.05)
