"""Migration 0003: what was written unsigned, before, is signed once."""

from importlib import import_module
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from smartkampung.ledger.bulk import seal_waiting
from smartkampung.ledger.queries.kept import keep_last_seal
from smartkampung.ledger.rules.faults import Kind
from tests.tampering import AT, as_superuser, faults, moved, numbers, sealed_ledger

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, settings: Settings) -> None:
    settings.HOME = tmp_path


def upgrade() -> None:
    """Do what the migration does to the rows."""
    name = "smartkampung.ledger.migrations.0003_sign_everything"
    with connection.schema_editor() as editor:
        import_module(name).sign_everything(None, editor)


def unsigned() -> None:
    """Make the ledger one of the version before signatures."""
    with as_superuser() as past:
        past.does("UPDATE ledger_transfer SET mac = NULL")
        past.does("UPDATE ledger_account SET mac = NULL")


def test_an_old_ledger_is_signed_and_then_whole() -> None:
    moved(2)
    unsigned()
    upgrade()
    assert seal_waiting(at=AT) == 2
    assert faults() == ()


def test_rows_that_the_first_seal_took_in_are_signed_unless_they_were_changed() -> None:
    (first, _second) = sealed_ledger(2)
    unsigned()
    with as_superuser() as mallory:
        mallory.does("UPDATE ledger_transfer SET by = 'budi' WHERE id = %s", first)
    upgrade()
    assert numbers(faults(), Kind.UNSIGNED) == {first}
    assert len(faults()) == 1


def test_what_came_unsigned_after_the_first_seal_stays_so() -> None:
    sealed_ledger(2)
    with as_superuser() as mallory:
        mallory.does(
            "INSERT INTO ledger_transfer (id, key, kind, at, by)"
            " VALUES (900, 'gift', 'test', now(), 'sari')"
        )
    upgrade()
    assert numbers(faults(), Kind.UNSIGNED) == {900}


def test_a_ledger_is_not_signed_a_second_time() -> None:
    sealed_ledger(2)
    keep_last_seal()
    unsigned()
    with pytest.raises(RuntimeError, match="signed before"):
        upgrade()
