"""How long a resident may read on, and how often a code is sent. Pure."""

from datetime import datetime, timedelta

IDLE = timedelta(minutes=15)
ABSOLUTE = timedelta(hours=1)
# Seen again is written down at most once a minute: reading must not mean writing.
SEEN_EVERY = timedelta(minutes=1)


def ends_at(*, begun_at: datetime, seen_at: datetime) -> datetime:
    """Return when a session ends if nobody comes back."""
    return min(seen_at + IDLE, begun_at + ABSOLUTE)
