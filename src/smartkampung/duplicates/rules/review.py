"""May this pair be decided so now? Guards the write and the button."""

from enum import StrEnum

MERGED = "merged"


class Bar(StrEnum):
    """Why something cannot be done with a pair. Words: ``duplicates.words.BARS``."""

    DECIDED = "decided"
    ELSEWHERE = "elsewhere"
    ALREADY_MERGED = "already_merged"
    UNDONE = "undone"
    BUILT_UPON = "built_upon"


def bars_to_decide(
    *, decided: bool, inside: bool, statuses: tuple[str, str]
) -> list[Bar]:
    """Return every reason why a pair cannot be decided now.

    ``inside`` says whether both records lie in the officer's area.
    """
    found = {
        Bar.DECIDED: decided,
        Bar.ELSEWHERE: not inside,
        Bar.ALREADY_MERGED: MERGED in statuses,
    }
    return [bar for bar, stands in found.items() if stands]


def bars_to_undo(*, undone: bool, inside: bool, survivor_status: str) -> list[Bar]:
    """Return every reason why a merge cannot be undone now."""
    found = {
        Bar.UNDONE: undone,
        Bar.ELSEWHERE: not inside,
        Bar.BUILT_UPON: survivor_status == MERGED,
    }
    return [bar for bar, stands in found.items() if stands]


def common_region(first: str, second: str) -> str:
    """Return the smallest region that holds two places, a village or larger.

    ``35.10.09.2003`` for two RTs of one village, ``35.10`` for two kecamatan.
    """
    common = []
    for one, other in zip(first.split(".")[:4], second.split(".")[:4], strict=False):
        if one != other:
            break
        common.append(one)
    return ".".join(common)


def region_above(code: str) -> str:
    """Return the next larger region, or the same when it is a regency or larger."""
    above, _, _ = code.rpartition(".")
    return above if above.count(".") >= 1 else code
