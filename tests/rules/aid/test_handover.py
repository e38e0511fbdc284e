"""What an officer writes down at the counter, and where the goods go."""

from typing import Any

import pytest

from smartkampung.aid.rules.handover import (
    MOST_ABSENCES,
    Fault,
    Noted,
    Outcome,
    Proof,
    faults,
    quantity_of,
    returns_all,
)

CODE: dict[str, Any] = {"proof": Proof.ONE_TIME_CODE, "has_code": True}


@pytest.mark.parametrize(
    ("noted", "found"),
    [
        (Noted(Outcome.ABSENT), []),
        (Noted(Outcome.DECLINED), []),
        (Noted(Outcome.RECEIVED), [Fault.PROOF_MISSING]),
        (Noted(Outcome.RECEIVED, **CODE), []),
        (Noted(Outcome.RECEIVED, proof=Proof.ONE_TIME_CODE), [Fault.CODE_MISSING]),
        (
            Noted(Outcome.RECEIVED, proof=Proof.SIGNATURE, has_signature=True),
            [Fault.SIGNATURE_OR_PHOTO_MISSING],
        ),
        (
            Noted(
                Outcome.RECEIVED,
                proof=Proof.SIGNATURE,
                has_signature=True,
                has_photo=True,
            ),
            [],
        ),
        (Noted(Outcome.PARTIAL, quantity=4, **CODE), []),
        (Noted(Outcome.PARTIAL, quantity=10, **CODE), [Fault.QUANTITY_NOT_LESS]),
        (Noted(Outcome.PARTIAL, quantity=0, **CODE), [Fault.QUANTITY_MISSING]),
        (Noted(Outcome.PARTIAL), [Fault.QUANTITY_MISSING, Fault.PROOF_MISSING]),
    ],
)
def test_faults(noted: Noted, found: list[Fault]) -> None:
    assert faults(noted, due=10) == found


@pytest.mark.parametrize(
    ("noted", "quantity"),
    [
        (Noted(Outcome.RECEIVED, quantity=3), 10),
        (Noted(Outcome.PARTIAL, quantity=3), 3),
        (Noted(Outcome.ABSENT, quantity=3), 0),
        (Noted(Outcome.DECLINED, quantity=3), 0),
    ],
)
def test_how_much_was_handed_out(noted: Noted, quantity: int) -> None:
    assert quantity_of(noted, due=10) == quantity


@pytest.mark.parametrize(
    ("outcome", "before", "returns"),
    [
        (Outcome.RECEIVED, 0, False),
        (Outcome.PARTIAL, 0, False),
        (Outcome.DECLINED, 0, True),
        (Outcome.ABSENT, MOST_ABSENCES - 2, False),
        (Outcome.ABSENT, MOST_ABSENCES - 1, True),
    ],
)
def test_when_everything_goes_back(
    outcome: Outcome, before: int, returns: bool
) -> None:
    assert returns_all(outcome, absences_before=before) is returns
