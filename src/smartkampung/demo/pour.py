"""Many rows at once into tables that stand behind row-level security."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


def pour(
    model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    """Insert rows, the values in the order of ``fields``; return how many.

    PostgreSQL copies into no table that has policies, so the rows are copied beside
    it and inserted in one statement, which policies and history see. Keys given by
    hand move the sequence on. Needs a transaction.
    """
    table = model._meta.db_table
    columns = {field.name: field.column for field in model._meta.concrete_fields}
    names = ", ".join(f'"{columns[name]}"' for name in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TABLE poured ON COMMIT DROP AS SELECT {names}"
            f" FROM {table} WITH NO DATA"
        )
        with (
            connection.wrap_database_errors,
            cursor.copy(f"COPY poured ({names}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM poured")
        count = int(cursor.rowcount)
        cursor.execute("DROP TABLE poured")
        if "id" in fields:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'),"
                f" (SELECT coalesce(max(id), 1) FROM {table}))",
                [table],
            )
    return count
