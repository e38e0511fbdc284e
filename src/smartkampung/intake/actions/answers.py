"""The same request sent twice gets the same answer, and is done once."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.intake.models import IdempotencyKey
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.sealed import Sealed, blind_index

ANSWER = "answer"


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
        row, is_new = IdempotencyKey.objects.get_or_create(
            scope=scope,
            key_hash=blind_index(key, "idempotency_key"),
            defaults={"body_hash": _body_hash(body), "at": at},
        )
        if not is_new:
            return _earlier(row, body)
        text = make()
        row.answer = Sealed.of(text, ANSWER)
        row.save(update_fields=["answer"])
        return Answer(text, repeated=False)


def was_answered(*, scope: str, key: str) -> bool:
    """Say whether this key came before, and has its answer."""
    known = IdempotencyKey.objects.filter(
        scope=scope, key_hash=blind_index(key, "idempotency_key")
    )
    return known.exists()


def _earlier(row: IdempotencyKey, body: Mapping[str, Any]) -> Answer:
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
