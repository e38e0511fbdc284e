"""Imports: a regency's CSV against a bare COPY; workbooks against a bare read.

    python -m bench.imports [--people 1750000] [--seed 1]

The CSV is read in a child, compared, sealed, stored and committed with its history as
one change that can be undone; the ceiling copies the very same rows into the same
tables with the same indexes and triggers, in the same run.
"""

import argparse
import csv
import logging
import resource
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import fastexcel
from django.db import connection, transaction
from rich.console import Console

from bench.load import copy_again
from bench.place import HOME
from smartkampung.demo.neighbourhoods import region_rows
from smartkampung.demo.people import Crowd, families_of
from smartkampung.demo.places import FOLDER, read_villages
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.regions.bulk import load_regency, save_regions
from smartkampung.regions.queries import regency
from smartkampung.residents.bulk import FamilyRow, PersonRow
from smartkampung.residents.exports.writing import Watermark, opensid_workbook
from smartkampung.residents.imports import source
from smartkampung.residents.imports.bringing import bring
from smartkampung.residents.imports.giving_back import person_cells
from smartkampung.residents.imports.handlers import HANDLERS
from smartkampung.residents.imports.handling import Task
from smartkampung.residents.imports.progress import Reporter
from smartkampung.residents.imports.reading.layouts import PEOPLE, PEOPLE_HEADERS
from smartkampung.residents.imports.reading.records import Format, PersonDraft

BLOCK = 1 << 20
MARK = Watermark("BENCH", "bench", "-", "-", "-")
TABLES = (
    "residents_person, residents_family, residents_personevent, residents_familyevent,"
    " residents_nameword, residents_persondetail, residents_import"
)
out = Console()


def main() -> None:
    """Measure once and print the figures."""
    options = argparse.ArgumentParser(description="Import a made-up regency.")
    options.add_argument("--people", type=int, default=60_000)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    with transaction.atomic():
        load_regency(FOLDER)
        save_regions(region_rows(read_villages()), synthetic=True)
    file = HOME / "people.csv"
    count = write_csv(file, people(asked.people, asked.seed))
    whole_regency(file, count)  # first: what it needs of memory is then its own
    empty()
    workbooks(list(islice(people(100_000, asked.seed), 100_000)))


def people(number: int, seed: int) -> Iterator[PersonDraft]:
    """Yield made-up people as the drafts of an import."""
    crowd = Crowd(number, seed, today())
    for family in families_of(read_villages(), crowd, town="-"):
        for person in family.members:
            yield draft_of(family, person)


def draft_of(family: FamilyRow, person: PersonRow) -> PersonDraft:
    """Return a made-up person as a file would tell them."""
    code = family.region_code.split(".")
    shared = {
        name: getattr(person, name)
        for name in PersonRow._fields
        if name not in ("born_on",)
    }
    return PersonDraft(
        line=0,
        village=".".join(code[:4]),
        rw=code[4],
        rt=code[5],
        kk=family.kk,
        family_id=family.temporary_id,
        address=family.address,
        dusun=family.dusun,
        phone=family.phone,
        born_on=person.born_on.isoformat() if person.born_on else "",
        **shared,
    )


def write_csv(file: Path, drafts: Iterator[PersonDraft]) -> int:
    """Write our own CSV; return how many people are in it."""
    count = 0
    with file.open("w", newline="", encoding="utf-8") as target:
        writer = csv.writer(target)
        writer.writerow(PEOPLE_HEADERS)
        for draft in drafts:
            cells = person_cells(draft)
            row = [cells.get(PEOPLE.names[name], "") for name in PEOPLE_HEADERS]
            writer.writerow(row)
            count += 1
    return count


def whole_regency(file: Path, count: int) -> None:
    """Import the CSV of a regency, then copy the same rows in again."""
    size = file.stat().st_size / BLOCK
    seconds, counts = timed(Format.PEOPLE, regency_code(), blocks(file), apply=True)
    ours = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    childs = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    copied = copy_again()
    out.print(f"CSV of {count:,} people ({size:.0f} MB): {counts}", highlight=False)
    for name, taken in (("import, committed", seconds), ("bare COPY", copied)):
        out.print(f"  {name:<20}{taken:8.1f} s {count / taken:12,.0f} people/s")
    out.print(f"  ratio to bare COPY  {copied / seconds:8.2f}   (aim 0.40)")
    out.print(f"  peak memory         {ours:8.0f} MB, its child {childs:.0f} MB")


def workbooks(drafts: list[PersonDraft]) -> None:
    """Preview and apply a village's workbook; read a very large one."""
    village = regency_code() + ".09.2003"
    here = [draft._replace(village=village) for draft in drafts[:10_000]]
    content = opensid_workbook(here, MARK)
    preview, counts = timed(Format.OPENSID, village, [content], apply=False)
    apply, _ = timed(Format.OPENSID, village, [content], apply=True)
    again, same = timed(Format.OPENSID, village, [content], apply=False)
    out.print(f"OpenSID workbook of {len(here):,} people: {counts}", highlight=False)
    out.print(f"  preview {preview:.1f} s, apply {apply:.1f} s   (aim 5 s each)")
    out.print(f"  preview of the same again {again:.1f} s: {same}", highlight=False)
    empty()
    large = HOME / "large.xlsx"
    large.write_bytes(opensid_workbook(drafts, MARK))
    begin = time.perf_counter()
    rows = sum(
        len(batch.drafts)
        for batch in source.read(Format.OPENSID, blocks(large), today=today())
    )
    ours = time.perf_counter() - begin
    begin = time.perf_counter()
    logging.getLogger("fastexcel").setLevel(logging.ERROR)  # of columns it only guesses
    fastexcel.read_excel(large).load_sheet(0)
    bare = time.perf_counter() - begin
    out.print(f"OpenSID workbook of {rows:,} people, read and typed")
    out.print(f"  {ours:.1f} s against a bare read of {bare:.1f} s: {bare / ours:.2f}")


def timed(
    kind: Format, scope: str, content: Any, *, apply: bool
) -> tuple[float, dict[str, int]]:
    """Bring a file; return the seconds to the commit, and the counts."""
    begin = time.perf_counter()
    with transaction.atomic():
        act_as(Kind.JOB)
        done = bring(
            task=Task(kind, scope, now(), {}),
            file_name="bench",
            blocks=content,
            by="bench",
            apply=apply,
            factories=HANDLERS,
            reporter=Reporter(None),
        )
    counts = {name: n for name, n in done.summary.as_counts().items() if n}
    return time.perf_counter() - begin, counts


def regency_code() -> str:
    """Return the code of the regency that was loaded."""
    found = regency()
    if found is None:
        raise LookupError("no regency was loaded")
    return found.code


def empty() -> None:
    """Take everybody out again."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {TABLES} CASCADE")


def blocks(file: Path) -> Iterator[bytes]:
    """Yield a file piece by piece."""
    with file.open("rb") as stream:
        while block := stream.read(BLOCK):
            yield block


if __name__ == "__main__":
    main()
