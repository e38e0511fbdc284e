"""The simulator of a bank as a process of its own, without a database."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from smartkampung.aid.payments.rules.answers import Outcome
from smartkampung.aid.payments.rules.pain001 import (
    Initiation,
    Order,
    Party,
    write_initiation,
)
from smartkampung.aid.payments.rules.pain002 import read_report
from tests.cases import NOW

pytestmark = pytest.mark.slow


def simulate(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "smartkampung.cli", "bank-simulator"]
    options = [str(folder), "--steps", "2", "--seconds", "0"]
    return subprocess.run(
        [*command, *options], capture_output=True, text=True, check=False
    )


def test_it_answers_partly_late_and_twice(tmp_path: Path) -> None:
    payer = Party("Kas Daerah", "114", "0012345678")
    orders = [Order(f"R{n}", 5, Party("Wayan", "114", f"00{n}000")) for n in range(10)]
    told = Initiation("SK-1", NOW, date(2026, 11, 25), payer, orders)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.xml").write_bytes(write_initiation(told))
    done = simulate(tmp_path)
    assert done.returncode == 0, done.stderr
    assert "SIMULATOR" in done.stdout
    files = {file.name: file.read_bytes() for file in (tmp_path / "out").glob("*.xml")}
    assert set(files) == {"SK-1-A.xml", "SK-1-B.xml", "SK-1-A-again.xml"}
    assert files["SK-1-A.xml"] == files["SK-1-A-again.xml"]
    first, late = (read_report(files[name]) for name in ("SK-1-A.xml", "SK-1-B.xml"))
    said = [line.outcome for line in first.lines]
    assert said == [Outcome.PAID] * 6 + [Outcome.PENDING] * 4
    assert [line.outcome for line in late.lines] == [Outcome.PAID] * 3 + [
        Outcome.FAILED
    ]


def test_it_refuses_what_is_no_file_of_payments(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.xml").write_text("<a/>")
    done = simulate(tmp_path)
    assert done.returncode == 1
    assert "neither pain.001 nor camt.055" in done.stderr
