"""Policies ask who acts once a statement; once a row, an officer's list takes twice as long."""

import pytest
from django.db import connection

from smartkampung.kernel.rls import Kind, act_as

pytestmark = pytest.mark.django_db

TABLES = (
    "isolation_reservation",
    "isolation_stay",
    "isolation_obligation",
    "isolation_check",
    "isolation_reading",
)


def plan(table: str) -> str:
    """Return how PostgreSQL reads a table for a village officer."""
    act_as(Kind.STAFF, scope=["35.10.01.2001"], health=["35.10.01.2001"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (COSTS OFF, VERBOSE) SELECT * FROM {table}")
        return "\n".join(line for (line,) in cursor.fetchall())


@pytest.mark.parametrize("table", TABLES)
def test_settings_are_asked_for_once_a_statement(table: str) -> None:
    filters = [line for line in plan(table).splitlines() if "Filter:" in line]
    assert filters
    assert not [line for line in filters if "current_setting" in line]
