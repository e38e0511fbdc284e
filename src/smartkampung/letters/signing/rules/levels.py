"""How much a signature proves, said honestly."""

from enum import StrEnum


class Level(StrEnum):
    """What a reader may conclude from a signed PDF, beside who signed it."""

    # Time told by somebody else, and everything inside to check it years later.
    LONG_TERM = "b-lt"
    # The same form, but this system told the time itself: no witness from outside.
    OWN_TIME = "b-lt-own-time"
    # As the national service made it; what it holds is read when it is checked.
    REMOTE = "remote"


class PortName(StrEnum):
    """Who makes the signature."""

    LOCAL = "local"
    BSRE = "bsre"


MOST_TRIES = 5
SHORTEST_PASSPHRASE = 10
