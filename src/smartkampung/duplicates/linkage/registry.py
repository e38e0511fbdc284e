"""Reads everybody from PostgreSQL, as what is compared, one person at a time."""

from collections.abc import Iterator

from django.db import connection, transaction

from smartkampung.duplicates.rules.traits import Facts, Veil
from smartkampung.kernel.sealed import keyring
from smartkampung.residents.models import NIK

AT_ONCE = 20_000
# Whoever stands in quarantine is compared by the NIK they claim.
_EVERYBODY = """
    SELECT p.id, p.name_folded, p.sex, p.born_on, p.region_code, p.family_id,
        p.birth_place, p.mother_name, p.father_name, coalesce(p.nik, c.nik)
    FROM residents_person p
    LEFT JOIN residents_nikclaim c ON c.claimant_id = p.id AND c.decided_at IS NULL
    WHERE p.merged_into_id IS NULL
"""


def everybody() -> Iterator[Facts]:
    """Yield all people but merged records; NIKs in a veil that is lifted by nobody.

    One snapshot of the registry, however long the reading takes.
    """
    veil, keys = Veil(), keyring()
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_EVERYBODY)
        while rows := cursor.fetchmany(AT_ONCE):
            for pk, name, sex, born, region, card, place, mother, father, box in rows:
                nik = veil.hide(keys.open(bytes(box), NIK)) if box is not None else ""
                yield Facts(
                    pk, name, sex, born, region, str(card), place, mother, father, nik
                )
