"""Small counts point at people; neither they nor the totals around may give them away."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartkampung.kernel.small_cells import (
    SMALLEST_SHOWN,
    TOTAL,
    Shown,
    protected,
    shown_count,
)

ROWS, COLUMNS = "abcdef", "wxyz"
count = st.one_of(st.integers(0, 9), st.integers(0, 400))
tables = st.integers(1, 6).flatmap(
    lambda rows: st.fixed_dictionaries(
        {
            row: st.fixed_dictionaries(dict.fromkeys(COLUMNS, count))
            for row in ROWS[:rows]
        }
    )
)


@pytest.mark.parametrize(
    ("value", "shown"), [(0, 0), (1, None), (4, None), (5, 5), (900, 900)]
)
def test_a_count_that_stands_alone(value: int, shown: int | None) -> None:
    assert shown_count(value) == shown


def test_large_counts_are_all_shown_with_their_totals() -> None:
    table = {"a": {"x": 10, "y": 20}, "b": {"x": 30, "y": 40}}
    assert protected(table) == {
        "a": {"x": 10, "y": 20, TOTAL: 30},
        "b": {"x": 30, "y": 40, TOTAL: 70},
        TOTAL: {"x": 40, "y": 60, TOTAL: 100},
    }


def test_one_small_count_takes_others_with_it() -> None:
    shown = protected(
        {
            "a": {"x": 3, "y": 50},
            "b": {"x": 70, "y": 60},
            "c": {"x": 80, "y": 90},
        }
    )
    assert shown["a"] == {"x": None, "y": None, TOTAL: 53}
    assert shown["b"] == {"x": None, "y": None, TOTAL: 130}
    assert shown["c"] == {"x": 80, "y": 90, TOTAL: 170}
    assert shown[TOTAL] == {"x": 153, "y": 200, TOTAL: 353}


def test_an_empty_table_has_only_its_total() -> None:
    assert protected({}) == {TOTAL: {TOTAL: 0}}


def test_a_table_of_one_person_shows_nothing_but_noughts() -> None:
    shown = protected({"a": {"x": 1, "y": 0}, "b": {"x": 0, "y": 0}})
    assert {c for cells in shown.values() for c in cells.values()} <= {None, 0}


@given(tables)
def test_no_small_count_is_ever_shown(table: dict[str, dict[str, int]]) -> None:
    for cells in protected(table).values():
        assert not any(c and c < SMALLEST_SHOWN for c in cells.values())


@given(tables)
def test_what_is_shown_is_true(table: dict[str, dict[str, int]]) -> None:
    shown = protected(table)
    for row, cells in table.items():
        for column, value in cells.items():
            assert shown[row][column] in {None, value}
        assert shown[row][TOTAL] in {None, sum(cells.values())}


@given(tables)
def test_no_hidden_count_can_be_worked_out_from_the_rest(
    table: dict[str, dict[str, int]],
) -> None:
    """Solve all sums of the table; a hidden cell with one solution is a leak."""
    shown = protected(table)
    hidden = [(r, c) for r, cells in shown.items() for c in cells if cells[c] is None]
    assert [cell for cell in hidden if _pinned(cell, hidden, shown)] == []


def _pinned(cell: tuple[str, str], hidden: list[tuple[str, str]], shown: Shown) -> bool:
    """Say whether the equations over the hidden cells fix this one."""
    rows = list(shown)
    columns = list(shown[TOTAL])
    equations = []
    for row in rows:
        equations.append([Fraction(_sign(c) if r == row else 0) for r, c in hidden])
    for column in columns:
        equations.append([Fraction(_sign(r) if c == column else 0) for r, c in hidden])
    before = rank(equations)
    alone = [Fraction(int(other == cell)) for other in hidden]
    return rank([*equations, alone]) == before


def _sign(name: str) -> int:
    return -1 if name == TOTAL else 1


def rank(rows: list[list[Fraction]]) -> int:
    rows = [list(row) for row in rows]
    rank = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((i for i in range(rank, len(rows)) if rows[i][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        for i in range(len(rows)):
            if i != rank and rows[i][column]:
                factor = rows[i][column] / rows[rank][column]
                rows[i] = [
                    a - factor * b for a, b in zip(rows[i], rows[rank], strict=True)
                ]
        rank += 1
    return rank
