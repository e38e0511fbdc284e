"""Which beds a party gets: together, with nobody unfitting, in the smallest room."""

from datetime import date

import pytest

from smartkampung.isolation.rules.intake import (
    DateProblem,
    date_problem,
    is_no_show,
)
from smartkampung.isolation.rules.rooms import Bed, Guest, Room, choose_beds
from smartkampung.isolation.rules.states import Need, stay_days, taken_days

JUNE = date(2020, 6, 4)
HE, SHE = Guest("L", date(1990, 1, 1)), Guest("P", date(1992, 1, 1))
BABY = Guest("P", date(2019, 12, 1))
COT = Bed(9, free=True, cot=True)


def room(pk: int, *beds: int, taken: tuple[int, ...] = (), sexes: str = "") -> Room:
    """Return a room of beds with these numbers."""
    return Room(
        pk,
        tuple(Bed(bed, free=bed not in taken) for bed in beds),
        frozenset(sexes),
        own_bathroom=pk == 1,
        women_only=pk == 5,
    )


def chosen(
    rooms: list[Room], *party: Guest, needs: frozenset[Need] = frozenset()
) -> list[int] | None:
    return choose_beds(rooms, party, needs=needs, on=JUNE)


CASES = {
    "one man in the first free bed": (
        [room(1, 11, 12, taken=(11,), sexes="L")],
        [HE],
        [12],
    ),
    "no man next to a woman": ([room(1, 11, 12, taken=(11,), sexes="P")], [HE], None),
    "no couple next to a woman": (
        [room(1, 1, 2, 3, taken=(1,), sexes="P")],
        [HE, SHE],
        None,
    ),
    "a couple in an empty room": ([room(1, 11, 12)], [HE, SHE], [11, 12]),
    "the smallest room": ([room(1, 1, 2, 3), room(2, 4, 5)], [HE, SHE], [4, 5]),
    "all or nobody": ([room(1, 1, 2, taken=(1,))], [HE, SHE], None),
    "not torn apart when a room could hold them": (
        [room(1, 1, 2, taken=(1,)), room(2, 3)],
        [HE, SHE],
        None,
    ),
    "spread when no room could ever hold them": (
        [room(2, 3), room(1, 1, 2)],
        [HE, SHE, BABY],
        [1, 2, 3],
    ),
    "not spread next to strangers": (
        [room(1, 1, 2), room(2, 3, 4, taken=(4,), sexes="P")],
        [HE, SHE, BABY],
        None,
    ),
    "no man in a room for women": ([room(5, 1)], [HE], None),
    "a woman in a room for women": ([room(5, 1)], [SHE], [1]),
    "no rooms": ([], [HE], None),
}


@pytest.mark.parametrize("case", CASES)
def test_choosing(case: str) -> None:
    rooms, party, beds = CASES[case]
    assert chosen(rooms, *party) == beds


def test_a_cot_is_for_a_small_child_and_for_nobody_else() -> None:
    family = Room(1, (Bed(1, free=True), COT))
    assert chosen([family], SHE, BABY) == [1, 9]
    assert chosen([family], HE, SHE) is None
    assert chosen([Room(1, (COT,))], Guest("P", None)) is None


@pytest.mark.parametrize(
    ("born", "small"),
    [(date(2017, 6, 4), False), (date(2017, 6, 5), True), (date(2016, 2, 29), False)],
)
def test_a_child_sleeps_in_a_cot_until_it_is_three(born: date, small: bool) -> None:
    assert Guest("L", born).sleeps_in_cot(JUNE) is small


def test_a_child_born_on_a_leap_day_is_no_riddle() -> None:
    assert Guest("L", date(2020, 2, 29)).sleeps_in_cot(date(2023, 2, 28))
    assert not Guest("L", date(2020, 2, 29)).sleeps_in_cot(date(2023, 3, 1))


def test_needs_choose_the_room() -> None:
    rooms = [room(1, 1, 2, 3), room(2, 4)]
    assert chosen(rooms, HE, needs=frozenset({Need.OWN_BATHROOM})) == [1]
    assert chosen([room(2, 4)], HE, needs=frozenset({Need.OWN_BATHROOM})) is None
    alone = frozenset({Need.WOMEN_ONLY})
    assert chosen([room(2, 4)], SHE, needs=alone) == [4]
    assert chosen([room(2, 4)], HE, needs=alone) is None


def test_fourteen_days_and_one_of_cleaning() -> None:
    since, until = stay_days(date(2020, 2, 20))
    assert (since, until) == (date(2020, 2, 20), date(2020, 3, 5))
    assert taken_days(since, until) == (date(2020, 2, 20), date(2020, 3, 6))


@pytest.mark.parametrize(
    ("on", "problem"),
    [
        (date(2020, 6, 3), DateProblem.PAST),
        (JUNE, None),
        (date(2020, 9, 2), None),
        (date(2020, 9, 3), DateProblem.TOO_FAR),
    ],
)
def test_days_that_can_be_booked(on: date, problem: DateProblem | None) -> None:
    assert date_problem(on, today=JUNE) == problem


def test_nobody_is_missed_before_the_day_after() -> None:
    assert not is_no_show(JUNE, today=date(2020, 6, 5))
    assert is_no_show(JUNE, today=date(2020, 6, 6))
