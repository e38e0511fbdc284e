"""Hides small counts of places that lie in one another, so that no sum gives them back.

A village, its kecamatan and the regency are one table: whoever reads all three levels
can subtract. Cells are hidden until the equations of all levels together leave every
hidden cell open, and until the hidden parts of a sum add up to what may be shown.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from smartkampung.kernel.small_cells import SMALLEST_SHOWN, TOTAL, Cell, Shown, small

Counts = Mapping[str, Mapping[str, int]]
Row = dict[Cell, int]
# Coefficients are small whole numbers; modulo this prime they stay what they are.
PRIME = 2**61 - 1


def protected_tree(leaves: Counts, parents: Mapping[str, str]) -> Shown:
    """Return leaves and all that encloses them, with totals and None for the hidden.

    ``parents`` leads from each place to the one that encloses it, up to one without.
    The columns must not overlap, and every leaf has the same ones.
    """
    full = _added_up(leaves, parents)
    lines = list(_lines(full, leaves, parents))
    hidden = {
        (place, column)
        for place, cells in full.items()
        for column, count in cells.items()
        if small(count)
    }
    above = set(full) - set(leaves)
    while more := _needed(full, lines, hidden, above):
        hidden |= more
    return {
        place: {
            column: None if (place, column) in hidden else count
            for column, count in cells.items()
        }
        for place, cells in full.items()
    }


def _added_up(leaves: Counts, parents: Mapping[str, str]) -> dict[str, dict[str, int]]:
    full: dict[str, dict[str, int]] = {}
    for leaf, cells in leaves.items():
        whole = {**cells, TOTAL: sum(cells.values())}
        place: str | None = leaf
        while place is not None:
            kept = full.setdefault(place, dict.fromkeys(whole, 0))
            for column, count in whole.items():
                kept[column] += count
            place = parents.get(place)
    return full


def _lines(
    full: Counts, leaves: Counts, parents: Mapping[str, str]
) -> Iterator[list[Cell]]:
    """Return every sum of the table: its parts, and last what they add up to."""
    children: dict[str, list[str]] = {}
    for place in full:
        if place in parents:
            children.setdefault(parents[place], []).append(place)
    for place, cells in full.items():
        yield [(place, column) for column in cells]
        if place not in leaves:
            for column in cells:
                yield [(part, column) for part in [*children[place], place]]


def _needed(
    full: Counts, lines: Sequence[list[Cell]], hidden: set[Cell], above: set[str]
) -> set[Cell]:
    """Return one more cell for a sum that gives one away; nothing when all is safe."""
    for line in lines:
        inside = [cell for cell in line if cell in hidden]
        shown = [cell for cell in line if cell not in hidden]
        if not inside or not shown:
            continue
        enough = line[-1] in hidden or _sum(full, inside) >= SMALLEST_SHOWN
        if len(inside) == 1 or not enough:
            return {_least(full, shown, above)}
    for cell in sorted(_pinned(lines, hidden)):
        beside = [
            other
            for line in lines
            if cell in line
            for other in line
            if other not in hidden
        ]
        shown = beside or [c for line in lines for c in line if c not in hidden]
        if shown:
            return {_least(full, shown, above)}
    return set()


def _sum(full: Counts, cells: Iterable[Cell]) -> int:
    return sum(full[place][column] for place, column in cells)


def _least(full: Counts, cells: Iterable[Cell], above: set[str]) -> Cell:
    # The least loss first. A sum is what people look for; a nought hides so little
    # that more and more noughts would have to follow.
    def loss(cell: Cell) -> tuple[int, int, Cell]:
        count = full[cell[0]][cell[1]]
        a_sum = (cell[0] in above) + (cell[1] == TOTAL)
        return a_sum + 3 * (count == 0), count, cell

    return min(cells, key=loss)


def _pinned(lines: Iterable[Sequence[Cell]], hidden: set[Cell]) -> set[Cell]:
    """Return the hidden cells for which all sums together leave one solution.

    Elimination to the reduced form: a cell is fixed exactly when its row holds no
    other cell.
    """
    solved: dict[Cell, Row] = {}
    for line in lines:
        row: Row = {cell: 1 for cell in line[:-1] if cell in hidden}
        if line[-1] in hidden:
            row[line[-1]] = PRIME - 1
        _take_in(row, solved)
    return {cell for cell, row in solved.items() if len(row) == 1}


def _take_in(row: Row, solved: dict[Cell, Row]) -> None:
    for cell in [cell for cell in row if cell in solved]:
        _subtract(row, solved[cell], row[cell])
    if not row:
        return
    pivot = next(iter(row))
    scale = pow(row[pivot], -1, PRIME)
    for cell in row:
        row[cell] = row[cell] * scale % PRIME
    for other in solved.values():
        if pivot in other:
            _subtract(other, row, other[pivot])
    solved[pivot] = row


def _subtract(row: Row, other: Row, times: int) -> None:
    for cell, value in other.items():
        left = (row.get(cell, 0) - times * value) % PRIME
        if left:
            row[cell] = left
        else:
            row.pop(cell, None)
