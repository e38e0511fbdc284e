"""``smartkampung regions``: load codes, health centres and boundaries.

Django must be set up before this module is imported; ``cli.main`` sees to it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getuser
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from smartkampung.kernel.errors import Refused
from smartkampung.regions.actions import import_boundaries
from smartkampung.regions.bulk import load_national, load_regency

app = typer.Typer(no_args_is_help=True, help="Regions, health centres, boundaries.")
out, err = Console(), Console(stderr=True)
Folder = Annotated[Path, typer.Argument(help="Folder with villages.csv and so on.")]
File = Annotated[Path, typer.Argument(help="The file to read.")]


@app.command("load")
def load(folder: Folder) -> None:
    """Load one regency: its kecamatan, villages and health centres."""
    with _plain_refusals(), out.status(f"Loading {folder} ..."):
        counts = load_regency(folder)
    for table, rows in counts.items():
        out.print(f"{table}: {rows}")


@app.command("load-national")
def load_national_table(file: File) -> None:
    """Load a table of region codes (CSV with kode,nama; may be gzipped)."""
    with _plain_refusals(), out.status(f"Loading {file} ..."):
        rows = load_national(file)
    out.print(f"regions: {rows}")


@app.command("import-boundaries")
def import_boundaries_of(
    file: File,
    skip: Annotated[
        bool, typer.Option("--skip", help="Load good shapes, name the others.")
    ] = False,
) -> None:
    """Load polygons of regions from GeoJSON, so that maps show real boundaries."""
    with _plain_refusals(), out.status(f"Importing {file} ..."):
        imported = import_boundaries(path=file, skip=skip, by=f"cli:{getuser()}")
    for problem in imported.skipped:
        err.print(problem, markup=False)
    out.print(f"boundaries: {imported.stored}, skipped: {len(imported.skipped)}")


@contextmanager
def _plain_refusals() -> Iterator[None]:
    try:
        yield
    except Refused as refusal:
        err.print(str(refusal.message), style="red", markup=False)
        raise typer.Exit(1) from None
