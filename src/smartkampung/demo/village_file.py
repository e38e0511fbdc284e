"""Files that Sari's village has brought: one applied with open questions, one to look at.

Both are made from people of the demo, so that changes, contradictions and rejected
cells can all be seen; the cast stays as its parts need it.
"""

import csv
import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Role
from smartkampung.demo.cast import NEXT_DOOR, VILLAGE, cases
from smartkampung.demo.staff import Officers
from smartkampung.kernel.clock import day, telling
from smartkampung.residents.exports.rows import people_of
from smartkampung.residents.imports import work
from smartkampung.residents.imports.actions import receive_import
from smartkampung.residents.imports.bringing import bring
from smartkampung.residents.imports.giving_back import person_cells
from smartkampung.residents.imports.handlers import HANDLERS
from smartkampung.residents.imports.handling import Task
from smartkampung.residents.imports.progress import Reporter
from smartkampung.residents.imports.reading.layouts import OPENSID_HEADERS
from smartkampung.residents.imports.reading.records import Format, PersonDraft

Row = dict[str, str | int]
FEWEST, PEOPLE = 10, 60
FARM_HAND, DEAD = 20, 2
MONTH_AGO = timedelta(days=30)


def bring_village_files(at: datetime) -> None:
    """Apply last month's file and leave this month's to be looked at.

    A demo so small that the village is nearly empty goes without.
    """
    sari = Officers(on=day(at)).of(Role.VILLAGE_OFFICER, VILLAGE)
    rows = [person_cells(draft) for draft in _some(VILLAGE, PEOPLE)]
    if len(rows) < FEWEST:
        return
    stranger = person_cells(next(_some(NEXT_DOOR, 1)))
    _apply(_last_month(rows, stranger), sari, at - MONTH_AGO)
    _show(_this_month(rows), sari, at)


def _some(village: str, number: int) -> Iterator[PersonDraft]:
    """Return people with all their numbers, none of them of the cast."""
    cast = {case.family.kk for case in cases()}
    drafts = (given.draft for given in people_of(village))
    return islice(
        (draft for draft in drafts if draft.nik and draft.kk and draft.kk not in cast),
        number,
    )


def _last_month(rows: list[Row], stranger: Row) -> list[Row]:
    """Two that changed, a baby, and three that only a human can decide."""
    changed = [dict(row) for row in rows]
    changed[1]["pekerjaan_id"] = changed[2]["pekerjaan_id"] = FARM_HAND
    changed[4]["tanggallahir"] = "1979-02-03"
    changed[7]["nama"] = "Suwandi Hartono"
    baby = rows[0] | {
        "nama": "Arka Pratama",
        "nik": "0",
        "sex": 1,
        "tanggallahir": "2020-03-05",
        "kk_level": 4,
    }
    came = stranger | {name: rows[0][name] for name in ("no_kk", "dusun", "rw", "rt")}
    return [*changed, baby, came]


def _this_month(rows: list[Row]) -> list[Row]:
    """A death, and cells that cannot be taken."""
    changed = [dict(row) for row in rows]
    changed[3]["status_dasar"] = DEAD
    changed[5]["nik"] = "3.51009E+15"
    changed[6]["tanggallahir"] = "31-02-1990"
    changed[8]["no_kk"] = str(changed[8]["no_kk"])[:15]
    changed[9]["sex"] = "X"
    return changed


def _apply(rows: list[Row], sari: Actor, at: datetime) -> None:
    with telling(at):
        bring(
            task=Task(Format.OPENSID, VILLAGE, at, {}),
            file_name="penduduk-bulan-lalu.csv",
            blocks=[_csv(rows)],
            by=sari.username,
            apply=True,
            factories=HANDLERS,
            reporter=Reporter(None),
        )


def _show(rows: list[Row], sari: Actor, at: datetime) -> None:
    imported = receive_import(
        kind=Format.OPENSID,
        region_code=VILLAGE,
        file_name="penduduk-bulan-ini.csv",
        blocks=[_csv(rows)],
        options={},
        by=sari,
        at=at,
    )
    work.read_import(import_id=imported.pk, at=at, factories=HANDLERS)


def _csv(rows: list[Row]) -> bytes:
    target = io.StringIO()
    writer = csv.DictWriter(target, OPENSID_HEADERS, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue().encode()
