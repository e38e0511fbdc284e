"""The restore drill of docs/how-to/restore.md, carried out."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from smartkampung.cli.binaries import account_for, programs
from smartkampung.cli.embedded import Cluster

pytestmark = pytest.mark.slow
HASH = "SELECT md5(string_agg(r::text, '|' ORDER BY id)), count(*) FROM public.ledger r"
FIRST = "INSERT INTO ledger SELECT g, 'row ' || g FROM generate_series(1, 1000) g"
LATER = "INSERT INTO ledger SELECT g, 'row ' || g FROM generate_series(1001, 2000) g"


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="sk-drill-"))
    made.chmod(0o777)
    yield made
    shutil.rmtree(made)


def ask(cluster: Cluster, statement: str) -> tuple[object, ...]:
    with cluster.superuser("smartkampung") as connection:
        cursor = connection.execute(statement.encode())
        return tuple(cursor.fetchone() or ()) if cursor.description else ()


def base_backup(cluster: Cluster, target: Path) -> None:
    account = account_for(cluster.data)
    command = [str(programs(account) / "pg_basebackup"), "-U", "postgres"]
    options = ["-h", str(cluster.socket_folder), "-D", str(target), "-c", "fast"]
    answer = account.run(command + options)
    assert answer.returncode == 0, answer.stderr


def test_a_moment_between_two_writes_comes_back_row_for_row(folder: Path) -> None:
    archive = folder / "wal"
    archive.mkdir()
    archive.chmod(0o777)
    cluster = Cluster(folder / "db", folder / "s")
    cluster.start(
        "-c archive_mode=on", f"-c archive_command='cp %p {archive}/%f'", "-c fsync=off"
    )
    ask(cluster, "CREATE TABLE ledger (id int PRIMARY KEY, words text)")
    base_backup(cluster, folder / "restored")
    ask(cluster, FIRST)  # after the backup: only WAL knows of these
    wanted = ask(cluster, HASH)
    (moment,) = ask(cluster, "SELECT clock_timestamp()::text")
    time.sleep(0.05)
    ask(cluster, LATER)
    ask(cluster, "DELETE FROM ledger WHERE id < 500")
    ask(cluster, "SELECT pg_switch_wal()::text")
    cluster.stop()
    shutil.rmtree(cluster.data)

    restored = Cluster(folder / "restored", folder / "s")
    (restored.data / "recovery.signal").touch()
    with (restored.data / "postgresql.auto.conf").open("a") as settings:
        settings.write(
            f"restore_command = 'cp {archive}/%f %p'\n"
            f"recovery_target_time = '{moment}'\n"
            "recovery_target_action = 'promote'\n"
        )
    subprocess.run(
        [
            "/bin/chown",
            "--reference",
            str(restored.data),
            str(restored.data / "recovery.signal"),
        ],
        check=True,
    )
    restored.start("-c fsync=off")
    try:
        assert ask(restored, HASH) == wanted
    finally:
        restored.stop()
