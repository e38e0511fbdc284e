"""Answers to a long form, sealed, while they travel between its screens.

Nothing is kept on the server and nothing can be read in a page's source, a URL or a
cookie: the browser carries ciphertext that only this deployment opens.
"""

import base64
import binascii
import json
import uuid
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidTag

from smartkampung.kernel.sealed import keyring

FRESH_FOR = timedelta(hours=2)
OPENS_FOR = timedelta(days=7)
LONGEST = 20_000


class BrokenDraft(Exception):
    """The token was altered, is far too old, or was never ours."""


@dataclass(frozen=True)
class Draft:
    """What was answered so far, on a form that was opened at a moment."""

    form_id: uuid.UUID
    touched_at: datetime
    answers: dict[str, Any] = field(default_factory=dict)

    def with_answers(self, answers: dict[str, Any], *, at: datetime) -> "Draft":
        """Return the draft with these answers in place of its own, touched now."""
        return replace(self, touched_at=at, answers=answers)

    def is_stale(self, at: datetime) -> bool:
        """Say whether it lay open so long that its owner should look it through."""
        return at - self.touched_at > FRESH_FOR


def new_draft(at: datetime) -> Draft:
    """Begin a form."""
    return Draft(uuid.uuid4(), at)


def seal_draft(draft: Draft, *, form: str) -> str:
    """Return the token that the browser carries."""
    content = json.dumps(
        {
            "id": str(draft.form_id),
            "at": draft.touched_at.isoformat(),
            "answers": draft.answers,
        },
        ensure_ascii=False,
    )
    return base64.urlsafe_b64encode(keyring().seal(content, f"form:{form}")).decode()


def open_draft(token: str, *, form: str, at: datetime) -> Draft:
    """Return what a token carries; raise BrokenDraft for one that cannot be trusted."""
    if len(token) > LONGEST:
        raise BrokenDraft
    try:
        content = json.loads(
            keyring().open(base64.urlsafe_b64decode(token), f"form:{form}")
        )
    except (binascii.Error, InvalidTag, ValueError, KeyError, IndexError):
        raise BrokenDraft from None
    draft = Draft(
        uuid.UUID(content["id"]),
        datetime.fromisoformat(content["at"]),
        content["answers"],
    )
    if at - draft.touched_at > OPENS_FOR:
        raise BrokenDraft
    return draft
