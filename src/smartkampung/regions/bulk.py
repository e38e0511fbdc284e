"""Whole tables of regions at once: a regency's folder, or the national code table.

Loading is idempotent: what is new is added, what differs is corrected, nothing is
taken away. A value the file leaves empty does not erase one that we have.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from django.db import connection, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartkampung.regions.rules import NotACode, kind_of, parent_of
from smartkampung.regions.tables import BadTable, Line, lines

Row = TypeVar("Row", bound=tuple[Any, ...])
MANY = 1_000  # rows after which the planner's idea of a table is out of date
POSITION_IS_THE_VILLAGES = "centre of the village, not of the building"
NO_SUCH_VILLAGE = gettext_lazy("There is no village %s. Correct its code.")
NO_SUCH_CENTRE = gettext_lazy("There is no health centre %s. Correct its code.")


CODE, NAME, VILLAGE, CENTRE = ("code", "kode"), ("name", "nama"), "village", "centre"


class RegionRow(NamedTuple):
    """One region as a file tells it; kind and parent follow from the code."""

    code: str
    name: str
    dusun: str = ""
    bps_code: str = ""
    postal_code: str = ""
    lat: float | None = None
    lng: float | None = None
    area_km2: float | None = None


class TermRow(NamedTuple):
    """One person heading one region from a day on."""

    region: str
    name: str
    since: date
    until: date | None


def load_regency(folder: Path) -> dict[str, int]:
    """Load a folder of region files; return how many rows each table got.

    ``regency.csv``, ``kecamatan.csv``, ``villages.csv``, ``health_centres.csv`` and
    ``served_villages.csv``; all or nothing. Raises ``BadTable``.
    """
    names = ("regency.csv", "kecamatan.csv", "villages.csv")
    regions = [row for name in names for row in _region_rows(folder / name)]
    with transaction.atomic():
        return {
            "regions": save_regions(regions),
            "health_centres": _save_centres(folder / "health_centres.csv"),
            "served_villages": _save_served(folder / "served_villages.csv"),
        }


def load_national(path: Path) -> int:
    """Load a code table (``kode,nama`` or ``code,name``; may be gzipped).

    Returns the number of regions; all or nothing. Raises ``BadTable``.
    """
    rows = list(_region_rows(path))
    with transaction.atomic():
        return save_regions(rows)


def save_regions(rows: Sequence[RegionRow], *, synthetic: bool = False) -> int:
    """Add or correct regions; parents may come in the same call.

    ``synthetic`` marks the new ones as made up for a demo.
    Raises ``BadTable`` when a parent is in neither the call nor the table.
    """
    rows = _once(sorted(rows))
    _refuse_orphans(rows)
    with connection.cursor() as cursor:
        cursor.execute(SAVE_REGIONS, [synthetic, *_columns(rows)])
        if len(rows) > MANY:
            # The parents are looked up at commit: a planner that still believes the
            # table empty reads it whole for each of 91,000 regions (217 s, now 2).
            cursor.execute("ANALYZE regions_region")
    return len(rows)


def save_terms(rows: Sequence[TermRow]) -> int:
    """Add terms of office of heads; a term that is already there stays as it is."""
    with connection.cursor() as cursor:
        cursor.execute(SAVE_TERMS, _turned(rows, 4))
        return int(cursor.rowcount)


SAVE_REGIONS = """
    INSERT INTO regions_region AS old (synthetic, phone, boundary_source, code, name,
        dusun, bps_code, postal_code, lat, lng, area_km2, kind, parent_id)
    SELECT %s, '', '', * FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[],
        %s::text[], %s::float8[], %s::float8[], %s::float8[], %s::text[],
        %s::text[])
    ON CONFLICT (code) DO UPDATE SET name = excluded.name,
        dusun = coalesce(nullif(excluded.dusun, ''), old.dusun),
        bps_code = coalesce(nullif(excluded.bps_code, ''), old.bps_code),
        postal_code = coalesce(nullif(excluded.postal_code, ''), old.postal_code),
        lat = coalesce(excluded.lat, old.lat), lng = coalesce(excluded.lng, old.lng),
        area_km2 = coalesce(excluded.area_km2, old.area_km2)
