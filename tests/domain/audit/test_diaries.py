"""Two diaries that nobody rewrites: what was done, and who was looked at."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext

from smartkampung.audit.actions import in_stead, looked, record, record_all, reveal
from smartkampung.audit.models import Access, Event
from smartkampung.audit.queries import looks_at
from smartkampung.kernel.sealed import Sealed
from smartkampung.residents.models import NIK
from tests.population import WAYAN_NIK, wayan

pytestmark = pytest.mark.django_db


def look(*people: int, by: str = "sari") -> None:
    looked(person_ids=people, by=by, role="village_officer", purpose="resident.page")


def refused(sql: str) -> None:
    with (
        pytest.raises(DatabaseError, match="Cannot update or delete"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_event_append_only() -> None:
    record("test.event", target=wayan(), by="sari", region_code="35.10", step=1)
    refused("UPDATE audit_event SET by = 'nobody'")
    refused("DELETE FROM audit_event")
    assert Event.objects.get().by == "sari"


def test_an_event_says_in_whose_stead_it_was_done() -> None:
    about = wayan()
    told = {"35.10": "kades"}
    with in_stead(lambda code: told.get(code, "")):
        record("test.lent", target=about, by="sari", region_code="35.10", step=1)
        record("test.own", target=about, by="sari", region_code="35.11")
        record_all("test.both", targets=[(about, "35.10")], by="sari")
    record("test.after", target=about, by="sari", region_code="35.10")
    found = dict(Event.objects.values_list("name", "detail"))
    assert found == {
        "test.lent": {"step": 1, "instead_of": "kades"},
        "test.own": {},
        "test.both": {"instead_of": "kades"},
        "test.after": {},
    }


def test_access_append_only() -> None:
    look(1)
    refused("UPDATE audit_access SET by = 'nobody'")
    refused("DELETE FROM audit_access")
    assert Access.objects.get().by == "sari"


def test_a_page_of_people_is_one_statement() -> None:
    with CaptureQueriesContext(connection) as asked:
        look(*range(1, 21))
    assert len(asked) == 1
    assert Access.objects.count() == 20


def test_nobody_shown_is_nothing_written() -> None:
    look()
    assert not Access.objects.exists()


def test_a_reveal_says_who_why_and_opens_the_value() -> None:
    plain = reveal(
        Sealed.of(WAYAN_NIK, NIK),
        person_id=7,
        by="sari",
        role="village_officer",
        purpose="resident.nik",
        reason="Mending the family card",
    )
    assert plain == WAYAN_NIK
    access = Access.objects.get()
    assert access.revealed
    assert (access.person_id, access.reason) == (7, "Mending the family card")


def test_looks_at_a_person_come_newest_first() -> None:
    look(7, by="sari")
    look(8, by="budi")
    look(7, by="endang")
    assert [access.by for access in looks_at(7)] == ["endang", "sari"]
