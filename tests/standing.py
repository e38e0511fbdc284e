"""Worlds that many tests begin with: built once by the actions, then copied back.

The office of ``cases.desk`` takes ninety statements; hundreds of tests open it. The
first test of a process that does so builds it as ever. What it left in the tables is
kept in a schema beside them, and the next test gets these very rows by one statement.
Where the tables hold something already, the world is built by the actions again.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import wraps
from hashlib import sha256
from typing import Any, ParamSpec, TypeVar

import psycopg
from django.db import connection
from psycopg import sql

from smartkampung.cli.embedded import Cluster
from smartkampung.kernel.rls import Kind, act_as
from tests.database import HOME
from tests.emptying import KEPT

Told = ParamSpec("Told")
Made = TypeVar("Made")
# They are filled before any test begins.
ALWAYS_FILLED = KEPT | {"django_migrations"}
TABLES = """SELECT relname FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname"""
COLUMNS = """SELECT attname FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
ORDER BY attnum"""
_answers: dict[str, Any] = {}


def standing(build: Callable[Told, Made]) -> Callable[Told, Made]:
    """Let a function that fills empty tables do so once, and copy its rows afterwards.

    The rows are those of the first call, with their ids and moments; so is the answer.
    The transaction acts as a job from here on.
    """

    @wraps(build)
    def world(*args: Told.args, **kwargs: Told.kwargs) -> Made:
        act_as(Kind.JOB)
        database = str(connection.settings_dict["NAME"])
        asked = f"{database} {build.__module__}.{build.__qualname__} {args} {kwargs}"
        name = f"w{sha256(asked.encode()).hexdigest()[:16]}"
        if name in _answers:
            if _copied_back(name):
                made: Made = deepcopy(_answers[name])
                return made
            return build(*args, **kwargs)
        empty = not _filled()
        answer = build(*args, **kwargs)
        if empty:
            _keep(name)
            _answers[name] = deepcopy(answer)
        return answer

    return world


def _copied_back(name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT kept.{name}()")
        return bool(cursor.fetchone()[0])


def _filled() -> list[str]:
    """Return the tables that hold rows which this transaction sees."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        names = [name for (name,) in cursor.fetchall() if name not in ALWAYS_FILLED]
        each = (f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in names)
        cursor.execute(" UNION ALL ".join(each))
        return [name for (name,) in cursor.fetchall()]


def _keep(name: str) -> None:
    """Copy what is in the tables now, for everybody who comes later."""
    tables = _filled()
    cluster = Cluster(HOME / "db", HOME / "s")
    with cluster.superuser(str(connection.settings_dict["NAME"])) as beside:
        beside.execute("CREATE SCHEMA IF NOT EXISTS kept")
        beside.execute("GRANT USAGE ON SCHEMA kept TO PUBLIC")
        for table in tables:
            _copy(table, f"{name}_{table}"[:60], beside)
        beside.execute(sql.SQL("").join(_function(name, tables, beside)))


def _columns(
    table: str, beside: "psycopg.Connection[tuple[object, ...]]"
) -> sql.Composed:
    found = beside.execute(COLUMNS, [table]).fetchall()
    return sql.SQL(", ").join(sql.Identifier(str(column)) for (column,) in found)


def _copy(
    table: str, kept: str, beside: "psycopg.Connection[tuple[object, ...]]"
) -> None:
    columns = _columns(table, beside)
    make = "CREATE UNLOGGED TABLE kept.{} AS SELECT {} FROM {} WITH NO DATA"
    names = [sql.Identifier(kept), columns, sql.Identifier(table)]
    beside.execute(sql.SQL(make).format(*names))
    out = sql.SQL("COPY (SELECT {} FROM {}) TO STDOUT").format(*names[1:])
    back = sql.SQL("COPY kept.{} FROM STDIN").format(names[0])
    with (
        connection.connection.cursor() as here,
        here.copy(out) as rows,
        beside.cursor() as there,
        there.copy(back) as into,
    ):
        for row in rows:
            into.write(row)


def _function(
    name: str, tables: list[str], beside: "psycopg.Connection[tuple[object, ...]]"
) -> Iterator[sql.Composable]:
    """Write the function that copies rows back: no trigger does anything twice."""
    yield sql.SQL(
        "CREATE FUNCTION kept.{}() RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER"
        " SET session_replication_role = replica AS $$ BEGIN "
    ).format(sql.Identifier(name))
    for table in tables:
        yield sql.SQL(
            "IF EXISTS (SELECT FROM public.{}) THEN RETURN false; END IF; "
        ).format(sql.Identifier(table))
    for table in tables:
        columns, kept = _columns(table, beside), f"{name}_{table}"[:60]
        yield sql.SQL(
            "INSERT INTO public.{} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM kept.{}; "
        ).format(sql.Identifier(table), columns, columns, sql.Identifier(kept))
    yield sql.SQL("RETURN true; END $$")
