"""Tells PostgreSQL for whom the present transaction acts (row-level security).

Policies on the tables of aid reports and of health read six settings, which vanish
with the transaction: ``sk.actor`` (a ``Kind``), ``sk.scope`` (comma-separated region
codes), ``sk.tracking`` (hex of a tracking-code hash), ``sk.family`` (the id of the
one family that a resident may see), ``sk.officer`` (who of the staff acts) and
``sk.health`` (the region codes where symptoms and readings may be seen). Nobody said
means nobody may: the policies default to deny.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum

from django.db import connection


class Kind(StrEnum):
    """The kinds of actor that policies tell apart."""

    PUBLIC = "public"
    STAFF = "staff"
    JOB = "job"
    RESIDENT = "resident"


SETTINGS = (
    "sk.actor",
    "sk.scope",
    "sk.tracking",
    "sk.family",
    "sk.officer",
    "sk.health",
)


def act_as(
    kind: Kind,
    *,
    scope: Iterable[str] = (),
    tracking: bytes = b"",
    family: int | None = None,
    officer: int | None = None,
    health: Iterable[str] = (),
) -> None:
    """Set the actor for the rest of this transaction.

    ``scope`` holds region codes; a row is inside when its code equals one or lies
    below it. ``tracking`` opens the single report that a member of the public
    holds the code of, ``family`` what is about the family of a resident; ``officer``
    is the account that acts, which never sees what is told about it. ``health`` holds
    the region codes where the officer may see what somebody suffers from.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("act_as needs a transaction: outside one it is forgotten")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT "
            + ", ".join(f"set_config('{name}', %s, true)" for name in SETTINGS),
            [
                kind.value,
                ",".join(scope),
                tracking.hex(),
                str(family or ""),
                str(officer or ""),
                ",".join(health),
            ],
        )


@contextmanager
def as_job() -> Iterator[None]:
    """Act as a job for a while, then again as whoever acted before.

    For the rare action of an officer that must reach every row of somebody, wherever
    it lies: a row that a policy hides would be forgotten without a word.
    """
    names = list(SETTINGS)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting(name, true) FROM unnest(%s::text[]) AS name",
            [names],
        )
        before = [value or "" for (value,) in cursor.fetchall()]
    act_as(Kind.JOB)
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT set_config(name, value, true)"
                    " FROM unnest(%s::text[], %s::text[]) AS old(name, value)",
                    [names, before],
                )


def tracked(column: str) -> str:
    """Return the SQL condition that a row's tracking hash is the one being followed."""
    return f"encode({column}, 'hex') = current_setting('sk.tracking', true)"


def policies_sql(
    table: str, *, region: str, public: str = "false", setting: str = "sk.scope"
) -> str:
    """Return the SQL that puts a table behind row-level security.

    ``region`` is the SQL expression of the row's region code; ``public`` the
    condition under which the public reaches a row (never, unless said). ``setting``
    is ``sk.health`` for what only health workers may see.
    """
    staff = (
        "current_setting('sk.actor', true) = 'staff' AND EXISTS (SELECT 1 FROM"
        f" unnest(string_to_array(current_setting('{setting}', true), ',')) AS inside"
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


def hidden_from_sql(table: str, *, about: str) -> str:
    """Return the SQL that hides a row from the one officer whom it is about.

    ``about`` is the column with the account; it holds whatever other policies allow.
    """
    who = "nullif(current_setting('sk.officer', true), '')::bigint"
    return (
        f"CREATE POLICY {table}_kept_from ON {table} AS RESTRICTIVE USING"
        f" ({about} IS NULL OR {who} IS NULL OR {about} <> {who});"
    )


def own_family() -> str:
    """Return the SQL of the family that a resident acts for; null for anybody else."""
    return "nullif(current_setting('sk.family', true), '')::bigint"


def resident_policy_sql(table: str, *, own: str) -> str:
    """Return the SQL that lets residents read, and never write, their family's rows.

    ``own`` is the condition under which a row is about the family.
    """
    return (
        f"CREATE POLICY {table}_resident ON {table} FOR SELECT USING"
        f" (current_setting('sk.actor', true) = 'resident' AND ({own}));"
    )
