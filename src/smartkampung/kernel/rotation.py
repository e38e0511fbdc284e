"""A new key for sealed values, without a moment in which something cannot be read.

Two steps, because running processes know only the keys they started with: first
``add_key`` and restart everything, so that all can read what the new key seals; then
``use_newest`` and ``reseal``. Both can be repeated. Old keys stay in the file: history
is append-only and keeps the boxes it has. Fingerprints keep their key
(``Keyring``).
"""

import base64
import json
import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pgtrigger
from django.apps import apps
from django.db import connection, models, transaction

from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.sealed import SealedField, keyring, read_keys

AT_ONCE = 2_000


def add_key(path: Path) -> int:
    """Add a version to the key file; nothing is sealed by it yet. Return the version."""
    content = json.loads(path.read_text())
    version = max(map(int, content["keys"])) + 1
    seal = base64.b64encode(secrets.token_bytes(32)).decode()
    content["keys"][str(version)] = {"seal": seal}
    content.setdefault("index", content["current"])
    _replace(path, content)
    return version


def use_newest(path: Path) -> int:
    """Seal new values by the newest key from now on. Return its version."""
    content = json.loads(path.read_text())
    content.setdefault("index", content["current"])
    content["current"] = max(map(int, content["keys"]))
    _replace(path, content)
    return int(content["current"])


def reseal(tell: Callable[[str, int], None] = lambda column, done: None) -> int:
    """Seal every stored value anew that an older key sealed; return how many.

    In batches of their own transactions; a value that somebody changes meanwhile is
    left to them. Resealing is no change of a record, so it leaves no history.
    """
    total = 0
    for model, field in sealed_columns():
        done = 0
        for count in _batches(model, field):
            done += count
            tell(f"{model._meta.db_table}.{field.column}", done)
        total += done
    return total


def sealed_columns() -> Iterator[tuple[type[models.Model], SealedField]]:
    """Yield every sealed column that may be rewritten: all but those of history."""
    for model in apps.get_models():
        if any(field.name == "pgh_id" for field in model._meta.concrete_fields):
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedField):
                yield model, field


def _batches(model: type[models.Model], field: SealedField) -> Iterator[int]:
    last: Any = None
    while True:
        with transaction.atomic(), pgtrigger.ignore():
            act_as(Kind.JOB)
            rows = _old_rows(model, field, last)
            count = _reseal(model, field, rows) if rows else 0
        if not rows:
            return
        yield count
        last = rows[-1][0]


def _old_rows(
    model: type[models.Model], field: SealedField, last: Any
) -> list[tuple[Any, bytes]]:
    table, key = model._meta.db_table, model._meta.pk.column
    after = f"AND {key} > %s" if last is not None else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, {field.column} FROM {table}"
            f" WHERE get_byte({field.column}, 0) <> %s {after}"
            f" ORDER BY {key} LIMIT {AT_ONCE}",
            [keyring().current, *([last] if last is not None else [])],
        )
        return [(pk, bytes(box)) for pk, box in cursor.fetchall()]


def _reseal(
    model: type[models.Model], field: SealedField, rows: list[tuple[Any, bytes]]
) -> int:
    keys = keyring()
    fresh = [keys.seal(keys.open(box, field.purpose), field.purpose) for _, box in rows]
    table, key = model._meta.db_table, model._meta.pk.column
    kind = model._meta.pk.rel_db_type(connection)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {field.column} = new.box"
            f" FROM unnest(%s::{kind}[], %s::bytea[], %s::bytea[])"
            f" AS new(key, old, box)"
            f" WHERE {table}.{key} = new.key AND {table}.{field.column} = new.old",
            [[pk for pk, _ in rows], [box for _, box in rows], fresh],
        )
        return int(cursor.rowcount)


def _replace(path: Path, content: dict[str, Any]) -> None:
    """Write beside and move in: a killed command leaves the old file whole."""
    beside = path.with_name(f"{path.name}.new")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(content, file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    read_keys.cache_clear()
