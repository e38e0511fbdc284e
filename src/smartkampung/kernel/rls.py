"""Tells PostgreSQL for whom the present transaction acts (row-level security).

Policies on the tables of aid reports and of health read six settings, which vanish
with the transaction: ``sk.actor`` (a ``Kind``), ``sk.scope`` (comma-separated region
codes), ``sk.tracking`` (hex of a tracking-code hash), ``sk.family`` (the id of the
one family that a resident may see), ``sk.officer`` (who of the staff acts) and
``sk.health`` (the region codes where symptoms and readings may be seen). Nobody said
means nobody may: the policies default to deny.
"""

import json
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
_SET = "SELECT " + ", ".join(f"set_config('{name}', %s, true)" for name in SETTINGS)
# What was set is read before it is overwritten: MATERIALIZED keeps that order.
_BECOME_JOB = (
    "WITH before AS MATERIALIZED (SELECT "
    + ", ".join(
        f"current_setting('{name}', true) AS s{at}" for at, name in enumerate(SETTINGS)
    )
    + ") SELECT before.*, "
    + ", ".join(
        f"set_config('{name}', '{Kind.JOB if name == 'sk.actor' else ''}', true)"
        for name in SETTINGS
    )
    + " FROM before"
)


# The row history reads these two (pghistory); one mark for each transaction.
MARKED = ("pghistory.context_id", "pghistory.context_metadata")
MARKS = (
    f"set_config('{MARKED[0]}', gen_random_uuid()::text, true)",
    f"set_config('{MARKED[1]}', %s, true)",
)


def act_as(
    kind: Kind,
    *,
    scope: Iterable[str] = (),
    tracking: bytes = b"",
    family: int | None = None,
    officer: int | None = None,
    health: Iterable[str] = (),
    by: str = "",
    through: str = "",
) -> None:
    """Set the actor for the rest of this transaction.

    ``scope`` holds region codes; a row is inside when its code equals one or lies
    below it. ``tracking`` opens the single report that a member of the public
    holds the code of, ``family`` what is about the family of a resident; ``officer``
    is the account that acts, which never sees what is told about it. ``health`` holds
    the region codes where the officer may see what somebody suffers from.

    ``by`` and ``through`` (user name; page or job) are for the row history: every row
    that is changed from here on is marked with them. Left out, whoever was named before
    stays named: an officer who acts as a job for a while is still that officer.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("act_as needs a transaction: outside one it is forgotten")
    settings = [f"set_config('{name}', %s, true)" for name in SETTINGS]
    values = [
        kind.value,
        ",".join(scope),
        tracking.hex(),
        str(family or ""),
        str(officer or ""),
        ",".join(health),
    ]
    if by:
        settings += MARKS
        values.append(json.dumps({"by": by, "through": through}))
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(settings), values)


@contextmanager
def as_job() -> Iterator[None]:
    """Act as a job for a while, then again as whoever acted before.

    For the rare action of an officer that must reach every row of somebody, wherever
    it lies: a row that a policy hides would be forgotten without a word.
    """
    with connection.cursor() as cursor:
        cursor.execute(_BECOME_JOB)
        before = [value or "" for value in cursor.fetchone()[: len(SETTINGS)]]
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute(_SET, before)


@contextmanager
def at_gate(keys: Iterable[str]) -> Iterator[None]:
    """Let this transaction read, for a while, who comes through a checkpoint on a day.

    ``keys`` name both, such as ``ketapang:2020-06-04``; only policies that ask for
    ``sk.gate`` open anything by it.
    """
    _open_gate(keys)
    try:
        yield
    finally:
        if not connection.needs_rollback:
            _open_gate([])


def _open_gate(keys: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('sk.gate', %s, true)", [",".join(keys)])


def tracked(column: str) -> str:
    """Return the SQL condition that a row's tracking hash is the one being followed."""
    return f"encode({column}, 'hex') = current_setting('sk.tracking', true)"


# The scalar subqueries of these three are asked once a statement, and not once a row
# (ADR 0044). New policies should be made of them.


def acts_as(kind: str) -> str:
    """Return the SQL condition that an actor of this kind asks."""
    return f"(SELECT current_setting('sk.actor', true)) = '{kind}'"


def lies_inside(region: str, *, setting: str = "sk.scope") -> str:
    """Return the SQL condition that a region code lies where the actor may look.

    ``setting`` is ``sk.health`` for what only health workers may see.
    """
    return (
        f"(({region}) || '.') ^@ ANY ((SELECT array_agg(code || '.') FROM"
        f" unnest(string_to_array(current_setting('{setting}', true), ',')) AS code"
        ")::text[])"
    )


def tracked_once(column: str) -> str:
    """Return the SQL condition that a row's tracking hash is the one being followed."""
    return f"encode({column}, 'hex') = (SELECT current_setting('sk.tracking', true))"


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
