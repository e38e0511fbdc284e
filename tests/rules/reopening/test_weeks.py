"""No difference of anything that was ever told gives away a count from 1 to 4."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartkampung.kernel.small_cells import TOTAL, small
from smartkampung.reopening.signals.rules.weeks import (
    WAIT,
    WEEK,
    Unseen,
    monday_of,
    shown,
    to_tell,
)

MONDAY = date(2020, 7, 13)
PLACES = ("utara", "selatan", "barat", "timur")
Cell = tuple[str, int]  # a place and a day
Equation = tuple[frozenset[Cell], int]
Row = dict[Cell, int]
PRIME = 2**61 - 1


def solved(
    equations: Sequence[Equation], wanted: Sequence[frozenset[Cell]]
) -> set[int]:
    """Return which sums of cells every solution of the equations agrees on.

    Gauss, modulo a large prime: whatever can be got by adding and subtracting tables.
    """
    basis: dict[Cell, Row] = {}
    for side, _ in equations:
        left = _reduced(side, basis)
        if left:
            pivot = min(left)
            inverse = pow(left[pivot], -1, PRIME)
            basis[pivot] = {c: v * inverse % PRIME for c, v in left.items()}
    return {at for at, side in enumerate(wanted) if not _reduced(side, basis)}


def _reduced(side: Iterable[Cell], basis: Mapping[Cell, Row]) -> Row:
    row = dict.fromkeys(side, 1)
    done: Row = {}
    while row:
        cell = min(row)
        times = row.pop(cell)
        if cell not in basis:
            done[cell] = times
            continue
        for other, value in basis[cell].items():
            if other != cell:
                left = (row.pop(other, 0) - times * value) % PRIME
                if left:
                    row[other] = left
    return done


def told(
    cases: Mapping[Cell, int], starts: Sequence[int], silent: Collection[str] = ()
) -> tuple[list[Equation], list[frozenset[Cell]]]:
    """Return what is told of the 7 days from each start, and the small counts in it."""
    equations, secrets = [], []
    for start in starts:
        days = range(start, start + 7)
        groups = {place: frozenset((place, day) for day in days) for place in PLACES}
        counts = {place: sum(cases.get(c, 0) for c in g) for place, g in groups.items()}
        groups[TOTAL] = frozenset().union(*groups.values())
        said = {p: n if n or p not in silent else None for p, n in counts.items()}
        for place, count in shown(said).items():
            if isinstance(count, int):
                equations.append((groups[place], count))
            if count == 0 or (count is Unseen.NOT_TOLD and place != TOTAL):
                equations += [(frozenset({cell}), 0) for cell in groups[place]]
        secrets += [groups[place] for place, count in counts.items() if small(count)]
    return equations, secrets


CASES = st.dictionaries(
    st.tuples(st.sampled_from(PLACES), st.integers(0, 20)),
    st.integers(1, 9),
    max_size=20,
)


@settings(max_examples=40)
@given(CASES, st.sets(st.sampled_from(PLACES)))
def test_weeks_that_do_not_overlap_give_nobody_away(
    cases: dict[Cell, int], silent: set[str]
) -> None:
    """Also where it is known that a kecamatan of which nobody told has no case."""
    equations, secrets = told(cases, range(0, 21, 7), silent)
    single = [frozenset({cell}) for cell, count in cases.items() if small(count)]
    assert not solved(equations, [*secrets, *single])


def test_weeks_that_slide_would_give_somebody_away() -> None:
    """The solver finds what it looks for: so the test above can fail."""
    cases = {("utara", 7): 5, ("utara", 8): 2, ("utara", 9): 5}
    two_people = [frozenset({("utara", 8)})]
    sliding, _ = told(cases, range(4))
    assert solved(sliding, two_people)
    whole, _ = told(cases, (0, 7))
    assert not solved(whole, two_people)


def test_a_week_told_twice_would_give_somebody_away() -> None:
    """Why what was told stays: a late report of three is a difference of three."""
    before, after = shown({"utara": 20, "barat": 9}), shown({"utara": 23, "barat": 9})
    assert isinstance(before["utara"], int)
    assert isinstance(after["utara"], int)
    assert small(after["utara"] - before["utara"])


@given(CASES)
def test_a_week_hides_what_its_sum_would_give_back(cases: dict[Cell, int]) -> None:
    """Of hidden counts with a sum that is shown, each could be another."""
    counts = {
        place: sum(cases.get((place, day), 0) for day in range(7)) for place in PLACES
    }
    found = shown(counts)
    hidden = [place for place in PLACES if found[place] is Unseen.HIDDEN]
    if isinstance(found[TOTAL], int):
        assert found[TOTAL] == sum(counts.values())
        left = sum(counts[place] for place in hidden)
        assert not hidden or (len(hidden) > 1 and left >= 5)
    assert all(
        found[place] == (Unseen.HIDDEN if place in hidden else count)
        and not (small(count) and place not in hidden)
        for place, count in counts.items()
    )


def test_of_whom_nobody_told_is_no_nought_and_takes_no_part() -> None:
    found = shown({"utara": 9, "barat": None, "timur": 0})
    assert found == {"utara": 9, "barat": Unseen.NOT_TOLD, "timur": 0, TOTAL: 9}
    nobody = shown({"utara": None})
    assert nobody == {"utara": Unseen.NOT_TOLD, TOTAL: Unseen.NOT_TOLD}
    alone = shown({"utara": 3, "barat": None})
    assert (alone["utara"], alone[TOTAL]) == (Unseen.HIDDEN, Unseen.HIDDEN)


def test_a_week_is_told_once_it_is_over_and_late_reports_had_their_days() -> None:
    over = MONDAY + WEEK + WAIT
    assert to_tell(MONDAY, None, over - timedelta(days=1)) == []
    assert to_tell(MONDAY + timedelta(days=3), None, over) == [MONDAY]
    assert to_tell(MONDAY, MONDAY, over) == []
    assert to_tell(MONDAY, MONDAY, over + 2 * WEEK) == [
        MONDAY + WEEK,
        MONDAY + 2 * WEEK,
    ]


@pytest.mark.parametrize("shift", range(7))
def test_every_day_has_its_monday(shift: int) -> None:
    assert monday_of(MONDAY + timedelta(days=shift)) == MONDAY
