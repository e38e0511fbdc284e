"""When a block of the conflict matrix may be overridden, and by whom."""

from dataclasses import dataclass
from enum import StrEnum


class Bar(StrEnum):
    """Why this officer may not ask for an exception, or decide about one."""

    NOT_WAITING = "not_waiting"
    OTHER_REASONS = "other_reasons"
    NOT_BLOCKED = "not_blocked"
    SAME_PROGRAMME = "same_programme"
    ASKED_BEFORE = "asked_before"
    ASKED_IT = "asked_it"
    ANSWERED = "answered"
    KIN = "kin"


@dataclass(frozen=True)
class Block:
    """What is known of a case and of the record that stands in its way.

    ``waiting``: a claim waits for its decision, or a proposal was left out and its
    cycle is open. ``alone``: nothing but other aid stands in the way.
    """

    waiting: bool
    alone: bool
    blocked: bool
    same_programme: bool


def bars_to_ask(block: Block, *, asked_before: bool, kin: bool) -> list[Bar]:
    """Return why an exception cannot be asked for."""
    return _true(
        {
            **_bars(block),
            Bar.ASKED_BEFORE: asked_before,
            Bar.KIN: kin,
        }
    )


def bars_to_answer(
    block: Block,
    *,
    granted: bool,
    answered: bool,
    asked_by: int,
    by: int,
    kin: bool,
) -> list[Bar]:
    """Return why this officer may not answer so; to refuse is possible to the end."""
    return _true(
        {
            **(_bars(block) if granted else {}),
            Bar.ANSWERED: answered,
            Bar.ASKED_IT: asked_by == by,
            Bar.KIN: kin,
        }
    )


def _bars(block: Block) -> dict[Bar, bool]:
    return {
        Bar.NOT_WAITING: not block.waiting,
        Bar.OTHER_REASONS: not block.alone,
        Bar.SAME_PROGRAMME: block.same_programme,
        Bar.NOT_BLOCKED: not block.blocked and not block.same_programme,
    }


def _true(tests: dict[Bar, bool]) -> list[Bar]:
    return [bar for bar, holds in tests.items() if holds]
