"""When an import may be applied, undone or thrown away. Pure."""

from enum import StrEnum


class Bar(StrEnum):
    """Why something cannot be done with an import now."""

    NOT_READY = "not_ready"
    NOTHING_TO_DO = "nothing_to_do"
    EXPIRED = "expired"
    NOT_APPLIED = "not_applied"
    ALREADY_UNDONE = "already_undone"
    RUNNING = "running"


MB = 1024 * 1024
LARGEST = 200 * MB  # of a file brought on a page
RUNNING = ("received", "applying", "undoing")


def bar_to_apply(*, state: str, to_do: int, expired: bool) -> Bar | None:
    """Return why a preview cannot be applied; nothing when it can."""
    if state in RUNNING:
        return Bar.RUNNING
    if state != "ready":
        return Bar.NOT_READY
    if expired:
        return Bar.EXPIRED
    return None if to_do else Bar.NOTHING_TO_DO


def bar_to_undo(*, state: str, asked: bool = False) -> Bar | None:
    """Return why an import cannot be undone; nothing when it can.

    ``asked`` says that somebody asked for it on the page before, and it comes now.
    """
    if state == "undone":
        return Bar.ALREADY_UNDONE
    if asked and state == "undoing":
        return None
    if state in RUNNING:
        return Bar.RUNNING
    return None if state == "applied" else Bar.NOT_APPLIED


def bar_to_discard(*, state: str) -> Bar | None:
    """Return why an import cannot be thrown away; nothing when it can."""
    return None if state in ("received", "ready", "unusable") else Bar.NOT_READY
