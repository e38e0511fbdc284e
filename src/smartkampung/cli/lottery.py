"""``smartkampung lottery``: draw the lots of a published list again, as anybody can.

It needs no database: the file of the scenario and the seed are all there is.
"""

import csv
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from smartkampung.recovery.targeting.rules.lots import drawn

out, err = Console(), Console(stderr=True)
COLUMNS = ["tier", "number", "place"]


def lottery(
    file: Annotated[Path, typer.Argument(help="The published list (CSV).")],
    seed: Annotated[str, typer.Option(help="The seed, as it was drawn in public.")],
) -> None:
    """Draw the lots of a published list again, and compare its places."""
    rows = _read(file)
    order = drawn(seed, [(tier, number) for tier, number, _place in rows])
    expected = {number: place for place, (_tier, number) in enumerate(order, start=1)}
    wrong = [row for row in rows if expected[row[1]] != row[2]]
    for _tier, number, place in wrong[:10]:
        err.print(
            f"number {number}: place {place} in the file, {expected[number]} by lot"
        )
    if wrong:
        err.print(f"{len(wrong)} of {len(rows)} places differ.", style="red")
        raise typer.Exit(1)
    out.print(f"All {len(rows)} places are as the lots fall.")


def _read(file: Path) -> list[tuple[int, str, int]]:
    try:
        with file.open(newline="", encoding="utf-8-sig") as opened:
            table = csv.DictReader(opened)
            if table.fieldnames != COLUMNS:
                raise ValueError(f"the columns must be {', '.join(COLUMNS)}")
            return [
                (int(row["tier"]), row["number"], int(row["place"])) for row in table
            ]
    except (OSError, ValueError, TypeError) as problem:
        err.print(f"Cannot read {file}: {problem}", style="red", markup=False)
        raise typer.Exit(2) from None
