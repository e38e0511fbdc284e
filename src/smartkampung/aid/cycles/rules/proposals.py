"""States of a proposal, what may happen to it, and why it is left out."""

from enum import StrEnum


class ProposalState(StrEnum):
    """Where a proposal stands."""

    PROPOSED = "proposed"
    VERIFIED = "verified"
    UNFIT = "unfit"
    EXCLUDED = "excluded"
    WAITING = "waiting"
    ENROLLED = "enrolled"
    SUSPENDED = "suspended"
    STOPPED = "stopped"


class EventKind(StrEnum):
    """What can happen to a proposal."""

    PROPOSED = "proposed"
    VERIFIED = "verified"
    UNFIT = "unfit"
    EXCLUDED = "excluded"
    WAITING = "waiting"
    ENROLLED = "enrolled"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    STOPPED = "stopped"
    MOVED = "moved"
    EXCEPTED = "excepted"


class Why(StrEnum):
    """Why a proposal is left out, waits, or stops. Words are in ``cycles.words``.

    Those of the registry and of the conflict matrix are those of a claim.
    """

    NO_VALID_NIK = "no_valid_nik"
    NIK_CONTESTED = "nik_contested"
    DEAD = "dead"
    MOVED = "moved"
    MISSING = "missing"
    MERGED = "merged"
    LIVES_ELSEWHERE = "lives_elsewhere"
    ALREADY_RECEIVING = "already_receiving"
    NOT_POOR = "not_poor"
    NOT_FOUND_AT_ADDRESS = "not_found_at_address"
    OVER_QUOTA = "over_quota"
    ON_REQUEST = "on_request"
    WRONG_DATA = "wrong_data"
    IMPROVED = "improved"
    OTHER = "other"


# What somebody may give as the reason, at each occasion.
UNFIT = (Why.NOT_POOR, Why.NOT_FOUND_AT_ADDRESS, Why.LIVES_ELSEWHERE, Why.OTHER)
STOPPING = (
    Why.DEAD,
    Why.MOVED,
    Why.ALREADY_RECEIVING,
    Why.IMPROVED,
    Why.WRONG_DATA,
    Why.ON_REQUEST,
    Why.OTHER,
)
SUSPENDING = (Why.WRONG_DATA, Why.NOT_FOUND_AT_ADDRESS, Why.MISSING, Why.OTHER)


class Change(StrEnum):
    """What an officer can do to somebody who receives."""

    SUSPEND = "suspend"
    RESUME = "resume"
    STOP = "stop"


P = ProposalState
# From which states each change is possible.
POSSIBLE: dict[Change, tuple[ProposalState, ...]] = {
    Change.SUSPEND: (P.ENROLLED,),
    Change.RESUME: (P.SUSPENDED,),
    Change.STOP: (P.ENROLLED, P.SUSPENDED),
}


def changes_for(state: str) -> list[Change]:
    """Return what may be done to a proposal in a state."""
    return [change for change, states in POSSIBLE.items() if state in states]
