"""Ends a process whose parent is gone, so that a killed server leaves nothing behind."""

import os
import signal
import time
from threading import Thread

# Names the parent, because it may be gone before this process first looks.
SUPERVISOR = "SMARTKAMPUNG_SUPERVISOR"
LOOK_EVERY = 0.3
# After this long without an end to its work, an orphan goes anyway.
GRACE = 5.0


def end_with_parent() -> None:
    """Watch the parent, when a supervisor started this process; end when it is gone."""
    parent = os.environ.get(SUPERVISOR)
    if parent:
        Thread(target=_watch, args=(int(parent),), daemon=True).start()


def name_as_parent() -> None:
    """Make processes that are started from here watch this one."""
    if os.environ.get(SUPERVISOR):
        os.environ[SUPERVISOR] = str(os.getpid())


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)
