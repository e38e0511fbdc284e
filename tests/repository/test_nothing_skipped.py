"""In CI a test that cannot run fails."""

from pathlib import Path
from typing import Literal

import pytest

from tests.conftest import fail_if_skipped

Outcome = Literal["passed", "failed", "skipped"]
ROOT = Path(__file__).resolve().parent.parent.parent


def report(outcome: Outcome) -> pytest.TestReport:
    return pytest.TestReport(
        nodeid="test_x",
        location=("test_x.py", 1, "test_x"),
        keywords={},
        outcome=outcome,
        longrepr=("test_x.py", 1, "Skipped: only root may mount a disk"),
        when="setup",
    )


def test_what_was_skipped_fails_and_says_why() -> None:
    skipped = report("skipped")
    fail_if_skipped(skipped)
    assert skipped.failed
    assert "only root may mount a disk" in str(skipped.longrepr)


@pytest.mark.parametrize("outcome", ["passed", "failed"])
def test_what_ran_stays_as_it_was(outcome: Outcome) -> None:
    ran = report(outcome)
    fail_if_skipped(ran)
    assert ran.outcome == outcome


def test_ci_asks_for_it() -> None:
    assert "SMARTKAMPUNG_CI=1" in (ROOT / ".ci/run").read_text()
