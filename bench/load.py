"""Load: making, sealing and storing a regency, against a bare COPY of the same rows.

    python -m bench.load [--people 1750000] [--seed 1]

Both fill the same tables with the same indexes and triggers in the same run; the
ceiling only hands over bytes that were sealed before.
"""

import argparse
import resource
import shutil
import time
from pathlib import Path
from typing import NamedTuple

from django.db import connection, transaction
from rich.console import Console
from rich.progress import Progress

from bench.place import HOME
from smartkampung.demo.neighbourhoods import region_rows
from smartkampung.demo.people import Crowd, families_of
from smartkampung.demo.places import FOLDER, read_villages
from smartkampung.kernel.clock import now, today
from smartkampung.regions.bulk import load_regency, save_regions
from smartkampung.residents.bulk import load_people

TABLES = ("residents_family", "residents_person")
PIECE = 1 << 20
out = Console()


class Figures(NamedTuple):
    """What one run measured; seconds and megabytes."""

    people: int
    made: float
    loaded: float
    copied: float
    memory: float

    @property
    def ratio(self) -> float:
        """Return how near the program comes to the bare COPY."""
        return self.copied / self.loaded


def main() -> None:
    """Measure once and print the figures."""
    options = argparse.ArgumentParser(description="Load a made-up regency.")
    options.add_argument("--people", type=int, default=60_000)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    figures = measure(asked.people, asked.seed)
    for name, seconds in (
        ("make only", figures.made),
        ("make, seal, store", figures.loaded),
        ("bare COPY", figures.copied),
    ):
        rate = figures.people / seconds
        out.print(f"{name:<20}{seconds:8.1f} s {rate:12,.0f} people/s")
    out.print(f"ratio to bare COPY  {figures.ratio:8.2f}   (aim 0.30)")
    out.print(f"peak memory         {figures.memory:8.0f} MB")


def measure(people: int, seed: int) -> Figures:
    """Load through the program, copy the rows out, empty the tables, copy them in."""
    villages = read_villages()
    crowd = Crowd(people, seed, today())
    with transaction.atomic():
        load_regency(FOLDER)
        save_regions(region_rows(villages), synthetic=True)
    begin = time.perf_counter()
    for _family in families_of(villages, crowd, town="-"):
        pass
    made = time.perf_counter() - begin
    loaded = _load(people, crowd)
    # Before the ceiling, which is the bench's own affair.
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Figures(people, made, loaded, copy_again(), memory)


def _load(people: int, crowd: Crowd) -> float:
    begin = time.perf_counter()
    with Progress(console=out, transient=True) as progress:
        task = progress.add_task("make, seal, store", total=people)
        load_people(
            families_of(read_villages(), crowd, town="-"),
            at=now(),
            progress=lambda state: progress.update(task, completed=state.people),
        )
    return time.perf_counter() - begin


def copy_again() -> float:
    """Copy the people out, empty the tables and copy them in; return the seconds."""
    files = {table: HOME / f"{table}.copy" for table in TABLES}
    for table, file in files.items():
        _copy_out(table, file)
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(TABLES)} CASCADE")
        cursor.execute("TRUNCATE residents_familyevent, residents_personevent")
        cursor.execute("TRUNCATE residents_nameword")
    begin = time.perf_counter()
    with transaction.atomic():
        for table, file in files.items():
            _copy_in(table, file)
    return time.perf_counter() - begin


def _copy_out(table: str, file: Path) -> None:
    statement = f"COPY {table} TO STDOUT (FORMAT BINARY)"
    with (
        connection.cursor() as cursor,
        file.open("wb") as to,
        cursor.copy(statement) as copy,
    ):
        for piece in copy:
            to.write(piece)


def _copy_in(table: str, file: Path) -> None:
    statement = f"COPY {table} FROM STDIN (FORMAT BINARY)"
    with (
        connection.cursor() as cursor,
        file.open("rb") as source,
        cursor.copy(statement) as copy,
    ):
        shutil.copyfileobj(source, copy, PIECE)


if __name__ == "__main__":
    main()
