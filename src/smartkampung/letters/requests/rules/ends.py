"""Letters that hold no longer: what is said of them instead of "ready to fetch"."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum


class Ended(StrEnum):
    """Why an issued letter holds no longer."""

    EXPIRED = "expired"
    REVOKED = "revoked"
    REPLACED = "replaced"


ENDS: Collection[str] = frozenset(Ended)


def ended(
    *, revoked: bool, replaced: bool, until: date | None, on: date
) -> Ended | None:
    """Return why a letter holds no longer on a day; None while it holds."""
    if replaced:
        return Ended.REPLACED
    if revoked:
        return Ended.REVOKED
    return Ended.EXPIRED if until and until < on else None
