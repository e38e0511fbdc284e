"""What benchmarks of the registry ask for, bare; imported once Django is set up."""

from django.db import connection, transaction

from smartkampung.kernel.clock import now
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.quality import actions
from smartkampung.residents.queries.households import SHOWN

START = ("", 0)


def keep_scores() -> int:
    """Count the faults of the whole regency, as the hourly job does."""
    with transaction.atomic():
        act_as(Kind.JOB)
        return actions.keep_scores(at=now())


def largest_places() -> list[str]:
    """Return the regency and the largest kecamatan, village and RT in it."""
    village, _ = largest_village()
    segments = _largest(6).split(".")
    kecamatan = _largest(3)
    return [".".join(segments[:2]), kecamatan, village, ".".join(segments)]


def largest_village() -> tuple[str, int]:
    """Return the village with most people, and how many."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_DEPTH, [4])
        code, people = cursor.fetchone()
    return code, people


_BY_DEPTH = """
    SELECT array_to_string((string_to_array(region_code, '.'))[1:%s], '.') AS place,
        count(*)
    FROM residents_person WHERE status = 'living'
    GROUP BY place ORDER BY count(*) DESC LIMIT 1
"""


def _largest(depth: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute(_BY_DEPTH, [depth])
        return str(cursor.fetchone()[0])


def bare_count(region: str) -> int:
    """Read and group the living residents of a region, judging nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT region_code, count(*), count(DISTINCT family_id)"
            " FROM residents_person WHERE status = 'living'"
            " AND region_code LIKE %s GROUP BY region_code",
            [f"{region}%"],
        )
        return len(cursor.fetchall())


def bare_page(village: str, key: tuple[str, int]) -> list[int]:
    """Read the families of one page and who lives in them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, region_code, kk, address FROM residents_family AS card"
            " WHERE region_code LIKE %s AND region_code >= %s"
            " AND (region_code > %s OR id > %s) AND EXISTS (SELECT FROM"
            " residents_person WHERE family_id = card.id AND status = 'living')"
            " ORDER BY region_code, id LIMIT %s",
            [f"{village}%", key[0], key[0], key[1], SHOWN + 1],
        )
        families = [row[0] for row in cursor.fetchall()]
        cursor.execute(
            "SELECT id, family_id, name, relation FROM residents_person"
            " WHERE family_id = ANY(%s) AND status = 'living'"
            " ORDER BY relation, born_on, id",
            [families],
        )
        cursor.fetchall()
    return families


def keys_of_pages(village: str) -> list[tuple[str, int]]:
    """Return where each page of a village's list begins."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT region_code, id FROM residents_family AS card"
            " WHERE region_code LIKE %s AND EXISTS (SELECT FROM residents_person"
            " WHERE family_id = card.id AND status = 'living')"
            " ORDER BY region_code, id",
            [f"{village}%"],
        )
        rows = cursor.fetchall()
    ends = [tuple(row) for row in rows[SHOWN - 1 : -1 : SHOWN]]
    return [START, *ends]
