"""What people are told when something cannot be done to a pilot."""

from smartkampung.kernel.errors import Refused
from smartkampung.reopening.pilots.rules.states import Whynot
from smartkampung.reopening.pilots.words import WHYNOT


class PilotRefused(Refused):
    """This cannot be done to the pilot now, or not by this person; it says why."""

    code = "pilot_refused"


def refuse(why: Whynot | None) -> None:
    """Raise PilotRefused with the words of a reason, if there is one."""
    if why is not None:
        raise PilotRefused(WHYNOT[why], code=f"pilot_{why}")
