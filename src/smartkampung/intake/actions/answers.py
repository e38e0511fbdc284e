"""The same request sent twice gets the same answer, and is done once."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.intake.models import IdempotencyKey
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.sealed import Sealed, blind_index

ANSWER = "answer"
_FIRST = """
    INSERT INTO intake_idempotencykey (scope, key_hash, body_hash, at)
    VALUES (%s, %s, %s, %s) ON CONFLICT (scope, key_hash) DO NOTHING RETURNING id
"""
_KNOWN = "SELECT FROM intake_idempotencykey WHERE scope = %s AND key_hash = %s"
_ANSWERED = "UPDATE intake_idempotencykey SET answer = %s WHERE id = %s"


class KeyReused(Refused):
    """The key was used before, for something else."""

    code = "idempotency_key_reused"


@dataclass(frozen=True)
class Answer:
    """What was answered, and whether it had been answered before."""

    text: str
    repeated: bool


def answer_once(
    *,
    scope: str,
    key: str,
    body: Mapping[str, Any],
    at: datetime,
    make: Callable[[], str],
) -> Answer:
    """Return what ``make`` returns, or what it returned when this key came first.

    Raises KeyReused when the key came before with another body, and whatever
    ``make`` raises; then nothing is remembered, so that trying again is safe.
    """
    # Two copies of one request may race: the second waits at the unique index
    # until the first has committed, and then reads its answer.
    with transaction.atomic():
        row = _first(scope, key, body, at)
        if row is None:
            return _earlier(scope, key, body)
        text = make()
        with connection.cursor() as cursor:
            cursor.execute(_ANSWERED, [Sealed.of(text, ANSWER).box, row])
        return Answer(text, repeated=False)


def was_answered(*, scope: str, key: str) -> bool:
    """Say whether this key came before, and has its answer."""
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [scope, blind_index(key, "idempotency_key")])
        return cursor.fetchone() is not None


def _first(scope: str, key: str, body: Mapping[str, Any], at: datetime) -> int | None:
    """Write the key down; return its row, or None when it came before."""
    key_hash = blind_index(key, "idempotency_key")
    with connection.cursor() as cursor:
        cursor.execute(_FIRST, [scope, key_hash, _body_hash(body), at])
        found = cursor.fetchone()
    return found[0] if found else None


def _earlier(scope: str, key: str, body: Mapping[str, Any]) -> Answer:
    row = IdempotencyKey.objects.get(
        scope=scope, key_hash=blind_index(key, "idempotency_key")
    )
    if bytes(row.body_hash) != _body_hash(body):
        raise KeyReused(
            _(
                "This form was already sent with other answers. Open a new form "
                "to report something else."
            )
        )
    if row.answer is None:
        raise RuntimeError("an idempotency key was committed without its answer")
    return Answer(row.answer.open(), repeated=True)


def _body_hash(body: Mapping[str, Any]) -> bytes:
    return blind_index(json.dumps(body, sort_keys=True, default=str), "request_body")
