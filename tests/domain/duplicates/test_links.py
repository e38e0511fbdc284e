"""No link to a person can be forgotten: the model graph against the database itself."""

import pgtrigger
import pytest
from django.db import connection

from smartkampung.duplicates.links import STAYS, links_to, moving_links
from smartkampung.residents.models import Family, Person

pytestmark = pytest.mark.django_db
# Columns that hold the id of a person without a foreign key, and why a merge may
# leave them alone.
WITHOUT_A_KEY = {
    "audit_access.person_id": "the diary of looks is append-only (ADR 0007)",
    "residents_importrow.person_id": "an import remembers which record it wrote",
}


def catalogue(target: str) -> set[str]:
    """Return every column with a foreign key to a table, as PostgreSQL knows them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.conrelid::regclass::text || '.' || a.attname"
            " FROM pg_constraint c JOIN pg_attribute a"
            " ON a.attrelid = c.conrelid AND a.attnum = ANY(c.conkey)"
            " WHERE c.contype = 'f' AND c.confrelid = %s::regclass",
            [target],
        )
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.parametrize("model", [Person, Family])
def test_every_foreign_key_is_moved_or_stays_for_a_reason(
    model: type[Person] | type[Family],
) -> None:
    known = {f"{link.model._meta.db_table}.{link.column}" for link in links_to(model)}
    in_database = catalogue(model._meta.db_table)
    assert len(in_database) >= 3
    assert in_database <= known
    moved = {link.label for link in moving_links(model)}
    assert all(link.label in moved or STAYS[link.label] for link in links_to(model))


def test_no_link_that_moves_lies_in_a_table_that_may_not_change() -> None:
    fixed = [
        link.label
        for model in (Person, Family)
        for link in moving_links(model)
        for trigger in getattr(link.model._meta, "triggers", [])
        if isinstance(trigger, pgtrigger.Protect)
    ]
    assert not fixed, f"say in links.STAYS why these stay: {fixed}"


def test_what_stays_is_a_link_that_there_is() -> None:
    labels = {link.label for model in (Person, Family) for link in links_to(model)}
    assert set(STAYS) <= labels


def test_no_column_names_a_person_without_a_foreign_key_unless_it_may() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name || '.' || column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND column_name ~ '(^|_)person(_id)?$'"
            " AND table_name NOT LIKE '%event' AND data_type <> 'boolean'"
        )
        named = {row[0] for row in cursor.fetchall()}
    assert "aid_claim.person_id" in named
    assert named - catalogue("residents_person") == set(WITHOUT_A_KEY)
