"""What the role of web and worker may do: everything but change the past."""

from collections.abc import Iterator

import pgtrigger
from django.apps import apps
from django.db import connection, transaction
from psycopg import sql

SETTLED = ("django_migrations",)


def append_only_tables() -> list[str]:
    """Return the tables in which rows are only ever added.

    Those whose model carries a trigger against update and delete: the ledger, the
    two diaries and every table of row history.
    """
    return sorted(
        model._meta.db_table
        for model in apps.get_models()
        if any(_protects(trigger) for trigger in getattr(model._meta, "triggers", []))
    )


def grant_to(role: str) -> None:
    """Give a role what web and worker need on the tables that exist now.

    Nobody but the owner may truncate, change the schema, or rewrite what is settled.
    """
    everything = (
        "GRANT USAGE ON SCHEMA public TO {}",
        "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
    )
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in everything:
            cursor.execute(sql.SQL(statement).format(sql.Identifier(role)))
        for statement, table in _taken_back():
            cursor.execute(
                sql.SQL(statement).format(sql.Identifier(table), sql.Identifier(role))
            )


def _taken_back() -> Iterator[tuple[str, str]]:
    for table in append_only_tables():
        yield "REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}", table
    for table in SETTLED:
        yield "REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {} FROM {}", table


def _protects(trigger: object) -> bool:
    if not isinstance(trigger, pgtrigger.Protect):
        return False
    operations = str(trigger.operation)
    return "UPDATE" in operations and "DELETE" in operations
