"""Names as people of each culture and generation bear and spell them."""

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from smartkampung.demo.draw import Random, pick
from smartkampung.demo.places import DATA

OLD_UNTIL, MIDDLE_UNTIL = 1966, 1994
OLD_SPELLING_UNTIL = 1953
MUSLIM, HINDU = 1, 4
DEGREE_FROM = 8
_ALL = tomllib.loads((DATA / "names.toml").read_text())
_MUHAMMAD = _ALL["words"]["muhammad"].split()
_DEGREES = _ALL["words"]["degrees"].split()
_ORDER = [names.split() for names in _ALL["words"]["birth_order"]]
_OLD_LETTERS = (("Y", "J"), ("y", "j"), ("u", "oe"))
_OLD_CONSONANTS = (("J", "Dj"), ("j", "dj"), ("C", "Tj"), ("c", "tj"))


class Who(NamedTuple):
    """What a name depends on."""

    culture: str
    sex: str
    born: int
    religion: int
    education: int


class _Lists(NamedTuple):
    old: Sequence[str]
    middle: Sequence[str]
    young: Sequence[str]
    rest: Sequence[str]


@lru_cache
def _lists(culture: str, sex: str) -> _Lists:
    words = _ALL[culture][sex]
    return _Lists(*(words[name].split() for name in _Lists._fields))


def name_of(who: Who, random: Random) -> str:
    """Return a full name, with the titles and spellings of its bearer."""
    if who.culture == "balinese":
        return _balinese(who, random)
    name = _plain(who, random)
    if who.born < OLD_SPELLING_UNTIL and random() < 0.25:
        name = old_spelling(name)
    if who.religion == MUSLIM:
        name = _muslim(name, who, random)
    if who.education >= DEGREE_FROM and random() < 0.6:
        name = f"{name}, {pick(_DEGREES, random)}"
    return name


def parent_name(culture: str, sex: str, child_born: int, random: Random) -> str:
    """Return the first name of a parent who is not on the family card."""
    return pick(_generation(_lists(culture, sex), child_born - 26), random)


def old_spelling(name: str) -> str:
    """Spell a name as before 1972: Sukardi as Soekardi, Jumadi as Djoemadi."""
    for new, old in (*_OLD_CONSONANTS, *_OLD_LETTERS):
        name = name.replace(new, old)
    return name


def _plain(who: Who, random: Random) -> str:
    lists = _lists(who.culture, who.sex)
    first = pick(_generation(lists, who.born), random)
    chance = random()
    if who.born < OLD_UNTIL:
        return first if chance < 0.75 else f"{first} {pick(lists.rest, random)}"
    if chance < (0.22 if who.born < MIDDLE_UNTIL else 0.02):
        return first
    second = pick(lists.rest, random)
    if second == first:
        return first
    if chance < 0.72:
        return f"{first} {second}"
    middle = pick(_generation(lists, who.born), random)
    return f"{first} {middle} {second}" if middle != first else f"{first} {second}"


def _muslim(name: str, who: Who, random: Random) -> str:
    chance = random()
    if who.sex == "L" and who.born >= OLD_UNTIL and chance < 0.17:
        name = f"{pick(_MUHAMMAD, random)} {name}"
    elif who.sex == "L" and who.born < OLD_UNTIL and chance < 0.08:
        name = f"H. {name}"
    elif who.sex == "P" and who.born < OLD_UNTIL and chance < 0.07:
        name = f"Hj. {name}"
    return name


def _balinese(who: Who, random: Random) -> str:
    names = _generation(_lists("balinese", who.sex), who.born)
    order = pick(pick(_ORDER, random), random)
    return f"{'I' if who.sex == 'L' else 'Ni'} {order} {pick(names, random)}"


def _generation(lists: _Lists, born: int) -> Sequence[str]:
    if born < OLD_UNTIL:
        return lists.old
    return lists.middle if born < MIDDLE_UNTIL else lists.young
