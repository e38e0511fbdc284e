"""What a family may answer about a hand-over, until when, and who looks at it."""

from datetime import datetime, timedelta
from enum import StrEnum

ANSWER_WITHIN = timedelta(days=30)
CHANGE_WITHIN = timedelta(days=3)
FOLLOW_WITHIN = timedelta(days=5)
# Whose number was recorded this long before still hears of it, whatever was changed.
PHONES_OF = timedelta(days=90)


class Answer(StrEnum):
    """What the family says; the last two where nothing was to be handed over."""

    FULL = "full"
    LESS = "less"
    NOTHING = "nothing"
    RIGHT = "right"
    WRONG = "wrong"


AFTER_AID = (Answer.FULL, Answer.LESS, Answer.NOTHING)
AFTER_NONE = (Answer.RIGHT, Answer.WRONG)
DISPUTES = frozenset({Answer.LESS, Answer.NOTHING, Answer.WRONG})


def answers(*, quantity: int) -> tuple[Answer, ...]:
    """Return what may be answered about a hand-over of so much."""
    return AFTER_AID if quantity else AFTER_NONE


def may_answer(
    *, expires_at: datetime, first_answered_at: datetime | None, at: datetime
) -> bool:
    """Say whether an answer may be given, or changed, now."""
    if first_answered_at is None:
        return at < expires_at
    return at < first_answered_at + CHANGE_WITHIN


def follow_where(*, kecamatan: str, regency: str, recorder_sees: bool) -> str:
    """Return whose work a gap is: the kecamatan's, unless its recorder sees that."""
    return regency if recorder_sees else kecamatan
