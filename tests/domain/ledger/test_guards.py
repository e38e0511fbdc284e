"""A guard of the ledger that was hollowed out, or something put beside it, is named."""

import pytest
from django.db import connection

from smartkampung.ledger.queries.guards import standing_guards, wanted_guards
from smartkampung.ledger.rules.faults import Kind
from tests.tampering import as_superuser, faults, numbers

pytestmark = pytest.mark.django_db
RETURNS = "RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN coalesce(NEW, OLD); END'"
HOLLOWED_OUT = {
    "account_never_below_zero": """
        ALTER TABLE ledger_account DROP CONSTRAINT account_never_below_zero;
        ALTER TABLE ledger_account ADD CONSTRAINT account_never_below_zero CHECK (true)
    """,
    "transfer_done_once": """
        ALTER TABLE ledger_transfer DROP CONSTRAINT transfer_done_once;
        ALTER TABLE ledger_transfer ADD CONSTRAINT transfer_done_once UNIQUE (key, id)
    """,
    "entry_append_only": f"""
        CREATE OR REPLACE FUNCTION pgtrigger_entry_append_only_cb569() {RETURNS}
    """,
    "_pgtrigger_should_ignore": """
        CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name NAME)
        RETURNS BOOLEAN LANGUAGE sql AS 'SELECT true'
    """,
    "seal_append_only": "ALTER TABLE ledger_seal DISABLE TRIGGER USER",
    "swallow": "CREATE RULE swallow AS ON INSERT TO ledger_seal DO INSTEAD NOTHING",
    "ledger_transfer": "ALTER TABLE ledger_transfer ENABLE ROW LEVEL SECURITY",
    "some_rows": "CREATE POLICY some_rows ON ledger_transfer USING (id > 9)",
    "ledger_transfer.by": "ALTER TABLE ledger_transfer ALTER by DROP NOT NULL",
    "more": f"""
        CREATE FUNCTION more() {RETURNS};
        CREATE TRIGGER more BEFORE INSERT ON ledger_entry
            FOR EACH ROW EXECUTE FUNCTION more()
    """,
    "search_path": "ALTER ROLE CURRENT_USER SET search_path = elsewhere, public",
}


def test_the_file_of_guards_says_what_a_new_database_has() -> None:
    # After a migration of the ledger: write it anew, see queries/guards.py.
    assert standing_guards() == wanted_guards()


@pytest.mark.parametrize("name", HOLLOWED_OUT)
def test_a_guard_is_compared_by_what_it_does(name: str) -> None:
    with connection.cursor() as mallory:
        mallory.execute(HOLLOWED_OUT[name])
    assert numbers(faults(), Kind.GUARD) == {name}


@pytest.mark.parametrize(
    ("setting", "value"),
    [("session_replication_role", "replica"), ("pgtrigger.ignore", "'{all}'")],
)
@pytest.mark.django_db(transaction=True)
def test_triggers_switched_off_for_the_whole_database_are_named(
    setting: str, value: str
) -> None:
    database = connection.settings_dict["NAME"]
    with as_superuser() as mallory:
        mallory.does(f'ALTER DATABASE "{database}" SET {setting} = {value}')
    try:
        assert numbers(faults(), Kind.GUARD) == {setting}
    finally:
        with as_superuser() as mended:
            mended.does(f'ALTER DATABASE "{database}" RESET {setting}')
