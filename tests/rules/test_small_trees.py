"""Villages, their kecamatan and the regency are one table: no level gives a count away."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartkampung.kernel.small_cells import SMALLEST_SHOWN, TOTAL, Shown
from smartkampung.kernel.small_trees import protected_tree
from tests.rules.test_small_cells import rank

PARENTS = {"k": "r", "l": "r"} | dict.fromkeys("abc", "k") | dict.fromkeys("de", "l")
count = st.one_of(st.integers(0, 9), st.integers(0, 400))
tables = st.fixed_dictionaries(
    {leaf: st.fixed_dictionaries(dict.fromkeys("xy", count)) for leaf in "abcde"}
)


def one_column(**counts: int) -> dict[str, int | None]:
    """Return what is shown of places with one column, without their totals."""
    shown = protected_tree({leaf: {"x": n} for leaf, n in counts.items()}, PARENTS)
    return {place: cells["x"] for place, cells in shown.items()}


def test_large_counts_are_all_shown_at_every_level() -> None:
    assert one_column(a=10, b=20, d=30) == {
        "a": 10,
        "b": 20,
        "d": 30,
        "k": 30,
        "l": 30,
        "r": 60,
    }


def test_a_small_village_takes_a_neighbour_with_it() -> None:
    shown = one_column(a=3, b=20, c=50, d=30)
    assert (shown["a"], shown["b"]) == (None, None)
    assert (shown["c"], shown["k"], shown["r"]) == (50, 73, 103)


def test_a_kecamatan_of_one_small_village_takes_another_kecamatan_with_it() -> None:
    """Or the regency less the other kecamatan would give it back."""
    shown = one_column(a=20, b=30, c=40, d=3)
    assert (shown["d"], shown["l"], shown["k"], shown["r"]) == (None, None, None, 93)
    # and the hidden kecamatan must not be the sum of villages that are shown
    assert None in (shown["a"], shown["b"], shown["c"])


@given(tables)
def test_no_small_count_is_shown_and_what_is_shown_is_true(
    table: dict[str, dict[str, int]],
) -> None:
    shown = protected_tree(table, PARENTS)
    for place, cells in shown.items():
        assert not any(n and n < SMALLEST_SHOWN for n in cells.values())
        if place in table:
            assert all(cells[c] in {None, n} for c, n in table[place].items())
    everybody = sum(sum(cells.values()) for cells in table.values())
    assert shown["r"][TOTAL] in {None, everybody}


@given(tables)
def test_no_hidden_count_can_be_worked_out_over_the_levels(
    table: dict[str, dict[str, int]],
) -> None:
    assert worked_out(protected_tree(table, PARENTS), PARENTS) == []


def test_sums_that_are_safe_one_by_one_are_safe_together() -> None:
    """Here each sum has two hidden parts or none, and all together give five away."""
    rows = ("718", "000", "703", "008", "803", "080", "030", "803", "016", "810")
    table = {
        leaf: dict(zip("xyz", map(int, row), strict=True))
        for leaf, row in zip("abcdefghij", rows, strict=True)
    }
    parents = {"k": "r", "l": "r", "m": "r"} | dict.fromkeys("abcd", "k")
    parents |= dict.fromkeys("efgh", "l") | dict.fromkeys("ij", "m")
    assert worked_out(protected_tree(table, parents), parents) == []


def worked_out(shown: Shown, parents: dict[str, str]) -> list[tuple[str, str]]:
    """Solve all sums; return the hidden cells that have one solution."""
    hidden = [(p, c) for p, cells in shown.items() for c in cells if cells[c] is None]
    equations = _equations(hidden, shown, parents)
    known = rank(equations)
    return [
        cell
        for cell in hidden
        if rank([*equations, [Fraction(int(o == cell)) for o in hidden]]) == known
    ]


def _equations(
    hidden: list[tuple[str, str]], shown: Shown, parents: dict[str, str]
) -> list[list[Fraction]]:
    def row(weights: dict[tuple[str, str], int]) -> list[Fraction]:
        return [Fraction(weights.get(cell, 0)) for cell in hidden]

    columns = list(next(iter(shown.values())))
    signs = {column: -1 if column == TOTAL else 1 for column in columns}
    found = [row({(p, c): sign for c, sign in signs.items()}) for p in shown]
    for parent in set(parents.values()):
        parts = [place for place, above in parents.items() if above == parent]
        for column in columns:
            sums = {(part, column): 1 for part in parts}
            found.append(row({**sums, (parent, column): -1}))
    return found


@pytest.mark.parametrize("leaves", [217])
def test_a_whole_regency_is_done_in_one_go(leaves: int) -> None:
    """Every fourth village is small: all of it is settled, and much is still shown."""
    table = {
        f"v{n}": {"x": 2 if n % 4 == 0 else 40 + n, "y": 7 + n, "z": 0}
        for n in range(leaves)
    }
    parents = {f"v{n}": f"k{n % 25}" for n in range(leaves)}
    parents |= {f"k{n}": "r" for n in range(25)}
    shown = protected_tree(table, parents)
    assert sum(cells[TOTAL] is not None for cells in shown.values()) > leaves // 2
    # Noughts hide nobody: hiding some would pull the whole column after them.
    assert all(cells["z"] == 0 for cells in shown.values())
    assert None not in shown["r"].values()
