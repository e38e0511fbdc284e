"""Tells PostgreSQL for whom the present transaction acts (row-level security).

Policies on the tables of aid reports and of health read three settings, which
vanish with the transaction: ``sk.actor`` (public, staff or job), ``sk.scope``
(comma-separated region codes) and ``sk.tracking`` (hex of a tracking-code hash).
Nobody said means nobody may: the policies default to deny.
"""

from collections.abc import Iterable
from enum import StrEnum

from django.db import connection


class Kind(StrEnum):
    """The kinds of actor that policies tell apart."""

    PUBLIC = "public"
    STAFF = "staff"
    JOB = "job"


def act_as(kind: Kind, *, scope: Iterable[str] = (), tracking: bytes = b"") -> None:
    """Set the actor for the rest of this transaction.

    ``scope`` holds region codes; a row is inside when its code equals one or lies
    below it. ``tracking`` opens the single report that a member of the public
    holds the code of.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("act_as needs a transaction: outside one it is forgotten")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('sk.actor', %s, true),"
            " set_config('sk.scope', %s, true), set_config('sk.tracking', %s, true)",
            [kind.value, ",".join(scope), tracking.hex()],
        )


def tracked(column: str) -> str:
    """Return the SQL condition that a row's tracking hash is the one being followed."""
    return f"encode({column}, 'hex') = current_setting('sk.tracking', true)"


def policies_sql(table: str, *, region: str, public: str = "false") -> str:
    """Return the SQL that puts a table behind row-level security.

    ``region`` is the SQL expression of the row's region code; ``public`` the
    condition under which the public reaches a row (never, unless said).
    """
    staff = (
        "current_setting('sk.actor', true) = 'staff' AND EXISTS (SELECT 1 FROM"
        " unnest(string_to_array(current_setting('sk.scope', true), ',')) AS inside"
        f" WHERE starts_with(({region}) || '.', inside || '.'))"
    )
    conditions = {
        "staff": staff,
        "job": "current_setting('sk.actor', true) = 'job'",
        "public": f"current_setting('sk.actor', true) = 'public' AND ({public})",
    }
    policies = "".join(
        f"CREATE POLICY {table}_{who} ON {table} USING ({condition})"
        f" WITH CHECK ({condition});"
        for who, condition in conditions.items()
    )
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;{policies}"
    )
