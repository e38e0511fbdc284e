"""Who lives together: ages, sexes and relations of one made-up family.

Tuned to the regency's public totals: 19.9 % younger than 15, 18.8 % of 60 or more,
about 2.9 people on a family card.
"""

from typing import NamedTuple

from smartkampung.demo.draw import Deck, Random

YEAR = 365.25
ADULT = 19
# SIAK codes
HEAD, WIFE, CHILD, IN_LAW, GRANDCHILD, PARENT, PARENT_IN_LAW, OTHER = (
    1,
    3,
    4,
    5,
    6,
    7,
    8,
    9,
)
SINGLE, MARRIED, DIVORCED, WIDOWED = 1, 2, 3, 4

HEAD_AGES = Deck(
    {20: 1.5, 25: 6, 30: 9, 35: 11, 40: 12, 45: 12, 50: 11.5, 55: 10.5}
    | {60: 9.8, 65: 8.4, 70: 5.4, 75: 3.3, 80: 1.6}
)
COUPLE, MOTHER, FATHER, ALONE = "couple", "mother", "father", "alone"
FORMS = Deck({COUPLE: 75, MOTHER: 9, FATHER: 5, ALONE: 11})
CHILDREN_BORN = Deck({0: 6, 1: 23, 2: 42, 3: 21, 4: 8})
CHILDREN_BORN_BEFORE = Deck({0: 5, 1: 14, 2: 30, 3: 28, 4: 15, 5: 8})
# The chance that a grown child has moved out, by age from 19 up.
LEFT_HOME = ((23, 0.30), (27, 0.58), (32, 0.80), (150, 0.93))


class Member(NamedTuple):
    """One person of a household; ``age`` is in years with a fraction."""

    relation: int
    sex: str
    age: float
    marital: int


def household(random: Random) -> list[Member]:
    """Return one family, the head first, then partner, children and others.

    Nobody is older than their parent; a head is an adult.
    """
    age = HEAD_AGES.draw(random) + random() * 5
    form = FORMS.draw(random)
    if form == ALONE:
        return [_alone(age, random)]
    if form == MOTHER:
        age += 4
        head = Member(HEAD, "P", age, WIDOWED if random() < age / 75 else DIVORCED)
        return [head, *_descendants(age, random), *_elders(age, random)]
    if form == FATHER:
        head = Member(HEAD, "L", age, WIDOWED if random() < age / 75 else DIVORCED)
        return [head, *_descendants(age - 3, random)]
    wife = max(ADULT - 1.0, age - 3.5 + (random() - 0.5) * 9)
    return [
        Member(HEAD, "L", age, MARRIED),
        Member(WIFE, "P", wife, MARRIED),
        *_descendants(min(wife, age), random),
        *_elders(max(age, wife), random),
    ]


def _alone(age: float, random: Random) -> Member:
    if random() < 0.55:
        age = 58 + random() * 28
    sex = "P" if random() < (0.58 if age > 55 else 0.3) else "L"
    if age > 55:
        return Member(HEAD, sex, age, WIDOWED)
    return Member(HEAD, sex, age, SINGLE if age < 35 or random() < 0.4 else DIVORCED)


def _descendants(parent: float, random: Random) -> list[Member]:
    """Return children at home, the eldest first, with a child's own new family."""
    deck = CHILDREN_BORN if parent < 52 else CHILDREN_BORN_BEFORE
    birth = 18.5 + random() * 9
    members = []
    for _ in range(deck.draw(random)):
        age = parent - birth
        birth += 2 + random() * 6
        if age < 0 or birth > 52:
            break
        sex = "L" if random() < 0.512 else "P"
        if age >= ADULT and random() < _left(age, sex):
            continue
        members += _child(age, sex, random)
    return members


def _left(age: float, sex: str) -> float:
    chance = next(chance for until, chance in LEFT_HOME if age < until)
    return chance - 0.04 if sex == "L" else chance + 0.03


def _child(age: float, sex: str, random: Random) -> list[Member]:
    if not 22 <= age < 38 or random() > 0.33:
        return [Member(CHILD, sex, age, SINGLE)]
    other = "P" if sex == "L" else "L"
    partner = max(ADULT, age + (2.5 if other == "L" else -2.5) + random())
    family = [Member(CHILD, sex, age, MARRIED), Member(IN_LAW, other, partner, MARRIED)]
    young = min(age, partner) - ADULT - random() * 2
    if young > 0 and random() < 0.75:
        grandchild = "L" if random() < 0.512 else "P"
        family.append(Member(GRANDCHILD, grandchild, random() * young, SINGLE))
    return family


def _elders(age: float, random: Random) -> list[Member]:
    """Return a widowed parent who lives along, or another relative, or nobody."""
    chance = random()
    if age < 58 and chance < 0.13:
        sex = "P" if random() < 0.66 else "L"
        relation = PARENT if random() < 0.6 else PARENT_IN_LAW
        elder = min(96.0, age + 18 + random() * 14)
        return [Member(relation, sex, elder, WIDOWED)]
    if chance > 0.985:
        sex = "L" if random() < 0.5 else "P"
        return [Member(OTHER, sex, 8 + random() * 40, SINGLE)]
    return []
