"""Work on a batch that is too large for one request: its kinds, states and parts."""

from enum import StrEnum

# So many payments are filled in or sent while the officer waits; more are a job's.
AT_ONCE = 1_000
# So many are filled in by one job, which then promises the next.
PART = 2_000


class WorkKind(StrEnum):
    """What is done to a batch."""

    FILL = "fill"
    SEND = "send"


class WorkState(StrEnum):
    """How far it is."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    REFUSED = "refused"
