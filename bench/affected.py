"""Lists of people hit by the crisis: the preview of 50,000 rows against a bare read.

    python -m bench.affected [--rows 50000] [--people 60000]

The preview reads the file in a child, finds every row's person, compares name and birth
date, names each bad cell and seals what holds. The ceiling only reads the file: the
workbook with fastexcel, the CSV with Python's reader.
"""

import argparse
import csv
import resource
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path

import fastexcel
import xlsxwriter
from django.db import connection, transaction
from rich.console import Console

from bench.place import HOME
from smartkampung.accounts.actions import assign, create_staff
from smartkampung.accounts.actor import Actor
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import Role
from smartkampung.demo.neighbourhoods import region_rows
from smartkampung.demo.people import Crowd, families_of
from smartkampung.demo.places import FOLDER, REGENCY, read_villages
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.recovery.affected.actions.lists import (
    Given,
    check_list,
    receive_list,
    take_list,
    write_part,
)
from smartkampung.recovery.affected.models import AffectedList
from smartkampung.regions.bulk import load_regency, save_regions
from smartkampung.residents.bulk import load_people

HEAD = ["nik", "nama", "tanggal_lahir", "kejadian", "sejak", "penghasilan_sebelum"]
MOST_SECONDS = 10
out = Console()
Row = list[str]


def main() -> None:
    """Measure once and print the figures."""
    options = argparse.ArgumentParser(description="Preview lists of affected people.")
    options.add_argument("--rows", type=int, default=50_000)
    options.add_argument("--people", type=int, default=60_000)
    asked = options.parse_args()
    with transaction.atomic():
        load_regency(FOLDER)
        save_regions(region_rows(read_villages()), synthetic=True)
        rows = list(islice(people(asked.people), asked.rows))
    workbook, text = HOME / "members.xlsx", HOME / "members.csv"
    write(workbook, text, rows)
    preview("workbook", workbook, read_workbook, len(rows))
    last = preview("CSV", text, read_text, len(rows))
    take_over(last)


def people(number: int) -> Iterator[Row]:
    """Load a made-up regency; yield its people as an association would list them."""
    families = list(families_of(read_villages(), Crowd(number, 1, today()), town="-"))
    load_people(families, at=now())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE residents_person")
    listed: set[str] = set()
    for family in families:
        for one in family.members:
            if one.nik in listed:
                continue  # a NIK that two people claim
            if one.nik and one.born_on and one.status == "living":
                listed.add(one.nik)
                born = one.born_on.strftime("%d-%m-%Y")
                yield [one.nik, one.name, born, "PHK", "01-03-2026", "2500000"]


def write(workbook: Path, text: Path, rows: list[Row]) -> None:
    """Write the same rows as a workbook and as a CSV."""
    with xlsxwriter.Workbook(workbook, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Anggota")
        for line, row in enumerate([HEAD, *rows]):
            sheet.write_row(line, 0, row)
    with text.open("w", newline="") as file:
        csv.writer(file, delimiter=";").writerows([HEAD, *rows])


def read_workbook(path: Path) -> int:
    """Read a workbook and do nothing with it."""
    sheet = fastexcel.read_excel(path).load_sheet(0)
    return len(sheet.to_arrow().to_pylist())


def read_text(path: Path) -> int:
    """Read a CSV and do nothing with it."""
    with path.open(newline="") as file:
        return sum(1 for _ in csv.reader(file, delimiter=";"))


def preview(
    name: str, path: Path, bare: Callable[[Path], int], rows: int
) -> AffectedList:
    """Preview one file beside a bare read of it."""
    began = time.perf_counter()
    bare(path)
    ceiling = time.perf_counter() - began
    given = Given("association", "Asosiasi", "guide", "laid_off", today())
    with transaction.atomic():
        act_as(Kind.JOB)
        row = receive_list(
            given=given, blocks=[path.read_bytes()], by=officer(), at=now()
        )
        began, used = time.perf_counter(), processor()
        check_list(list_id=row.pk, at=now())
        spent, used = time.perf_counter() - began, processor() - used
    row.refresh_from_db()
    assert row.total == rows, (row.state, row.total, row.problems[:3])
    verdict = "ok" if spent < MOST_SECONDS else "TOO SLOW"
    out.print(
        f"{name}: preview of {rows:,} rows {spent:.2f} s, bare read {ceiling:.2f} s,"
        f" ratio {ceiling / spent:.2f} (under {MOST_SECONDS} s: {verdict});"
        f" processor of us and the child {used:.1f} s"
    )
    return row


def processor() -> float:
    """Return the seconds of processor that we and our children took; not PostgreSQL's."""
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + child.ru_utime + child.ru_stime


def take_over(row: AffectedList) -> None:
    """Take a previewed list over, part by part, as the jobs do."""
    began = time.perf_counter()
    with transaction.atomic():
        act_as(Kind.JOB)
        take_list(affected_list=row, by=officer(), at=now())
    while row.state != AffectedList.State.DONE:
        with transaction.atomic():
            act_as(Kind.JOB)
            write_part(list_id=row.pk, at=now())
            row.refresh_from_db()
    spent = time.perf_counter() - began
    out.print(
        f"taken over: {row.done:,} rows in {spent:.1f} s, {row.done / spent:,.0f}/s"
    )


@cache
def officer() -> Actor:
    """Return who brings the lists."""
    staff = create_staff(username="eko", full_name="Eko Prasetyo", by="bench")
    assign(
        staff=staff,
        role=Role.ECONOMIC_OFFICE,
        region_code=REGENCY["code"],
        since=date(2020, 1, 1),
        by="bench",
    )
    return actor_for(staff, on=today())


if __name__ == "__main__":
    main()
