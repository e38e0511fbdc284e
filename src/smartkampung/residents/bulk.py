"""Many families at once, sealed on the way in: COPY instead of row by row.

Nothing here judges a record: shapes were read by ``residents.rules`` before. A NIK
that somebody already has does not fail the load: the second claimant is stored
without it and stands in quarantine (``NikClaim``) until a human decides.
"""

import gc
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from django.db import IntegrityError, connection, transaction

from smartkampung.kernel.errors import constraint_name
from smartkampung.kernel.sealed import Keyring, Sealed, keyring
from smartkampung.residents.models import KK, NIK, PHONE, NikClaim
from smartkampung.residents.rules import fold_name, nik_flags
from smartkampung.worklist.actions import open_work

FAMILIES_AT_ONCE = 4_000
CLAIM_DECIDED_WITHIN = timedelta(days=30)
DECIDE_NIK_CLAIMS = "resident.nik_claim_decide"
Item = TypeVar("Item")


class PersonRow(NamedTuple):
    """One person as a source tells it; codes are those of SIAK."""

    nik: str  # 16 digits of a possible shape, or empty
    name: str
    sex: str
    born_on: date | None
    relation: int | None
    temporary_id: str = ""
    birth_place: str = ""
    religion: int | None = None
    education: int | None = None
    occupation: int | None = None
    marital_status: int | None = None
    blood_type: int | None = None
    citizenship: int = 1
    father_name: str = ""
    mother_name: str = ""
    status: str = "living"


class FamilyRow(NamedTuple):
    """One family card and everybody on it."""

    kk: str  # 16 digits, or empty
    region_code: str
    members: Sequence[PersonRow]
    temporary_id: str = ""
    address: str = ""
    dusun: str = ""
    phone: str = ""  # +62...
    language: str = "id"


class Loaded(NamedTuple):
    """What a load has stored so far; ``contested`` stand in quarantine."""

    families: int
    people: int
    contested: int


def load_people(
    families: Iterable[FamilyRow],
    *,
    at: datetime,
    progress: Callable[[Loaded], None] = lambda loaded: None,
) -> Loaded:
    """Store new families and people with sealed numbers; return how many.

    Each few thousand families are one transaction, so a load that dies leaves whole
    families. ``families`` is read in another thread while the database works: it
    must not itself use the database. Raises IntegrityError when a family-card
    number is already here.
    """
    total = Loaded(0, 0, 0)
    with short_turns():
        for chunk in ahead(_sealed_chunks(families, keyring())):
            contested = _store(chunk, at)
            total = Loaded(
                total.families + len(chunk.families),
                total.people + len(chunk.people),
                total.contested + contested,
            )
            progress(total)
    return total


class _Chunk(NamedTuple):
    """Rows ready to be copied, but for their ids (people know their family's place)."""

    families: list[tuple[Any, ...]]
    people: list[tuple[int, tuple[Any, ...]]]


# What _sealed_chunks fills, in this order; ids and family_id are put before.
FAMILY = (
    ("kk", "bytea"),
    ("kk_index", "bytea"),
    ("temporary_id", "varchar"),
    ("region_code", "varchar"),
    ("address", "varchar"),
    ("dusun", "varchar"),
    ("phone", "bytea"),
    ("phone_index", "bytea"),
    ("language", "varchar"),
)
PERSON = (
    ("nik", "bytea"),
    ("nik_index", "bytea"),
    ("nik_flags", "int2"),
    ("temporary_id", "varchar"),
    ("name", "varchar"),
    ("name_folded", "varchar"),
    ("sex", "varchar"),
    ("born_on", "date"),
    ("birth_place", "varchar"),
    ("religion", "int2"),
    ("education", "int2"),
    ("occupation", "int2"),
    ("marital_status", "int2"),
    ("blood_type", "int2"),
    ("citizenship", "int2"),
    ("relation", "int2"),
    ("father_name", "varchar"),
    ("mother_name", "varchar"),
    ("region_code", "varchar"),
    ("status", "varchar"),
)
BOX, INDEX, FLAGS, REGION = 0, 1, 2, 18  # places in a person tuple


def _sealed_chunks(families: Iterable[FamilyRow], keys: Keyring) -> Iterator[_Chunk]:
    source = iter(families)
    while rows := list(islice(source, FAMILIES_AT_ONCE)):
        chunk = _Chunk([], [])
        for place, family in enumerate(rows):
            chunk.families.append(family_tuple(family, keys))
            for person in family.members:
                row = person_tuple(person, family.region_code, keys)
                chunk.people.append((place, row))
        yield chunk


def family_tuple(family: FamilyRow, keys: Keyring) -> tuple[Any, ...]:
    """Return the values of ``FAMILY``, sealed."""
    return (
        *_sealed(family.kk, KK, keys),
        family.temporary_id,
        family.region_code,
        family.address,
        family.dusun,
        *_sealed(family.phone, PHONE, keys),
        family.language,
    )


def person_tuple(person: PersonRow, region: str, keys: Keyring) -> tuple[Any, ...]:
    """Return the values of ``PERSON``, sealed, with flags and folded name."""
    nik = person.nik
    flags = (
        nik_flags(nik, region_code=region, born_on=person.born_on, sex=person.sex)
        if nik
        else 0
    )
    return (
        *_sealed(nik, NIK, keys),
        int(flags),
        person.temporary_id,
        person.name,
        fold_name(person.name),
        person.sex,
        person.born_on,
        person.birth_place,
        person.religion,
        person.education,
        person.occupation,
        person.marital_status,
        person.blood_type,
        person.citizenship,
        person.relation,
        person.father_name,
        person.mother_name,
        region,
        person.status,
    )


