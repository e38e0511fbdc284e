"""Who died, moved, went missing or came back; and the history of every row."""

from datetime import datetime

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from smartkampung.audit.models import Event
from smartkampung.kernel.clock import WIB
from smartkampung.residents.actions import SameStatus, change_status
from smartkampung.residents.models import Family, Person
from tests.population import family, person, wayan

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)


def history(table: str) -> list[tuple[str, str]]:
    column = "status" if table == "personevent" else "address"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT pgh_label, {column} FROM residents_{table} ORDER BY pgh_id"
        )
        return list(cursor.fetchall())


@pytest.mark.parametrize("status", ["dead", "moved", "missing"])
def test_a_change_of_status_is_recorded(status: str) -> None:
    resident = wayan()
    change_status(person=resident, status=Person.Status(status), by="sari", at=NOW)
    assert Person.objects.get(pk=resident.pk).status == status
    event = Event.objects.get()
    assert (event.name, event.by) == ("residents.status_changed", "sari")
    assert (event.detail["before"], event.detail["after"]) == ("living", status)


def test_the_same_status_again_is_refused_and_not_recorded() -> None:
    resident = wayan()
    with pytest.raises(SameStatus):
        change_status(person=resident, status=Person.Status.LIVING, by="sari", at=NOW)
    assert not Event.objects.exists()


def test_every_change_leaves_a_row_of_history() -> None:
    resident = wayan()
    change_status(person=resident, status=Person.Status.DEAD, by="sari", at=NOW)
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
