"""The oldest PostgreSQL that we promise: Debian's 15, migrated and granted for real."""

import tempfile
from pathlib import Path

import psycopg
import pytest

from smartkampung.cli.embedded import APP, OWNER, Cluster
from tests.cli.deployment import Deployment, deployed

pytestmark = pytest.mark.slow
FIFTEEN = Path("/usr/lib/postgresql/15/bin")


@pytest.mark.skipif(
    not (FIFTEEN / "postgres").exists(), reason="./run test installs it as root"
)
def test_the_program_runs_on_postgresql_15(
    monkeypatch: pytest.MonkeyPatch, worker_id: str
) -> None:
    monkeypatch.setenv("SMARTKAMPUNG_PG_BIN", str(FIFTEEN))
    with tempfile.TemporaryDirectory(prefix="sk-fifteen-") as name:
        home = Path(name)
        home.chmod(0o755)
        cluster = Cluster(home / "db", home / "s")
        cluster.start("-c fsync=off")
        try:
            proved(cluster, home, worker_id)
        finally:
            cluster.stop()


def proved(cluster: Cluster, home: Path, worker_id: str) -> None:
    """Migrate, grant and check there; the program's role reads and cannot rewrite."""
    beside = deployed(home, f"beside_fifteen_{worker_id}")
    urls = {
        "DATABASE_URL": cluster.url(role=APP),
        "DATABASE_OWNER_URL": cluster.url(role=OWNER),
    }
    deployment = Deployment({**beside.environment, **urls})
    for words in (("keys", "new"), ("migrate",)):
        answer = deployment.run(*words)
        assert answer.returncode == 0, answer.stderr
    # Definitions of guards are written the same by every version.
    assert deployment.run("verify").returncode == 0
    said = deployment.run("check").stdout
    assert "1 to mend." in said, said
    assert "No worker is running" in said
    with psycopg.connect(cluster.url(role=APP)) as program:
        assert program.info.server_version // 10_000 == 15
        program.execute("SELECT count(*) FROM ledger_entry")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            program.execute("DELETE FROM ledger_entry")
