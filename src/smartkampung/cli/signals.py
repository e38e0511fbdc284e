"""``smartkampung signals``: bring in public series of the province, with their sources.

Django must be set up before this module is imported; ``cli.main`` sees to it.
"""

from collections.abc import Callable, Iterable, Sequence
from getpass import getuser
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console

from smartkampung.kernel.clock import now
from smartkampung.reopening.signals.actions.colours import import_colours
from smartkampung.reopening.signals.actions.province import import_province
from smartkampung.reopening.signals.rules.files import (
    Problem,
    read_colours,
    read_province,
)
from smartkampung.reopening.signals.words import NOTHING_WRITTEN, problem_line

app = typer.Typer(no_args_is_help=True, help="Public series of the pandemic.")
out, err = Console(soft_wrap=True), Console(stderr=True, soft_wrap=True)
UNUSABLE = 2
LISTED = 50
Row = TypeVar("Row")
Province = Annotated[
    Path, typer.Argument(help="CSV: tanggal, kasus_baru, sembuh_baru, meninggal_baru.")
]
Colours = Annotated[
    Path, typer.Argument(help="CSV: tanggal, kode_kemendagri, nama, zona, sumber.")
]


@app.command("import-province")
def province(file: Province) -> None:
    """Bring in the days of the province; a second time changes nothing."""
    rows = _read(file, read_province)
    out.print(f"days: {import_province(rows=rows, by=f'cli:{getuser()}', at=now())}")


@app.command("import-colours")
def colours(file: Colours) -> None:
    """Bring in official colours of regencies; what stands already stays."""
    rows = _read(file, read_colours)
    out.print(f"colours: {import_colours(rows=rows, by=f'cli:{getuser()}', at=now())}")


def _read(
    file: Path, read: Callable[[Iterable[str]], tuple[Sequence[Row], Sequence[Problem]]]
) -> Sequence[Row]:
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        err.print(f"Cannot read {file}.", markup=False)
        raise typer.Exit(UNUSABLE) from None
    rows, problems = read(lines)
    for problem in problems[:LISTED]:
        err.print(problem_line(problem), markup=False)
    if problems:
        err.print(str(NOTHING_WRITTEN), markup=False)
        raise typer.Exit(UNUSABLE)
    return rows
