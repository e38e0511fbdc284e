"""Ends a process whose parent is gone, so that a killed server leaves nothing behind."""

import os
import signal
import time
from threading import Thread

SUPERVISED = "SMARTKAMPUNG_SUPERVISED"
LOOK_EVERY = 0.3
# After this long without an end to its work, an orphan goes anyway.
GRACE = 5.0


def end_with_parent() -> None:
    """Watch the parent, when a supervisor started this process; end when it is gone."""
    if os.environ.get(SUPERVISED):
        Thread(target=_watch, args=(os.getppid(),), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)
