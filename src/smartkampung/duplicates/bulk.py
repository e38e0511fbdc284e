"""Change values so that each change is written down and can be put back exactly.

Values are compared and kept as the database prints them, whatever their type.
"""

from collections.abc import Mapping
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from smartkampung.duplicates.models import Merge, MergeChange


def change(
    merge: Merge, model: type[Model], row: Any, values: Mapping[str, Any]
) -> None:
    """Set columns of one row, and write down what they were and became."""
    table, key, columns = model._meta.db_table, str(model._meta.pk.column), list(values)
    before = _printed(table, key, row, columns)
    sets = ", ".join(f'"{column}" = %s' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{table}" SET {sets} WHERE "{key}" = %s',
            [*values.values(), row],
        )
    after = _printed(table, key, row, columns)
    MergeChange.objects.bulk_create(
        MergeChange(
            merge=merge,
            table=table,
            row=str(row),
            column=column,
            before=before[column],
            after=after[column],
        )
        for column in columns
        if before[column] != after[column]
    )


def put_back(merge: Merge) -> list[MergeChange]:
    """Undo the changes of a merge; return those left alone.

    A value that somebody changed since is left alone, and so is a row where putting
    back would break a promise of the database. A NIK moves by itself
    (``actions.claims``).
    """
    keys = {
        model._meta.db_table: str(model._meta.pk.column)
        for model in apps.get_models(include_auto_created=True)
    }
    kept = []
    listed = merge.changes.exclude(column="nik").order_by("table", "row")
    rows = groupby(listed, attrgetter("table", "row"))
    for (table, row), group in rows:
        changes = list(group)
        now = _printed(table, keys[table], row, [c.column for c in changes])
        mine = [c for c in changes if c.column in now and now[c.column] == c.after]
        if not _put_back(table, keys[table], row, mine):
            mine = []
        kept += [c for c in changes if c not in mine]
    MergeChange.objects.filter(pk__in=[c.pk for c in kept]).update(kept=True)
    return kept


def _put_back(table: str, key: str, row: str, changes: list[MergeChange]) -> bool:
    if not changes:
        return True
    kinds = _kinds(table)
    sets = ", ".join(f'"{c.column}" = %s::{kinds[c.column]}' for c in changes)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f'UPDATE "{table}" SET {sets} WHERE "{key}" = %s::{kinds[key]}',
                [*(c.before for c in changes), row],
            )
    except IntegrityError:
        return False
    return True


def _printed(
    table: str, key: str, row: Any, columns: list[str]
) -> dict[str, str | None]:
    """Return the values of a row as text; nothing when the row is gone."""
    listed = ", ".join(f'"{column}"::text' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT {listed} FROM "{table}" WHERE "{key}" = %s::{_kinds(table)[key]}'
            " FOR UPDATE",
            [str(row)],
        )
        found = cursor.fetchone()
    return dict(zip(columns, found, strict=True)) if found else {}


def _kinds(table: str) -> dict[str, str]:
    """Return the types of a table's columns, as the database writes them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
            [table],
        )
        return dict(cursor.fetchall())
