"""What an officer writes down at the counter, and where the goods go."""

from datetime import date, timedelta
from typing import Any

import pytest

from smartkampung.aid.rules.handover import (
    Absence,
    Fault,
    Noted,
    Outcome,
    Proof,
    faults,
    needs_witness,
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


FIRST = date(2026, 11, 24)


def calls(*who: int, days: int = 1) -> list[Absence]:
    """Return absences that these people wrote down, so many days apart."""
    return [
        Absence(on=FIRST + timedelta(days=days * number), by=by)
        for number, by in enumerate(who)
    ]


@pytest.mark.parametrize(
    ("outcome", "absences", "returns"),
    [
        (Outcome.RECEIVED, calls(1, 2, 1), False),
        (Outcome.PARTIAL, [], False),
        (Outcome.DECLINED, [], True),
        (Outcome.ABSENT, calls(1, 2), False),
        (Outcome.ABSENT, calls(1, 1, 1), False),
        (Outcome.ABSENT, calls(1, 2, 1, days=0), False),
        (Outcome.ABSENT, calls(1, 1, 2), True),
    ],
)
def test_everything_goes_back_after_three_days_that_two_people_saw(
    outcome: Outcome, absences: list[Absence], returns: bool
) -> None:
    assert returns_all(outcome, absences=absences) is returns


@pytest.mark.parametrize(
    ("absences", "needs"),
    [
        (calls(1), False),
        (calls(1, 1), True),
        (calls(1, 1, 1), True),
        (calls(1, 1, 2), False),
    ],
)
def test_when_only_a_second_witness_is_missing(
    absences: list[Absence], needs: bool
) -> None:
    assert needs_witness(absences) is needs
