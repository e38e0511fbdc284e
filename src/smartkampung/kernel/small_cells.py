"""Hides small counts in a table, and as many others as it takes to keep them hidden.

A count from 1 to 4 points at people. Leaving it out is not enough: totals give it
back. So further cells are hidden until no equation of the table (the sum of a row, of
a column, or of several together) has one solution for a hidden cell, and until the
hidden cells of a line add up to at least the smallest count that may be shown.
"""

from collections.abc import Iterator, Mapping, Sequence

SMALLEST_SHOWN = 5
TOTAL = "total"
Cell = tuple[str, str]
Shown = dict[str, dict[str, int | None]]


def small(count: int) -> bool:
    """Say whether a count is too small to be shown; nought is no secret."""
    return 0 < count < SMALLEST_SHOWN


def shown_count(count: int) -> int | None:
    """Return a count that stands alone, or None when it is too small."""
    return None if small(count) else count


def protected(table: Mapping[str, Mapping[str, int]]) -> Shown:
    """Return the table with totals (row and column ``TOTAL``) and None for the hidden.

    The columns of a row must not overlap, and every row has the same ones.
    """
    full = _with_totals(table)
    lines = list(_lines(full))
    hidden = {cell for cell, count in _cells(full) if small(count)}
    while (more := _needed(full, lines, hidden)) is not None:
        hidden.add(more)
    return {
        row: {
            column: None if (row, column) in hidden else count
            for column, count in cells.items()
        }
        for row, cells in full.items()
    }


def _with_totals(table: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    columns = list(next(iter(table.values()), {}))
    full = {row: {**cells, TOTAL: sum(cells.values())} for row, cells in table.items()}
    full[TOTAL] = {
        column: sum(cells[column] for cells in full.values())
        for column in [*columns, TOTAL]
    }
    return full


def _cells(full: Mapping[str, Mapping[str, int]]) -> Iterator[tuple[Cell, int]]:
    for row, cells in full.items():
        for column, count in cells.items():
            yield (row, column), count


def _lines(full: Mapping[str, Mapping[str, int]]) -> Iterator[list[Cell]]:
    columns = list(full[TOTAL])
    for row in full:
        yield [(row, column) for column in columns]
    for column in columns:
        yield [(row, column) for row in full]


def _needed(
    full: Mapping[str, Mapping[str, int]],
    lines: Sequence[list[Cell]],
    hidden: set[Cell],
) -> Cell | None:
    """Return one more cell that has to be hidden, or None when all is safe."""
    for line in lines:
        total = line[-1]
        inside = [cell for cell in line if cell in hidden]
        if not inside:
            continue
        enough = total in hidden or _sum(full, inside) >= SMALLEST_SHOWN
        if (len(inside) == 1 or not enough) and len(inside) < len(line):
            return _least(full, [cell for cell in line if cell not in hidden])
    for cell in sorted(hidden):
        if _determined(cell, hidden):
            return _beside(full, cell, hidden)
    return None


def _sum(full: Mapping[str, Mapping[str, int]], cells: Sequence[Cell]) -> int:
    return sum(full[row][column] for row, column in cells)


def _least(full: Mapping[str, Mapping[str, int]], cells: Sequence[Cell]) -> Cell:
    # The least loss first, but noughts and totals last: hiding a nought hides
    # little, and a total is what people look for.
    def loss(cell: Cell) -> tuple[bool, bool, int]:
        count = full[cell[0]][cell[1]]
        return TOTAL in cell, count == 0, count

    return min(cells, key=loss)


def _determined(cell: Cell, hidden: set[Cell]) -> bool:
    """Say whether the equations have one solution for a hidden cell.

    Rows and columns are the knots of a net and hidden cells its threads. A cell is
    free to vary exactly when there is another way from its row to its column.
    """
    threads = hidden - {cell}
    reached = {("row", cell[0])}
    waiting = [("row", cell[0])]
    while waiting:
        side, name = waiting.pop()
        for row, column in threads:
            here, there = ("row", row), ("column", column)
            if side == "column":
                here, there = there, here
            if here == (side, name) and there not in reached:
                reached.add(there)
                waiting.append(there)
    return ("column", cell[1]) not in reached


def _beside(
    full: Mapping[str, Mapping[str, int]], cell: Cell, hidden: set[Cell]
) -> Cell | None:
    beside = [
        other
        for other, _ in _cells(full)
        if other not in hidden and (other[0] == cell[0] or other[1] == cell[1])
    ]
    anywhere = [other for other, _ in _cells(full) if other not in hidden]
    candidates = beside or anywhere
    return _least(full, candidates) if candidates else None
