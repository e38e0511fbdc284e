"""What people believe, learned and do for a living. Codes are those of SIAK."""

from typing import NamedTuple

from smartkampung.demo.draw import Deck, Random
from smartkampung.demo.households import MARRIED
from smartkampung.demo.names import HINDU, MUSLIM

NO_WORK, HOUSEHOLD, PUPIL, PENSIONER = 1, 2, 3, 4
UNSCHOOLED, SOME_PRIMARY, PRIMARY, JUNIOR, SENIOR, BACHELOR = 1, 2, 3, 4, 5, 8
POOR, MODEST, WELL_OFF = "poor", "modest", "well_off"
STANDINGS = Deck({POOR: 32, MODEST: 50, WELL_OFF: 18})
BLOOD = Deck({13: 62, 4: 15, 2: 11, 1: 9, 3: 3})

FAITHS = {
    "balinese": Deck({HINDU: 96, 1: 3, 2: 1}),
    "javanese": Deck({MUSLIM: 973, 2: 16, 3: 5, HINDU: 3, 5: 3}),
    "osing": Deck({MUSLIM: 988, 2: 7, 3: 2, HINDU: 2, 5: 1}),
    "madurese": Deck({MUSLIM: 998, 2: 2}),
}
# Schooling of people grown up before 1965, before 1990, and since.
_LEARNED = {
    POOR: (
        Deck({1: 30, 2: 34, 3: 33, 4: 3}),
        Deck({1: 4, 2: 14, 3: 56, 4: 19, 5: 7}),
        Deck({2: 4, 3: 34, 4: 38, 5: 24}),
    ),
    MODEST: (
        Deck({1: 16, 2: 26, 3: 42, 4: 9, 5: 7}),
        Deck({1: 1, 2: 5, 3: 40, 4: 26, 5: 25, 7: 1, 8: 2}),
        Deck({3: 14, 4: 31, 5: 49, 7: 2, 8: 4}),
    ),
    WELL_OFF: (
        Deck({2: 10, 3: 38, 4: 18, 5: 24, 7: 3, 8: 7}),
        Deck({3: 14, 4: 18, 5: 42, 6: 2, 7: 5, 8: 18, 9: 1}),
        Deck({3: 4, 4: 14, 5: 52, 7: 6, 8: 22, 9: 2}),
    ),
}
# Work of men and women by standing and kind of place.
_OFFICE = {5: 13, 15: 18, 16: 3, 18: 5, 65: 8, 88: 24, 84: 14, 7: 1, 6: 1, 74: 2, 72: 1}
_MEN = {
    (POOR, "farm"): {20: 62, 19: 24, 26: 4, 22: 3, 81: 2, 1: 5},
    (POOR, "estate"): {20: 70, 19: 19, 22: 4, 26: 3, 1: 4},
    (POOR, "coast"): {21: 52, 20: 16, 19: 20, 12: 4, 14: 3, 1: 5},
    (POOR, "town"): {19: 58, 26: 9, 81: 6, 14: 7, 84: 5, 15: 8, 1: 7},
    (MODEST, "farm"): {9: 50, 88: 14, 15: 12, 84: 6, 26: 4, 27: 3, 81: 5, 35: 2, 10: 4},
    (MODEST, "estate"): {9: 44, 15: 22, 88: 12, 10: 8, 81: 6, 84: 5, 85: 3},
    (MODEST, "coast"): {11: 46, 88: 14, 9: 10, 15: 14, 84: 8, 79: 3, 81: 5},
    (MODEST, "town"): {15: 34, 88: 28, 84: 12, 81: 8, 14: 5, 18: 6, 26: 4, 35: 3},
    (WELL_OFF, "farm"): _OFFICE | {9: 22, 10: 4, 85: 3},
    (WELL_OFF, "estate"): _OFFICE | {9: 16, 16: 9},
    (WELL_OFF, "coast"): _OFFICE | {11: 18, 12: 4},
    (WELL_OFF, "town"): _OFFICE | {64: 1, 17: 2},
}
_WOMEN = {
    (POOR, "farm"): {2: 50, 20: 38, 19: 6, 23: 4, 84: 2},
    (POOR, "estate"): {2: 48, 20: 46, 19: 4, 23: 2},
    (POOR, "coast"): {2: 60, 21: 18, 19: 10, 12: 6, 84: 6},
    (POOR, "town"): {2: 54, 19: 20, 23: 14, 84: 8, 15: 4},
    MODEST: {2: 60, 15: 13, 84: 9, 88: 9, 9: 6, 30: 3},
    WELL_OFF: {2: 38, 65: 14, 5: 11, 88: 14, 15: 13, 84: 5, 73: 2, 74: 3},
}
MEN = {key: Deck(weights) for key, weights in _MEN.items()}
WOMEN = {
    (standing, place): Deck(_WOMEN.get((standing, place)) or _WOMEN[standing])
    for standing, place in _MEN
}
STUDIES = {POOR: 0.04, MODEST: 0.16, WELL_OFF: 0.5}


class Life(NamedTuple):
    """Schooling and work of one person."""

    education: int
    occupation: int


def life_of(
    age: float, sex: str, marital: int, *, standing: str, place: str, random: Random
) -> Life:
    """Return schooling and work that fit the age, the place and the family."""
    if age < 25 and (age < 16 or marital != MARRIED):
        return _growing_up(age, sex, standing, place, random)
    generation = 0 if age > 62 else 1 if age > 37 else 2
    education = _LEARNED[standing][generation].draw(random)
    if age >= 62:
        return Life(education, _in_old_age(sex, standing, place, random))
    return Life(education, _work(sex, standing, place, education, random))


# Up to which age a child is at which school, and what was finished before.
_SCHOOL = (
    (6.5, Life(UNSCHOOLED, NO_WORK)),
    (12.5, Life(SOME_PRIMARY, PUPIL)),
    (15.5, Life(PRIMARY, PUPIL)),
    (18.5, Life(JUNIOR, PUPIL)),
)


def _growing_up(
    age: float, sex: str, standing: str, place: str, random: Random
) -> Life:
    left_early = age >= 15.5 and standing == POOR and random() < 0.22
    if not left_early:
        for until, life in _SCHOOL:
            if age < until:
                return life
        if random() < STUDIES[standing]:
            return Life(SENIOR, PUPIL)
    education = JUNIOR if left_early else _LEARNED[standing][2].draw(random)
    if random() < 0.2:
        return Life(education, NO_WORK)
    return Life(education, _work(sex, standing, place, education, random))


def _work(sex: str, standing: str, place: str, education: int, random: Random) -> int:
    decks = MEN if sex == "L" else WOMEN
    work = decks[standing, place].draw(random)
    # Teachers, officials and nurses went to school for it.
    if work in {5, 64, 65, 72, 73, 74} and education < BACHELOR:
        return 88
    return work


def _in_old_age(sex: str, standing: str, place: str, random: Random) -> int:
    chance = random()
    if standing == WELL_OFF and chance < 0.3:
        return PENSIONER
    if chance < 0.45:
        return NO_WORK if sex == "L" else HOUSEHOLD
    if chance < 0.6:
        return NO_WORK
    return _work(sex, standing, place, SENIOR, random)
