"""A demo on a real small disk: what it says, and that it recovers when there is room.

A disk in memory, which only root may mount; elsewhere there is nothing to test with.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from smartkampung.cli.embedded import DATABASE, Cluster
from tests.cli.demonstration import PATIENCE, Demonstration

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a disk"),
]
MEGABYTE = 1_000_000
ENOUGH = 900


class Disk:
    """A disk of some megabytes, and the demo whose home it is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.demo = Demonstration(folder)

    def mount(self, megabytes: int, *, again: bool = False) -> None:
        """Make the disk so big; a mounted one grows or shrinks."""
        size = f"{'remount,' if again else ''}size={megabytes}m,mode=755"
        subprocess.run(
            ["/bin/mount", "-t", "tmpfs", "-o", size, "tmpfs", str(self.folder)],
            check=True,
        )

    def leave(self, megabytes: int) -> None:
        """Shrink the disk until so much of it is free."""
        used = shutil.disk_usage(self.folder).used // MEGABYTE
        self.mount(used + megabytes, again=True)


@pytest.fixture
def disk() -> Iterator[Disk]:
    folder = Path(tempfile.mkdtemp(prefix="sk-disk-"))
    folder.chmod(0o755)
    made = Disk(folder)
    made.mount(ENOUGH)
    yield made
    process = made.demo.process
    if process and process.poll() is None:
        process.kill()
        process.wait()
    made.demo.wait_until_all_is_gone()
    subprocess.run(["/bin/umount", "-l", str(folder)], check=True)
    folder.rmdir()


def test_a_disk_that_is_too_small_is_named_before_anything_is_made(disk: Disk) -> None:
    disk.mount(200, again=True)
    answer = disk.demo.try_to_start()
    assert answer.returncode == 1
    assert str(disk.folder) in answer.stderr
    assert "needs 700 MB" in answer.stderr
    assert not (disk.demo.place / "db").exists()


def test_a_disk_that_fills_up_is_told_and_with_room_the_demo_begins_anew(
    disk: Disk,
) -> None:
    disk.demo.launch()
    output = disk.folder / "output"
    until = time.monotonic() + PATIENCE
    while not (disk.demo.place / "keys.json").exists():
        assert time.monotonic() < until, output.read_text()
        time.sleep(0.05)
    disk.leave(8)
    assert disk.demo.process is not None
    assert disk.demo.process.wait(PATIENCE) == 1
    disk.demo.wait_until_all_is_gone()
    said = output.read_text()
    assert "is full. Free some space and retry." in said
    assert "Traceback" not in said
    disk.mount(ENOUGH, again=True)
    output = disk.demo.launch()
    # That what was begun anew also ends well, tests/cli/test_demo.py shows.
    until = time.monotonic() + PATIENCE
    while not regions_in(disk.demo):
        assert time.monotonic() < until, output.read_text()
        assert disk.demo.process.poll() is None, output.read_text()
        time.sleep(0.2)
    assert disk.demo.end(signal.SIGTERM) == 130


def regions_in(demo: Demonstration) -> int:
    """Return how many regions the new database has, once it has any tables."""
    cluster = Cluster(demo.place / "db", demo.place / "s")
    try:
        with cluster.superuser(DATABASE) as connection:
            (count,) = connection.execute(
                "SELECT count(*) FROM regions_region"
            ).fetchone() or (0,)
    except (psycopg.OperationalError, psycopg.errors.UndefinedTable):
        return 0
    return int(str(count))
