"""What is signed says one thing in one way; a file that is no checkpoint is told so."""

from datetime import UTC, datetime
from typing import Any

import pytest

from smartkampung.kernel.chains import Fault
from smartkampung.kernel.clock import WIB
from smartkampung.ledger.rules.chain import (
    CHECKPOINT_KIND,
    BadCheckpoint,
    SealFacts,
    read_checkpoint,
    transfer_text,
)
from smartkampung.ledger.rules.faults import Kind, Proof, against_checkpoint, gaps

AT = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)
SEAL = SealFacts(1, 1, 4, AT, "ab")
ROW = {"number": 1, "first": 1, "last": 4, "sealed_at": AT.isoformat(), "mac": "ab"}


def text(**changes: Any) -> str:
    says: dict[str, Any] = {"key": "k", "kind": "t", "at": AT, "by": "sari"}
    return transfer_text(**{**says, "legs": [("a", -1), ("b", 1)], **changes})


def test_the_order_of_legs_and_the_zone_of_the_clock_are_no_matter() -> None:
    assert text() == text(legs=[("b", 1), ("a", -1)], at=AT.astimezone(UTC))


@pytest.mark.parametrize(
    "changes",
    [
        {"key": "other"},
        {"kind": "u"},
        {"by": "budi"},
        {"at": AT.replace(microsecond=1)},
        {"legs": [("a", -2), ("b", 2)]},
        {"legs": [("a", -1), ("c", 1)]},
    ],
)
def test_every_part_of_a_transfer_is_signed(changes: dict[str, object]) -> None:
    assert text(**changes) != text()


def test_positions_that_nobody_holds_are_named() -> None:
    assert [fault.number for fault in gaps([2, 3, 6], last=8)] == [1, 4, 5, 7, 8]
    assert list(gaps([1, 2], last=2)) == []


def test_seals_are_compared_with_those_that_somebody_kept() -> None:
    assert list(against_checkpoint([SEAL], {1: SEAL})) == []
    other = SealFacts(1, 1, 4, AT, "cd")
    (fault,) = against_checkpoint([SEAL], {1: other})
    assert fault == Fault(Kind.REWRITTEN, "seal", 1)
    (fault,) = against_checkpoint([SEAL], {})
    assert fault.words == "seal 1 was there at the checkpoint and is gone"


def test_a_proof_is_whole_without_faults() -> None:
    assert Proof(1, 1, 0, ()).whole
    assert not Proof(1, 1, 0, (Fault(Kind.GAP, "link", 1),)).whole


def test_a_checkpoint_is_read_back() -> None:
    assert read_checkpoint({"kind": CHECKPOINT_KIND, "seals": [ROW]}) == [SEAL]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ([], "kind"),
        ({"kind": "recipe"}, "kind"),
        ({"kind": CHECKPOINT_KIND}, "seals"),
        ({"kind": CHECKPOINT_KIND, "seals": ["x"]}, "seal 1"),
        ({"kind": CHECKPOINT_KIND, "seals": [ROW, ROW | {"first": "x"}]}, "seal 2"),
        ({"kind": CHECKPOINT_KIND, "seals": [{"number": 1}]}, "seal 1"),
    ],
)
def test_what_is_no_checkpoint_is_told_why(content: object, words: str) -> None:
    with pytest.raises(BadCheckpoint, match=words):
        read_checkpoint(content)
