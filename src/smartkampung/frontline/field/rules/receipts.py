"""What a phone is told about a record that came."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from smartkampung.frontline.field.rules.arriving import State

Words = Mapping[str, str]


@dataclass(frozen=True)
class Verdict:
    """What becomes of a record, why, and what there is to hand to the person."""

    state: State
    code: str = ""
    words: Words = field(default_factory=dict)
    errors: Mapping[str, Words] = field(default_factory=dict)
    result: str = ""
    region_code: str = ""


@dataclass(frozen=True)
class Receipt:
    """The answer to one record; the phone lets go of what has one with its own hash."""

    form_id: uuid.UUID
    state: State
    body_hash: str
    received_at: datetime
    repeated: bool = False
    code: str = ""
    words: Words = field(default_factory=dict)
    errors: Mapping[str, Words] = field(default_factory=dict)
    result: str = ""

    def told(self) -> dict[str, Any]:
        """Return the receipt as the phone reads it."""
        return {
            "id": str(self.form_id),
            "state": self.state.value,
            "repeated": self.repeated,
            "body_hash": self.body_hash,
            "received_at": self.received_at.isoformat(),
            "code": self.code,
            "message": dict(self.words),
            "errors": {name: dict(words) for name, words in self.errors.items()},
            "result": {"code": self.result} if self.result else None,
        }
