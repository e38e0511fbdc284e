"""What a message to a whole area may say and cost. Pure."""

from datetime import timedelta
from enum import StrEnum

# Who decides when nobody did in time.
BY = "job"
LARGE_FAMILIES = 200
LARGE_COST = 75_000
# Rupiah a month, until somebody changes it.
CAPS = {"regency": 20_000_000, "kecamatan": 2_000_000, "village": 300_000}


class State(StrEnum):
    """Where a broadcast stands."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"


class Wording(StrEnum):
    """The words that there are; each is a template of notify."""

    NEWS = "broadcast_news"
    MEETING = "broadcast_meeting"
    HEALTH_POST = "broadcast_health_post"
    OFFICE_CLOSED = "broadcast_office_closed"
    STORM = "broadcast_storm"
    FLOOD = "broadcast_flood"
    WATER = "broadcast_water"
    CALLED_OFF = "broadcast_called_off"


class Danger(StrEnum):
    """What an announcement may warn of."""

    STORM = "storm"
    FLOOD = "flood"
    WATER = "water"


WARNS: dict[str, Wording] = {
    Danger.STORM: Wording.STORM,
    Danger.FLOOD: Wording.FLOOD,
    Danger.WATER: Wording.WATER,
}
DANGERS = frozenset(WARNS.values())
# These wake people up: a flood does not wait for seven in the morning.
AT_ONCE = DANGERS | {Wording.CALLED_OFF}
# Nobody flees from a warning of this morning.
WARNING_HOLDS = timedelta(hours=6)
# What was seen longer ago is seen again before phones ring.
ALLOW_WITHIN = timedelta(hours=2)
WITH_A_DAY = frozenset({Wording.MEETING, Wording.HEALTH_POST, Wording.OFFICE_CLOSED})


def wordings_for(danger: str) -> list[Wording]:
    """Return the words that may be chosen for an announcement: one warning at most,
    of the very danger that it warns of. A warning is called off, not chosen.
    """
    apart = AT_ONCE - {WARNS.get(danger)}
    return [one for one in Wording if one not in apart]


def is_large(*, families: int, cost: int) -> bool:
    """Say whether a second person must allow it."""
    return families > LARGE_FAMILIES or cost > LARGE_COST


def cap_of(level: str) -> int:
    """Return what an area of a level may spend in a month unless said otherwise."""
    return CAPS.get(level, CAPS["village"])
