"""Which aid excludes which: what the conflict matrix finds (aid/queries/barring.py)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Effect(StrEnum):
    """What the matrix says about a pair of programmes."""

    ALLOW = "allow"
    WARN = "warn"
    BLOCK = "block"


@dataclass(frozen=True)
class Aid:
    """One line on a programme's list: what somebody already receives."""

    enrolment_id: int
    programme: str
    programme_name: str
    since: date
    until: date | None
    last_paid_on: date | None
    person_id: int | None
    component: str
    source: str


@dataclass(frozen=True)
class RedLight:
    """Aid that stands in the way of (block) or beside (warn) a programme.

    ``another``: somebody else on the family card receives it on their own name.
    ``excepted``: it would block, but an exception was granted for this case.
    """

    effect: Effect
    aid: Aid
    programme: str
    programme_name: str
    source: str
    another: bool = False
    excepted: bool = False

    @property
    def blocks(self) -> bool:
        """Say whether this refuses the programme."""
        return self.effect is Effect.BLOCK


def records(lights: Iterable[RedLight]) -> list[dict[str, Any]]:
    """Return the records behind blocks as they are kept with a refusal, each once.

    The same words as BLOCKED in ``aid/queries/barring.py``.
    """
    blocks = {light.aid.enrolment_id: light for light in lights if light.blocks}
    return [
        {
            "enrolment": aid.enrolment_id,
            "programme": aid.programme,
            "component": aid.component,
            "since": aid.since.isoformat(),
            "until": aid.until.isoformat() if aid.until else None,
            "another": light.another,
        }
        for light in blocks.values()
        for aid in [light.aid]
    ]
