"""What may happen at a hand-over, and where the goods go."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Outcome(StrEnum):
    """What happened when the recipient was called."""

    RECEIVED = "received"
    PARTIAL = "partial"
    ABSENT = "absent"
    DECLINED = "declined"


class Proof(StrEnum):
    """By what the recipient confirmed."""

    NONE = "none"
    ONE_TIME_CODE = "one_time_code"
    SIGNATURE = "signature"


FINAL = frozenset({Outcome.RECEIVED, Outcome.PARTIAL, Outcome.DECLINED})
GIVES = frozenset({Outcome.RECEIVED, Outcome.PARTIAL})
# Whoever is absent on so many days, as two people at least saw, is absent for good.
MOST_ABSENCES = 3
WITNESSES = 2


class Fault(StrEnum):
    """What is wrong with what the officer wrote down."""

    QUANTITY_MISSING = "quantity_missing"
    QUANTITY_NOT_LESS = "quantity_not_less"
    PROOF_MISSING = "proof_missing"
    CODE_MISSING = "code_missing"
    SIGNATURE_OR_PHOTO_MISSING = "signature_or_photo_missing"


@dataclass(frozen=True)
class Noted:
    """What the officer wrote down about one call."""

    outcome: Outcome
    quantity: int | None = None
    proof: Proof = Proof.NONE
    has_code: bool = False
    has_signature: bool = False
    has_photo: bool = False


def faults(noted: Noted, *, due: int) -> list[Fault]:
    """Return everything that is missing or wrong, to be mended at once."""
    if noted.outcome not in GIVES:
        return []
    found = []
    if noted.outcome is Outcome.PARTIAL:
        if not noted.quantity or noted.quantity < 1:
            found.append(Fault.QUANTITY_MISSING)
        elif noted.quantity >= due:
            found.append(Fault.QUANTITY_NOT_LESS)
    return found + _proof_faults(noted)


def _proof_faults(noted: Noted) -> list[Fault]:
    complete = {
        Proof.NONE: (False, Fault.PROOF_MISSING),
        Proof.ONE_TIME_CODE: (noted.has_code, Fault.CODE_MISSING),
        Proof.SIGNATURE: (
            noted.has_signature and noted.has_photo,
            Fault.SIGNATURE_OR_PHOTO_MISSING,
        ),
    }
    holds, fault = complete[noted.proof]
    return [] if holds else [fault]


def quantity_of(noted: Noted, *, due: int) -> int:
    """Return how much was handed out."""
    if noted.outcome is Outcome.RECEIVED:
        return due
    return (noted.quantity or 0) if noted.outcome is Outcome.PARTIAL else 0


@dataclass(frozen=True)
class Absence:
    """One call that nobody answered: on which day, and who wrote it down."""

    on: date
    by: int


def gone_for_good(absences: Collection[Absence]) -> bool:
    """Say whether the recipient did not come on three days, as two people saw."""
    days = {absence.on for absence in absences}
    witnesses = {absence.by for absence in absences}
    return len(days) >= MOST_ABSENCES and len(witnesses) >= WITNESSES


def needs_witness(absences: Collection[Absence]) -> bool:
    """Say whether only a second person's call is missing before aid goes back."""
    days = {absence.on for absence in absences}
    return len(days) >= MOST_ABSENCES - 1 and not gone_for_good(absences)


def returns_all(outcome: Outcome, *, absences: Collection[Absence]) -> bool:
    """Say whether everything goes back: declined, or absent for good."""
    gone = outcome is Outcome.ABSENT and gone_for_good(absences)
    return outcome is Outcome.DECLINED or gone
