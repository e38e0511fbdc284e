"""Which aid excludes which: the conflict matrix applied to what a family receives."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


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
class Rule:
    """One cell of the matrix, valid on the day that is asked about."""

    first: str
    second: str
    effect: Effect
    component: str
    source: str


@dataclass(frozen=True)
class RedLight:
    """Aid that stands in the way of (block) or beside (warn) a programme."""

    effect: Effect
    aid: Aid
    programme: str
    programme_name: str
    source: str

    @property
    def blocks(self) -> bool:
        """Say whether this refuses the programme."""
        return self.effect is Effect.BLOCK


def find(
    *,
    received: Iterable[Aid],
    rules: Iterable[Rule],
    programme: str,
    programme_name: str,
    for_person: int | None,
) -> list[RedLight]:
    """Return every conflict of ``programme`` with what is received, blocks first.

    ``for_person`` is set when the programme's unit is the person: aid that is on
    another member's own name does not count then. The same programme twice blocks.
    """
    cells = list(rules)
    lights = []
    for aid in received:
        if for_person and aid.person_id not in (None, for_person):
            continue
        effect, source = _judge(aid, programme, cells)
        if effect is not Effect.ALLOW:
            lights.append(RedLight(effect, aid, programme, programme_name, source))
    return sorted(lights, key=lambda light: (not light.blocks, light.aid.programme))


def _judge(aid: Aid, programme: str, rules: list[Rule]) -> tuple[Effect, str]:
    if aid.programme == programme:
        return Effect.BLOCK, ""
    first, second = sorted((aid.programme, programme))
    cells = [
        rule
        for rule in rules
        if (rule.first, rule.second) == (first, second)
        and rule.component in ("", aid.component)
    ]
    if not cells:
        return Effect.ALLOW, ""
    # A rule about the component is closer to the case than one about the pair.
    closest = max(cells, key=lambda rule: rule.component != "")
    return closest.effect, closest.source
