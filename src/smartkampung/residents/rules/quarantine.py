"""May this NIK claim be decided now, in this way? Guards the write and the button."""

import re
from enum import StrEnum

SHORTEST_REASON = 10
# A NIK or family-card number, however it is grouped.
_NUMBER = re.compile(r"(?:\d[\s.\-]*){12,}")


class Bar(StrEnum):
    """Why a decision cannot be taken. Words: ``residents.words.BARS``."""

    DECIDED = "decided"
    HOLDER_ELSEWHERE = "holder_elsewhere"
    REASON_TOO_SHORT = "reason_too_short"
    NUMBER_IN_REASON = "number_in_reason"


def reason_bars(reason: str) -> list[Bar]:
    """Return what is wrong with a typed reason; reasons are readable, numbers are not."""
    bars = []
    if len(reason.strip()) < SHORTEST_REASON:
        bars.append(Bar.REASON_TOO_SHORT)
    if _NUMBER.search(reason):
        bars.append(Bar.NUMBER_IN_REASON)
    return bars


def bars_to_decide(
    *, decided: bool, claimant_takes: bool, holder_inside: bool, reason: str
) -> list[Bar]:
    """Return everything that stands in the way.

    Nobody takes a NIK from a person outside their own area: an office above both does.
    """
    bars = [Bar.DECIDED] if decided else []
    if claimant_takes and not holder_inside:
        bars.append(Bar.HOLDER_ELSEWHERE)
    return bars + reason_bars(reason)
