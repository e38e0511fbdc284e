"""An auditor verifies the ledger of a deployment, and keeps a checkpoint of it."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from smartkampung.cli.embedded import Cluster
from tests.cli.deployment import Deployment
from tests.database import HOME

pytestmark = pytest.mark.slow
MOVE = """
from datetime import datetime, timezone
from smartkampung.ledger.actions import open_account, transfer
from smartkampung.ledger.bulk import seal_waiting
at = datetime(2026, 11, 24, tzinfo=timezone.utc)
open_account(code="source/x", commodity="IDR", may_go_below_zero=True)
open_account(code="budget/x", commodity="IDR")
for n in range(3):
    legs = [("source/x", -5), ("budget/x", 5)]
    transfer(key=f"move:{n}", kind="test", legs=legs, by="sari", at=at)
seal_waiting(at=at)
from smartkampung.audit.actions import record
from smartkampung.audit.bulk import seal_events
from smartkampung.ledger.models import Account
record("test.moved", target=Account(pk="budget/x"), by="sari", amount=15)
seal_events(at=at)
"""


def as_superuser(deployment: Deployment, statement: str) -> None:
    database = urlsplit(deployment.environment["DATABASE_URL"]).path.lstrip("/")
    with Cluster(HOME / "db", HOME / "s").superuser(database=database) as session:
        session.execute("SET session_replication_role = replica")
        session.execute(statement)


@pytest.fixture
def moved(deployment: Deployment) -> Iterator[Deployment]:
    """Three transfers under one seal, gone afterwards."""
    deployment.python(MOVE)
    yield deployment
    tables = ("chainlink", "seal", "entry", "transfer", "account")
    emptied = [f"ledger_{table}" for table in tables]
    emptied += ["audit_eventseal", "audit_event"]
    as_superuser(deployment, "".join(f"DELETE FROM {name};" for name in emptied))


def test_from_a_checkpoint_to_a_fault_that_is_found(
    moved: Deployment, tmp_path: Path
) -> None:
    kept = tmp_path / "checkpoint.json"
    assert moved.run("checkpoint", str(kept)).returncode == 0
    answer = moved.run("verify", "--checkpoint", str(kept))
    assert answer.returncode == 0
    assert "The ledger is whole" in answer.stdout
    assert "The diary of events is whole" in answer.stdout

    as_superuser(moved, "UPDATE audit_event SET by = 'budi' WHERE by = 'sari'")
    told = moved.run("verify", "--json")
    assert told.returncode == 1
    facts = json.loads(told.stdout)
    assert (facts["first"]["subject"], facts["first"]["kind"]) == ("event", "changed")
    as_superuser(moved, "UPDATE audit_event SET by = 'sari' WHERE by = 'budi'")

    as_superuser(moved, "UPDATE ledger_entry SET amount = 9 WHERE amount = 5")
    told = moved.run("verify", "--checkpoint", str(kept))
    assert told.returncode == 1
    assert "says something else than what was signed" in told.stdout
    facts = json.loads(moved.run("verify", "--json").stdout)
    assert facts["whole"] is False
    assert facts["first"]["kind"] == "changed"
    assert {fault["kind"] for fault in facts["faults"]} == {
        "changed",
        "unbalanced",
        "balance",
    }


def test_a_file_that_is_no_checkpoint_is_told(
    deployment: Deployment, tmp_path: Path
) -> None:
    wrong = tmp_path / "recipe.json"
    wrong.write_text("{}")
    for file in (wrong, tmp_path / "nothing.json"):
        answer = deployment.run("verify", "--checkpoint", str(file))
        assert answer.returncode == 1
        assert str(file) in answer.stderr
        assert "Traceback" not in answer.stderr
    answer = deployment.run("checkpoint", str(tmp_path / "none" / "file"))
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
