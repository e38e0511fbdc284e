"""Whether what guards ledger and diary in the database still does what it should.

A guard that keeps its name can be hollowed out: ``CHECK (true)``, a function that only
returns, a rule that swallows rows. So definitions are compared, with those of a freshly
migrated database in ``ledger/data/guards.json``.

    python -m django shell -c "from smartkampung.ledger.queries.guards import as_file;
        print(as_file(), end='')" > src/smartkampung/ledger/data/guards.json
"""

import json
import re
from collections.abc import Iterator
from importlib.resources import files

from django.db import connection

from smartkampung.kernel.chains import Fault
from smartkampung.ledger.rules.faults import Kind

Guard = tuple[str, str]  # what it is, and its name
# The diary of events, too, is only worth what guards it.
TABLES = (
    "audit_event",
    "audit_eventseal",
    "ledger_account",
    "ledger_chainlink",
    "ledger_entry",
    "ledger_seal",
    "ledger_transfer",
)
# How triggers are called in the database, and in models and docs/invariants.md.
OUR_NAME = re.compile(r"^pgtrigger_(\w+)_[0-9a-f]{5}$")
# NOT NULL is a constraint of its own since PostgreSQL 18: it is compared by column.
STANDING = """
WITH tables AS (
    SELECT c.* FROM pg_class c WHERE c.oid = ANY(%(tables)s::text[]::regclass[])
), triggers AS (
    SELECT g.*, t.relname FROM pg_trigger g JOIN tables t ON t.oid = g.tgrelid
)
SELECT 'table', relname::text, concat_ws(' ', relkind, relpersistence,
        CASE WHEN relrowsecurity THEN 'hides rows' END,
        CASE WHEN EXISTS (SELECT FROM pg_inherits i WHERE tables.oid IN (inhrelid, inhparent))
            THEN 'inherits' END)
    FROM tables
UNION ALL
SELECT 'column', t.relname || '.' || a.attname, concat_ws(' ',
        format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'not null' END,
        'identity ' || nullif(a.attidentity::text, ''), 'generated ' || nullif(a.attgenerated::text, ''))
    FROM pg_attribute a JOIN tables t ON t.oid = a.attrelid
    WHERE a.attnum > 0 AND NOT a.attisdropped
UNION ALL
SELECT 'constraint', c.conname, t.relname || ' ' || pg_get_constraintdef(c.oid, true)
    FROM pg_constraint c JOIN tables t ON t.oid = c.conrelid WHERE c.contype <> 'n'
UNION ALL
SELECT 'index', i.indexrelid::regclass::text, concat_ws(' ',
        pg_get_indexdef(i.indexrelid, 0, true),
        CASE WHEN NOT (i.indisvalid AND i.indisready AND i.indislive) THEN 'not valid' END)
    FROM pg_index i JOIN tables t ON t.oid = i.indrelid
UNION ALL
SELECT 'trigger', tgname, concat_ws(' ', pg_get_triggerdef(oid, true), tgenabled)
    FROM triggers WHERE NOT tgisinternal
UNION ALL
-- The checks of foreign keys are triggers too, with numbers for names.
SELECT 'trigger', g.relname || ' ' || c.conname || ' ' || g.tgfoid::regproc,
        g.tgenabled::text
    FROM triggers g JOIN pg_constraint c ON c.oid = g.tgconstraint WHERE g.tgisinternal
UNION ALL
SELECT DISTINCT 'function', p.proname, concat_ws(' ', l.lanname, p.prosrc,
        array_to_string(p.proconfig, ' '))
    FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
    WHERE p.oid IN (SELECT tgfoid FROM triggers WHERE NOT tgisinternal)
        OR p.proname = '_pgtrigger_should_ignore'
UNION ALL
SELECT 'rule', r.rulename, pg_get_ruledef(r.oid, true)
    FROM pg_rewrite r JOIN tables t ON t.oid = r.ev_class
UNION ALL
SELECT 'policy', p.polname, t.relname
    FROM pg_policy p JOIN tables t ON t.oid = p.polrelid
UNION ALL
-- Settings that switch triggers off or put other tables before ours, for whoever comes.
SELECT 'setting', setting, 'is set' FROM (
    SELECT split_part(unnest(setconfig), '=', 1) AS setting FROM pg_db_role_setting
    WHERE setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
) settings
    WHERE setting IN ('session_replication_role', 'search_path') OR setting LIKE 'pgtrigger.%%'
UNION ALL
SELECT 'setting', 'session_replication_role', 'is set'
    WHERE current_setting('session_replication_role') <> 'origin'
"""


def standing_guards() -> dict[Guard, str]:
    """Return what each guard of ledger and diary does, as the database has it now."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING, {"tables": list(TABLES)})
        rows = cursor.fetchall()
        cursor.execute("SELECT current_schema()")
        (schema,) = cursor.fetchone() or ("public",)
    return {
        (what, _elsewhere(name, schema)): _elsewhere(does, schema)
        for what, name, does in rows
    }


def wanted_guards() -> dict[Guard, str]:
    """Return what each guard does in a database that nobody tampered with."""
    file = files("smartkampung.ledger").joinpath("data", "guards.json")
    rows = json.loads(file.read_text(encoding="utf-8"))
    return {(what, name): does for what, name, does in rows}


def as_file() -> str:
    """Return the guards of this database as ``ledger/data/guards.json`` holds them."""
    rows = [[*guard, does] for guard, does in sorted(standing_guards().items())]
    return json.dumps(rows, indent=1) + "\n"


def fallen_guards() -> Iterator[Fault]:
    """Yield guards that are gone, off or different, and what was put beside them."""
    wanted, standing = wanted_guards(), standing_guards()
    for what, name in sorted(wanted.keys() | standing.keys()):
        if wanted.get((what, name)) != standing.get((what, name)):
            yield Fault(Kind.GUARD, what, OUR_NAME.sub(r"\1", name))


def _elsewhere(text: str, schema: str) -> str:
    """Leave the schema out: where the tables are is the deployment's choice."""
    return text.replace(f"{schema}.", "").replace(f'"{schema}".', "")
