"""Large reads that must all see the database as of one moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

EVERY = 10_000  # rows that are fetched at a time


def text_of_moment(column: str) -> str:
    """Return SQL for a time as ``kernel.chains.moment`` signs it.

    A year before Christ, which the program never writes, says so.
    """
    return f"""
    to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')
        || CASE WHEN {column} < '0001-01-01 00:00+00' THEN ' BC' ELSE '' END
"""


def possible_moment(column: str) -> str:
    """Return SQL for a time that Python can hold.

    Another one was not written by this program: 1970 stands for it, and what is signed
    with it is then broken.
    """
    return f"""
        CASE WHEN {column} >= '1970-01-01' AND {column} < '9999-01-01'
            THEN {column} ELSE '1970-01-01 00:00+00' END
"""


@contextmanager
def one_moment() -> Iterator[None]:
    """See the database as of one moment, whatever is written meanwhile."""
    inside = connection.in_atomic_block
    with transaction.atomic():
        if not inside:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def passing(name: str, sql: str) -> Iterator[tuple[Any, ...]]:
    """Yield rows through a named cursor: a million pass without being held."""
    connection.ensure_connection()
    with connection.connection.cursor(name=name) as cursor:
        cursor.itersize = EVERY
        cursor.execute(sql)
        yield from cursor