"""
SAVE_TERMS = """
    INSERT INTO regions_headterm (region_id, name, since, until)
    SELECT * FROM unnest(%s::text[], %s::text[], %s::date[], %s::date[])
        AS new (region, name, since, until)
    WHERE NOT EXISTS (SELECT FROM regions_headterm old WHERE
        old.region_id = new.region AND daterange(old.since, old.until)
        && daterange(new.since, new.until))
"""
SAVE_CENTRES = """
    INSERT INTO regions_healthcentre AS old
        (code, name, address, village_id, lat, lng, position_note)
    SELECT *, %s FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[],
        %s::float8[], %s::float8[])
    ON CONFLICT (code) DO UPDATE SET name = excluded.name,
        address = excluded.address, village_id = excluded.village_id
"""
SAVE_SERVED = """
    INSERT INTO regions_servedvillage (village_id, centre_id)
    SELECT * FROM unnest(%s::text[], %s::text[])
    ON CONFLICT (village_id) DO UPDATE SET centre_id = excluded.centre_id
"""


def _columns(rows: Sequence[RegionRow]) -> list[list[Any]]:
    return [
        *_turned(rows, len(RegionRow._fields)),
        [kind_of(row.code) for row in rows],
        [parent_of(row.code) for row in rows],
    ]


def _refuse_orphans(rows: Iterable[RegionRow]) -> None:
    coming = {row.code for row in rows}
    parents = {parent_of(code) for code in coming} - coming
    _refuse_missing(
        sorted(filter(None, parents)),
        "regions_region",
        _(
            "Region %s is missing: the file names something in it, but it is neither"
            " in the file nor loaded before. Add it, or load it first."
        ),
    )


def _refuse_missing(codes: Iterable[str], table: str, message: str | Promise) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT unnest(%s::text[]) EXCEPT SELECT code FROM {table}"
            " ORDER BY 1 LIMIT 1",
            [list(codes)],
        )
        missing = cursor.fetchone()
    if missing:
        raise BadTable(str(message) % missing[0])


def _once(rows: list[Row]) -> list[Row]:
    seen = set()
    for row in rows:
        if row[0] in seen:
            raise BadTable(
                _("%s stands twice in the file. Leave it once.") % str(row[0])
            )
        seen.add(row[0])
    return rows


def _region_rows(path: Path) -> Iterator[RegionRow]:
    for line in lines(path, CODE, NAME):
        yield RegionRow(
            code=_code(line, *CODE),
            name=line.text(*NAME),
            bps_code=line.optional("bps_code"),
            postal_code=line.optional("postal_code"),
            lat=line.decimal("lat"),
            lng=line.decimal("lng"),
            area_km2=line.decimal("area_km2"),
        )


def _code(line: Line, *names: str) -> str:
    code = line.text(*names, longest=30)
    try:
        kind_of(code)
    except NotACode:
        raise line.wrong(
            names[0], _("“%s” is not a region code like 35.10.09.2003") % code
        ) from None
    return code


def _save_centres(path: Path) -> int:
    rows = [
        (
            line.text("code", longest=20),
            line.text(*NAME),
            line.optional("address"),
            _code(line, VILLAGE),
            line.decimal("lat"),
            line.decimal("lng"),
        )
        for line in lines(path, ("code",), NAME, (VILLAGE,))
    ]
    _refuse_missing((row[3] for row in rows), "regions_region", NO_SUCH_VILLAGE)
    with connection.cursor() as cursor:
        cursor.execute(
            SAVE_CENTRES, [POSITION_IS_THE_VILLAGES, *_turned(_once(rows), 6)]
        )
    return len(rows)


def _save_served(path: Path) -> int:
    rows = [
        (_code(line, VILLAGE), line.text(CENTRE, longest=20))
        for line in lines(path, (VILLAGE,), (CENTRE,))
    ]
    _refuse_missing((row[0] for row in rows), "regions_region", NO_SUCH_VILLAGE)
    _refuse_missing((row[1] for row in rows), "regions_healthcentre", NO_SUCH_CENTRE)
    with connection.cursor() as cursor:
        cursor.execute(SAVE_SERVED, _turned(_once(rows), 2))
    return len(rows)


def _turned(rows: Iterable[Sequence[Any]], width: int) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)] or [[]] * width
