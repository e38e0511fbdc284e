"""Who may allow and fetch an export, and when one is large. Pure."""

from enum import StrEnum

LARGE = 500


class Bar(StrEnum):
    """Why something cannot be done with an export."""

    OWN_REQUEST = "own_request"
    NOT_WAITING = "not_waiting"
    NOT_READY = "not_ready"
    NOT_YOURS = "not_yours"


def is_large(people: int) -> bool:
    """Say whether so many people leave the registry only with a second approver."""
    return people > LARGE


def bar_to_decide(*, state: str, asked_by: str, decider: str) -> Bar | None:
    """Return why somebody cannot decide about a request; nothing when they can."""
    if state != "waiting":
        return Bar.NOT_WAITING
    return Bar.OWN_REQUEST if asked_by == decider else None


def bar_to_fetch(
    *, state: str, asked_by: str, fetcher: str, expired: bool
) -> Bar | None:
    """Return why somebody cannot fetch a file; nothing when they can."""
    if asked_by != fetcher:
        return Bar.NOT_YOURS
    return Bar.NOT_READY if state != "ready" or expired else None
