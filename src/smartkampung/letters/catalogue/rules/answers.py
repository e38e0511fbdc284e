"""Whether what somebody answered can stand on a letter."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from smartkampung.letters.catalogue.rules.fields import Fact
from smartkampung.letters.catalogue.rules.kinds import Asked, AskedType, Kind, When

MOST = {
    AskedType.TEXT: 200,
    AskedType.LONG: 1_000,
    AskedType.NUMBER: 999_999,
    AskedType.MONEY: 99_999_999_999,
}
_DIGITS = re.compile(r"^[0-9]{1,11}$")
_NUMBER = re.compile(r"(?<!\d)\d{16}(?!\d)")
_LONG_DATES = range(1900, 2101)
# Nobody plans a feast or a journey further ahead: a longer date is a slip of the hand.
PLANNED_WITHIN = timedelta(days=731)


class AnswerFault(StrEnum):
    """What is wrong with one answer."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    NOT_A_NUMBER = "not_a_number"
    TOO_MUCH = "too_much"
    NOT_A_DATE = "not_a_date"
    NOT_YET = "not_yet"
    OVER = "over"
    TOO_EARLY = "too_early"
    BEFORE_BIRTH = "before_birth"
    TOO_FAR = "too_far"
    NOT_A_CHOICE = "not_a_choice"
    CARD_NUMBER = "card_number"


def answer_faults(
    kind: Kind,
    answers: Mapping[str, Fact],
    *,
    on: date,
    born: date | None = None,
    before: Mapping[str, Fact] | None = None,
) -> dict[str, tuple[AnswerFault, int]]:
    """Return what is wrong by question, with the limit that was passed.

    What has happened is not dated after ``on``, nor before whom it is about was
    ``born``; what is planned not before ``on`` nor two years after it. What was
    answered ``before`` and stays was planned in time, however long the office took.
    Whether a resident is of the family is for whoever knows the family.
    """
    found: dict[str, tuple[AnswerFault, int]] = {}
    for one in kind.asked:
        stays = (before or {}).get(one.name) == answers.get(one.name)
        fault = (
            _fault(one, answers.get(one.name, ""))
            or _left_out(one, answers)
            or _before_birth(one, answers, born)
            or _misplaced(one, answers, on, stays=stays)
        )
        if fault:
            found[one.name] = fault, limit(one)
    return found


def limit(one: Asked) -> int:
    """Return how many signs an answer may have, or how high a number may be."""
    most = MOST.get(one.type, 0)
    return min(one.most, most) if one.most and most else most


def _fault(one: Asked, answer: Fact) -> AnswerFault | None:
    if not answer:
        return AnswerFault.MISSING if one.required else None
    if isinstance(answer, list) or one.type in {
        AskedType.RESIDENT,
        AskedType.RESIDENTS,
    }:
        return None
    match one.type:
        case AskedType.CHOICE:
            known = {choice.code for choice in one.choices}
            return None if answer in known else AnswerFault.NOT_A_CHOICE
        case AskedType.DATE:
            return None if _day_of(answer) else AnswerFault.NOT_A_DATE
        case AskedType.NUMBER | AskedType.MONEY:
            return _of_number(one, answer)
        case _:
            return _of_text(one, answer)


def _left_out(one: Asked, answers: Mapping[str, Fact]) -> AnswerFault | None:
    """Return that neither of two questions was answered, where one must be."""
    either = not one.unless or answers.get(one.name) or answers.get(one.unless)
    return None if either else AnswerFault.MISSING


def _before_birth(
    one: Asked, answers: Mapping[str, Fact], born: date | None
) -> AnswerFault | None:
    said = _day_of(answers.get(one.name, ""))
    happened = one.type is AskedType.DATE and one.when is When.PAST
    return (
        AnswerFault.BEFORE_BIRTH if happened and born and said and said < born else None
    )


def _misplaced(
    one: Asked, answers: Mapping[str, Fact], on: date, *, stays: bool
) -> AnswerFault | None:
    """Return how a date that can be read lies on the wrong side of another."""
    said = _day_of(answers.get(one.name, ""))
    if one.type is not AskedType.DATE or said is None:
        return None
    if one.when is When.PAST and said > on:
        return AnswerFault.NOT_YET
    if one.when is When.AHEAD and said < on and not stays:
        return AnswerFault.OVER
    if one.when is When.AHEAD and said > on + PLANNED_WITHIN and not stays:
        return AnswerFault.TOO_FAR
    first = _day_of(answers.get(one.after, ""))
    return AnswerFault.TOO_EARLY if first and said < first else None


def _of_number(one: Asked, answer: str) -> AnswerFault | None:
    if not _DIGITS.match(answer):
        return AnswerFault.NOT_A_NUMBER
    return AnswerFault.TOO_MUCH if int(answer) > limit(one) else None


def _of_text(one: Asked, answer: str) -> AnswerFault | None:
    if _NUMBER.search(answer):
        return AnswerFault.CARD_NUMBER
    return AnswerFault.TOO_LONG if len(answer) > limit(one) else None


def _day_of(answer: Fact) -> date | None:
    try:
        said = date.fromisoformat(answer) if isinstance(answer, str) else None
    except ValueError:
        return None
    return said if said and said.year in _LONG_DATES else None
