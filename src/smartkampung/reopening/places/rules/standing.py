"""How a place and its certificate stand on a day, and how full it may be."""

from datetime import date
from enum import StrEnum


class State(StrEnum):
    """Where a place is on its way into the register."""

    ASKED = "asked"  # by its owner; the village has not answered
    REGISTERED = "registered"
    REFUSED = "refused"
    CLOSED = "closed"  # gave up, or moved away


class Standing(StrEnum):
    """What a certificate is worth on a day. Nothing else is ever said of one."""

    VALID = "valid"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


class Suspending(StrEnum):
    """Where a suspension is."""

    PROPOSED = "proposed"  # by an inspection; somebody else decides
    OPEN = "open"
    LIFTED = "lifted"
    DROPPED = "dropped"  # it was not necessary, with a reason
    ENDED = "ended"  # the place itself was closed


class Ended(StrEnum):
    """Why a certificate ended before its time."""

    NOT = ""
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


def standing(
    *, until: date, ended: Ended, ended_on: date | None, suspended: bool, on: date
) -> Standing:
    """Return what a certificate is worth on a day.

    Withdrawn and replaced are final; a suspension weighs more than a date, because
    what is suspended was found wanting, and does not become harmless by its age.
    """
    if ended and ended_on is not None and ended_on <= on:
        return Standing(ended.value)
    if suspended:
        return Standing.SUSPENDED
    return Standing.VALID if on < until else Standing.EXPIRED
