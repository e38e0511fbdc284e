"""What can happen in a life, and whether it can have happened then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What happened to one person. Kept for good: only add to these."""

    BIRTH = "birth"
    DEATH = "death"
    MOVE_IN = "move_in"
    MOVE = "move"
    MOVE_OUT = "move_out"
    MISSING = "missing"
    FOUND = "found"
    RETURN = "return"
    NEW_CARD = "new_card"
    SPLIT = "split"
    MERGE = "merge"
    HEAD_CHANGE = "head_change"
    MARRIAGE = "marriage"
    DIVORCE = "divorce"
    WIDOWED = "widowed"


# Who is counted in a place from then on, and who no longer is. A move does both.
ARRIVES = frozenset({Kind.BIRTH, Kind.MOVE_IN, Kind.FOUND, Kind.RETURN})
LEAVES = frozenset({Kind.DEATH, Kind.MOVE_OUT, Kind.MISSING})
LIVING, DEAD, MOVED, MISSING = "living", "dead", "moved", "missing"
MERGED = "merged"  # another record of the same person stands for this one
# The status from which each of these can begin; anything else begins with the living.
_FROM = {
    Kind.DEATH: frozenset({LIVING, MISSING}),
    Kind.FOUND: frozenset({MISSING}),
    Kind.RETURN: frozenset({MOVED}),
}


class Bar(StrEnum):
    """Why something cannot be written down. Words: ``residents.life.words.BARS``."""

    DIED = "died"
    MOVED_AWAY = "moved_away"
    IS_MISSING = "is_missing"
    IS_HERE = "is_here"
    IS_MERGED = "is_merged"
    IN_FUTURE = "in_future"
    BEFORE_BIRTH = "before_birth"
    BEFORE_LAST_EVENT = "before_last_event"
    CHANGED_MEANWHILE = "changed_meanwhile"
    NOBODY_CHOSEN = "nobody_chosen"
    HEAD_NEEDED = "head_needed"
    NEW_CARD_HEAD_NEEDED = "new_card_head_needed"
    SAME_HEAD = "same_head"
    SAME_PLACE = "same_place"
    NO_SUCH_RT = "no_such_rt"
    ALL_MUST_GO = "all_must_go"
    CARD_TAKEN = "card_taken"
    CARD_UNKNOWN = "card_unknown"
    CARD_ELSEWHERE = "card_elsewhere"
    SAME_CARD = "same_card"
    RELATION_NEEDED = "relation_needed"
    ALREADY_MARRIED = "already_married"
    SPOUSE_MARRIED = "spouse_married"
    SPOUSE_ELSEWHERE = "spouse_elsewhere"
    NOT_MARRIED = "not_married"
    SAME_SEX = "same_sex"
    SAME_PERSON = "same_person"
    NIK_LIVES_HERE = "nik_lives_here"
    NIK_RETURNS = "nik_returns"
    ALREADY_RECORDED = "already_recorded"
    MOTHER_TOO_YOUNG = "mother_too_young"
    MOTHER_NOT_A_WOMAN = "mother_not_a_woman"
    NOBODY_LIVES_THERE = "nobody_lives_there"
    NO_PLACE_NAMED = "no_place_named"


_GONE = {
    DEAD: Bar.DIED,
    MOVED: Bar.MOVED_AWAY,
    MISSING: Bar.IS_MISSING,
    MERGED: Bar.IS_MERGED,
}
YOUNGEST_MOTHER = 12


@dataclass(frozen=True)
class Standing:
    """How a person stands in the registry now."""

    status: str
    born_on: date | None
    last_event_on: date | None = None


def bars_to_happen(
    kind: Kind, people: Iterable[Standing], *, on: date, today: date
) -> list[Bar]:
    """Return everything that speaks against this having happened to them on a day.

    Events of a person are written down in the order in which they happened: whoever
    forgot one takes back the later first, or asks for a correction.
    """
    tests = {Bar.IN_FUTURE: on > today}
    allowed = _FROM.get(kind, frozenset({LIVING}))
    for person in people:
        if person.status not in allowed:
            tests[_GONE.get(person.status, Bar.IS_HERE)] = True
        if person.born_on is not None and on < person.born_on:
            tests[Bar.BEFORE_BIRTH] = True
        if person.last_event_on is not None and on < person.last_event_on:
            tests[Bar.BEFORE_LAST_EVENT] = True
    return [bar for bar, holds in tests.items() if holds]


def bars_to_be_born(
    *,
    born_on: date,
    today: date,
    anybody_lives_there: bool,
    known_already: bool,
    mother_born_on: date | None,
    mother_sex: str,
) -> list[Bar]:
    """Return everything that speaks against a birth into a family."""
    tests = {
        Bar.IN_FUTURE: born_on > today,
        Bar.NOBODY_LIVES_THERE: not anybody_lives_there,
        Bar.ALREADY_RECORDED: known_already,
        Bar.MOTHER_NOT_A_WOMAN: mother_sex == "L",
        Bar.MOTHER_TOO_YOUNG: mother_born_on is not None
        and born_on.year - mother_born_on.year < YOUNGEST_MOTHER,
    }
    return [bar for bar, holds in tests.items() if holds]
