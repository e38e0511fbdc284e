"""The history of every row: kept by the database, whoever writes."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from smartkampung.residents.actions.deaths import record_death
from smartkampung.residents.models import Family
from tests.lives import act
from tests.population import family, person, wayan

pytestmark = pytest.mark.django_db


def history(table: str) -> list[tuple[str, str]]:
    column = "status" if table == "personevent" else "address"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT pgh_label, {column} FROM residents_{table} ORDER BY pgh_id"
        )
        return list(cursor.fetchall())


def test_every_change_leaves_a_row_of_history() -> None:
    resident = wayan()
    record_death(act=act(), person=resident)
    assert history("personevent") == [("insert", "living"), ("update", "dead")]


def test_bulk_sql_leaves_history_too() -> None:
    household = family()
    for name in ("Made", "Ketut"):
        person(name, household=household)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE residents_person SET status = 'moved'")
    Family.objects.update(address="Jalan Mawar 1")
    assert [label for label, _ in history("personevent")].count("update") == 2
    assert history("familyevent")[-1] == ("update", "Jalan Mawar 1")


@pytest.mark.parametrize("table", ["personevent", "familyevent"])
@pytest.mark.parametrize("change", ["DELETE FROM", "UPDATE"])
def test_history_is_not_rewritten(table: str, change: str) -> None:
    wayan()
    tail = " SET pgh_label = 'x'" if change == "UPDATE" else ""
    with (
        pytest.raises(DatabaseError, match="Cannot update or delete"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"{change} residents_{table}{tail}")
