"""What is looked at every night; each part may be run at any time, and again."""

from datetime import datetime

from smartkampung.recovery.programmes.actions.answering import expire
from smartkampung.recovery.programmes.actions.counting import count_figures
from smartkampung.recovery.programmes.actions.following import ask_what_is_due
from smartkampung.recovery.programmes.actions.inviting import fill_all
from smartkampung.recovery.programmes.actions.lending import watch_loans


def every_night(*, at: datetime) -> dict[str, int]:
    """End late invitations, fill places, ask what is due, watch loans, count figures."""
    return {
        "expired": expire(at=at),
        "invited": fill_all(at=at),
        "asked": ask_what_is_due(at=at),
        "late": watch_loans(at=at),
        "figures": count_figures(at=at),
    }
