"""The database: its server, its schema, and what the program's role may do there."""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from smartkampung.accounts.queries import demo_leftovers
from smartkampung.cli.binaries import OLDEST
from smartkampung.cli.grants import append_only_tables
from smartkampung.kernel.schema import pending_migrations
from smartkampung.ledger.queries import accounts_that_disagree

EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")
BEHIND_POLICIES = (
    "aid_claim",
    "aid_decision",
    "aid_entitlement",
    "aid_fieldcheck",
    "aid_finding",
    "aid_handover",
    "aid_objection",
    "aid_proposal",
    "aid_proposalevent",
    "aid_report",
)
SAFE_SSL = {"verify-full", "verify-ca"}


def _rows(query: str, *values: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def server() -> Iterator[str]:
    """Find a server that is too old, lacks extensions, or is spoken to in the clear."""
    connection.ensure_connection()
    version = connection.connection.info.server_version
    if version < OLDEST * 10_000:
        yield f"PostgreSQL is version {version // 10_000}; {OLDEST} or newer is needed."
    present = {row[0] for row in _rows("SELECT extname FROM pg_extension")}
    for name in EXTENSIONS:
        if name not in present:
            yield f"The extension {name} is missing. Run: smartkampung migrate"
    host = connection.settings_dict["HOST"]
    local = host in {"", "localhost", "127.0.0.1", "::1"} or host.startswith("/")
    if not local and connection.settings_dict["OPTIONS"].get("sslmode") not in SAFE_SSL:
        yield f"The way to {host} is not protected: add ?sslmode=verify-full."


def migrations() -> Iterator[str]:
    """Find a schema that is older than the program."""
    pending = pending_migrations()
    if pending:
        yield f"{len(pending)} migrations are missing. Run: smartkampung migrate"


def role() -> Iterator[str]:
    """Find a role that may do more than the program needs."""
    ((name, *powers),) = _rows(
        "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles"
        " WHERE rolname = current_user"
    )
    words = ("is a superuser", "passes row-level security by", "can make roles")
    for power, word in zip(powers, words, strict=True):
        if power:
            yield f"The program's role {name} {word}. Connect as a plain role (sk_app)."
    ((owned,),) = _rows(
        "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
        " WHERE nspname = 'public' AND relkind = 'r'"
        " AND pg_has_role(current_user, relowner, 'MEMBER')"
    )
    if owned:
        yield (
            f"The program's role {name} owns tables, so it could rewrite the past. Set"
            " DATABASE_OWNER_URL to another role and run: smartkampung migrate"
        )


def append_only() -> Iterator[str]:
    """Find rows of the ledger and the diaries that the program could change."""
    for table in append_only_tables():
        for right in ("UPDATE", "DELETE", "TRUNCATE"):
            ((may,),) = _rows(
                "SELECT has_table_privilege(current_user, %s, %s)", table, right
            )
            if may:
                yield f"The program may {right} {table}. Run: smartkampung migrate"


def ledger() -> Iterator[str]:
    """Find accounts that hold something else than what was moved."""
    for code in accounts_that_disagree():
        yield (
            f"The balance of {code} is not the sum of its entries: somebody wrote past"
            " the program. Compare it with a backup."
        )


def row_level_security() -> Iterator[str]:
    """Find tables whose policies are missing, off, or not forced on the owner."""
    forced = dict(
        _rows(
            "SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class"
            " JOIN pg_policy ON polrelid = pg_class.oid"
        )
    )
    for table in sorted({*BEHIND_POLICIES, *forced}):
        if not forced.get(table):
            yield (
                f"Row-level security of {table} is off or not forced. Run:"
                " smartkampung migrate, and ask who switched it off."
            )


def server_logs() -> Iterator[str]:
    """Find server settings that write what people typed into logs."""
    shown = dict(
        _rows(
            "SELECT name, setting FROM pg_settings WHERE name IN ('log_statement',"
            " 'log_min_error_statement', 'log_min_duration_statement')"
        )
    )
    if shown["log_statement"] in {"mod", "all"}:
        yield f"log_statement = {shown['log_statement']} writes names into logs: none."
    if shown["log_min_error_statement"] not in {"fatal", "panic"}:
        yield (
            "log_min_error_statement writes statements with names into logs. Set it to"
            " panic (ALTER SYSTEM)."
        )
    if shown["log_min_duration_statement"] != "-1":
        yield "log_min_duration_statement writes names into logs. Set it to -1."


def demo_accounts() -> Iterator[str]:
    """Find accounts and secrets of the demo outside the demo."""
    yield from demo_leftovers()
