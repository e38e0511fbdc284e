"""Why a card ends, and how long one that was shown counts."""

from datetime import datetime, timedelta
from enum import StrEnum

# Each costs some 10 ms of drawing: more would keep the officer waiting.
MOST_AT_ONCE = 200
SHOWN_COUNTS = timedelta(minutes=30)


class End(StrEnum):
    """Why a card is no longer in force."""

    LOST = "lost"
    DAMAGED = "damaged"
    TAKEN = "taken"
    WITHDRAWN = "withdrawn"


def still_counts(shown_at: datetime, *, at: datetime) -> bool:
    """Say whether a card that was shown then may still be written down."""
    return shown_at <= at < shown_at + SHOWN_COUNTS
