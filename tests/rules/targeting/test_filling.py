"""Places are filled by rank within quotas, exactly, and shortages are told."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartkampung.recovery.targeting.rules.filling import (
    LEFT_OVER,
    RANK,
    Group,
    apportion,
    fill,
)

SHIFT = 2
WOMAN, OLD = 1, 2


def _in(village: int, bits: int = 0) -> int:
    return village << SHIFT | bits


@pytest.mark.parametrize(
    ("places", "weights", "shares"),
    [
        (10, {1: 50, 2: 30, 3: 20}, {1: 5, 2: 3, 3: 2}),
        # 3.5, 2.1 and 1.4 of seven: the largest remainder gets the last.
        (7, {1: 50, 2: 30, 3: 20}, {1: 4, 2: 2, 3: 1}),
        # 0.75, 0.75, 0.5: the heavier two; of equal ones the lower number.
        (2, {3: 3, 1: 3, 2: 2}, {3: 1, 1: 1, 2: 0}),
        (1, {2: 1, 1: 1}, {2: 0, 1: 1}),
        (9, {1: 2, 2: 1}, {1: 2, 2: 1}),
        (3, {1: 0}, {1: 0}),
    ],
)
def test_seats_go_by_the_largest_remainder(
    places: int, weights: dict[int, int], shares: dict[int, int]
) -> None:
    assert apportion(places, weights) == shares


def test_without_quotas_the_first_have_the_places() -> None:
    assert fill([0, 0, 0], 2, [], shift=SHIFT).ways == {0: RANK, 1: RANK}


def test_reserved_places_reach_down_and_rank_owes_nothing_to_a_quota() -> None:
    cells = [WOMAN, 0, 0, WOMAN, WOMAN]
    found = fill(cells, 3, [Group(WOMAN, 2, 3)], shift=SHIFT)
    assert found.ways == {0: RANK, 1: RANK, 3: 0}
    assert not found.short


def test_a_group_with_too_few_people_is_told() -> None:
    found = fill([0, 0, WOMAN], 3, [Group(WOMAN, 2, 3)], shift=SHIFT)
    assert (found.short, len(found.ways)) == ({0: 1}, 3)


def test_a_most_is_never_passed_though_places_stay_empty() -> None:
    found = fill([OLD, OLD, OLD], 3, [Group(OLD, 0, 1)], shift=SHIFT)
    assert found.ways == {0: RANK}


def test_one_person_counts_in_every_group_of_theirs() -> None:
    groups = [Group(WOMAN, 1, 2), Group(OLD, 1, 2)]
    found = fill([0, 0, WOMAN | OLD], 2, groups, shift=SHIFT)
    assert found.ways == {0: RANK, 2: 0}


def test_villages_keep_their_seats_and_give_back_what_they_cannot_fill() -> None:
    cells = [_in(1), _in(1), _in(1), _in(2, OLD), _in(2, OLD), _in(3)]
    found = fill(cells, 4, [Group(OLD, 0, 0)], shift=SHIFT, seats=True)
    assert found.seats == {1: 2, 2: 1, 3: 1}
    # Village 2 has a seat and nobody who may sit there: the third of village 1 does.
    assert found.ways == {0: RANK, 1: RANK, 2: RANK, 5: RANK}


def test_a_seat_that_was_given_back_is_told() -> None:
    cells = [_in(2, OLD), _in(2, OLD), _in(1), _in(1)]
    found = fill(cells, 2, [Group(OLD, 0, 0)], shift=SHIFT, seats=True)
    assert found.ways == {2: RANK, 3: LEFT_OVER}


cells = st.lists(st.builds(_in, st.integers(0, 3), st.integers(0, 3)), max_size=40)


@given(
    cells=cells,
    places=st.integers(0, 45),
    least=st.integers(0, 20),
    most=st.integers(0, 30),
    seats=st.booleans(),
)
def test_quotas_are_exact(
    cells: list[int], places: int, least: int, most: int, seats: bool
) -> None:
    groups = [Group(WOMAN, least, 99), Group(OLD, 0, most)]
    found = fill(cells, places, groups, shift=SHIFT, seats=seats)
    chosen = [cells[at] for at in found.ways]
    women, old = (sum(1 for cell in chosen if cell & bit) for bit in (WOMAN, OLD))
    assert len(chosen) <= places
    assert old <= most
    assert (women < least) == (0 in found.short)
    if len(chosen) < places:  # then everybody outside is above a most
        rest = [cell for at, cell in enumerate(cells) if at not in found.ways]
        assert all(cell & OLD for cell in rest)
    # Nobody of the same village and groups was passed over for somebody lower.
    for kind in set(cells):
        taken = [at in found.ways for at, cell in enumerate(cells) if cell == kind]
        assert taken == sorted(taken, reverse=True)
    again = fill(cells, places, groups, shift=SHIFT, seats=seats)
    assert again.ways == found.ways


@given(places=st.integers(0, 60), cells=cells)
def test_seats_add_up_and_nobody_gets_more_than_they_have(
    places: int, cells: list[int]
) -> None:
    villages = Counter(cell >> SHIFT for cell in cells)
    found = apportion(places, villages)
    assert sum(found.values()) == min(places, len(cells))
    assert all(found[village] <= count for village, count in villages.items())