def _sealed(
    plain: str, purpose: str, keys: Keyring
) -> tuple[bytes | None, bytes | None]:
    if not plain:
        return None, None
    return keys.seal(plain, purpose), keys.index(plain, purpose)


@contextmanager
def short_turns() -> Iterator[None]:
    """Let threads take turns ten times as often as Python does by itself.

    Else COPY, which stops at every few kilobytes, waits five milliseconds each time
    for the thread that seals, and the database idles. The search for garbage rests
    meanwhile: it would look through millions of rows that are all in use, again and
    again, for a quarter of the time.
    """
    usual, collecting = sys.getswitchinterval(), gc.isenabled()
    sys.setswitchinterval(usual / 10)
    gc.disable()
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
        if collecting:
            gc.enable()


def ahead(items: Iterator[Item]) -> Generator[Item, None, None]:
    """Yield items, making the next one in a thread while this one is used."""
    with ThreadPoolExecutor(1, thread_name_prefix="seal") as maker:
        waiting = maker.submit(next, items, None)
        while (item := waiting.result()) is not None:
            waiting = maker.submit(next, items, None)
            yield item


def _store(chunk: _Chunk, at: datetime) -> int:
    """Write one chunk; a NIK taken by somebody in the meantime makes a second try."""
    try:
        with transaction.atomic():
            return _write(chunk, at)
    except IntegrityError as error:
        if constraint_name(error) != "person_nik_unique":
            raise
    with transaction.atomic():
        return _write(chunk, at)


def _write(chunk: _Chunk, at: datetime) -> int:
    family_ids = new_ids("residents_family", len(chunk.families))
    person_ids = new_ids("residents_person", len(chunk.people))
    holders = _holders(row[INDEX] for _, row in chunk.people)
    people, claims = [], []
    for person_id, (place, row) in zip(person_ids, chunk.people, strict=True):
        key = (person_id, family_ids[place])
        index = row[INDEX]
        if index is None or holders.setdefault(index, person_id) == person_id:
            people.append(key + row)
        else:
            claims.append(_claim(person_id, holders[index], row, at))
            people.append((*key, None, None, 0, *row[FLAGS + 1 :]))
    families = (
        (key, *row) for key, row in zip(family_ids, chunk.families, strict=True)
    )
    copy_rows("residents_family", (("id", "int8"), *FAMILY), families)
    copy_rows(
        "residents_person", (("id", "int8"), ("family_id", "int8"), *PERSON), people
    )
    _quarantine(claims)
    return len(claims)


def new_ids(table: str, count: int) -> list[int]:
    """Return so many fresh ids of a table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(nextval(pg_get_serial_sequence(%s, 'id')))"
            " FROM generate_series(1, %s)",
            [table, count],
        )
        return list(cursor.fetchone()[0] or [])


def _holders(indexes: Iterable[bytes | None]) -> dict[bytes, int]:
    """Return who already has one of these NIKs, by blind index."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nik_index, id FROM residents_person WHERE nik_index = ANY(%s)",
            [[index for index in indexes if index is not None]],
        )
        return {bytes(index): person for index, person in cursor.fetchall()}


def copy_rows(
    table: str,
    columns: Sequence[tuple[str, str]],
    rows: Iterable[tuple[Any, ...]],
) -> None:
    """Copy rows into a table. Triggers keep their history."""
    names = ", ".join(name for name, _ in columns)
    statement = f"COPY {table} ({names}) FROM STDIN (FORMAT BINARY)"
    # Django wraps the errors of execute() only, so those of COPY are wrapped here.
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(statement) as copy,
    ):
        copy.set_types([kind for _, kind in columns])
        write = copy.write_row
        for row in rows:
            write(row)


def _claim(
    person_id: int, holder_id: int, row: tuple[Any, ...], at: datetime
) -> NikClaim:
    return NikClaim(
        claimant_id=person_id,
        holder_id=holder_id,
        nik=Sealed(row[BOX], NIK),
        nik_index=row[INDEX],
        nik_flags=row[FLAGS],
        region_code=row[REGION],
        raised_at=at,
    )


def _quarantine(claims: list[NikClaim]) -> None:
    for claim in NikClaim.objects.bulk_create(claims):
        open_work(
            kind="residents.nik_claim",
            target=claim,
            permission=DECIDE_NIK_CLAIMS,
            region_code=claim.region_code,
            due_at=claim.raised_at + CLAIM_DECIDED_WITHIN,
        )


def count_words() -> int:
    """Count anew how many people carry each word of a name; return how many changed.

    Words that nobody carries any more stay: somebody who is being entered this very
    moment may.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE residents_nameword AS known SET people = counted.people
            FROM (
                SELECT word, count(*) AS people
                FROM residents_person, unnest(string_to_array(name_folded, ' ')) AS word
                GROUP BY word
            ) AS counted
            WHERE known.word = counted.word AND known.people <> counted.people
            """
        )
        return int(cursor.rowcount)
