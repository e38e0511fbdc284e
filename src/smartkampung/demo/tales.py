"""What the demo's history will tell: which report came how far, and when it came."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from smartkampung.aid.models import Claim
from smartkampung.demo.draw import shares
from smartkampung.demo.witnesses import Witness

DAY = timedelta(days=1)
NOBODYS_SERIAL = 9_899


class Stage(StrEnum):
    """How far a told report has come by today."""

    RECEIVED = "received"
    TO_CHECK = "to_check"
    CHECK_LATE = "check_late"
    UNKNOWN = "unknown"
    TO_DECIDE = "to_decide"
    DECIDE_LATE = "decide_late"
    REFUSED = "refused"
    RECEIVING = "receiving"
    OBJECTED = "objected"
    DISMISSED = "dismissed"
    APPROVED = "approved"
    READY = "ready"
    HANDED_OVER = "handed_over"
    ABSENT = "absent"
    DECLINED = "declined"


# The share of reports at each stage, and between how many days ago they were sent.
PLAN: dict[Stage, tuple[int, float, float]] = {
    Stage.HANDED_OVER: (22, 19, 21.5),
    Stage.ABSENT: (4, 19, 21.5),
    Stage.DECLINED: (1, 19, 21.5),
    Stage.REFUSED: (7, 8, 24),
    Stage.RECEIVING: (9, 8, 24),
    Stage.OBJECTED: (3, 8, 14),
    Stage.DISMISSED: (2, 12, 20),
    Stage.DECIDE_LATE: (4, 6, 9),
    Stage.CHECK_LATE: (6, 4, 7),
    Stage.READY: (8, 5, 7),
    Stage.APPROVED: (7, 4, 6),
    Stage.TO_DECIDE: (8, 2.5, 4.5),
    Stage.TO_CHECK: (13, 0.3, 2.8),
    Stage.UNKNOWN: (2, 0.3, 2.8),
    Stage.RECEIVED: (4, 0.001, 0.02),
}
RECEIVING_SHARE = PLAN[Stage.RECEIVING][0] / sum(row[0] for row in PLAN.values())
UNCHECKED = {Stage.RECEIVED, Stage.TO_CHECK, Stage.CHECK_LATE, Stage.UNKNOWN}
UNDECIDED = {*UNCHECKED, Stage.TO_DECIDE, Stage.DECIDE_LATE}
TURNED_DOWN = {Stage.REFUSED, Stage.RECEIVING, Stage.OBJECTED, Stage.DISMISSED}
HANDED = {Stage.HANDED_OVER, Stage.ABSENT, Stage.DECLINED}


@dataclass
class Tale:
    """One report of the history, and the claim that it became."""

    stage: Stage
    witness: Witness
    sent_at: datetime
    claim: Claim | None = None

    @property
    def village(self) -> str:
        """Return the code of the village it is about."""
        return ".".join(self.witness.region.split(".")[:4])

    @property
    def kecamatan(self) -> str:
        """Return the code of the kecamatan that decides."""
        return ".".join(self.witness.region.split(".")[:3])


def plan_tales(
    free: Sequence[Witness],
    receiving: Sequence[Witness],
    *,
    count: int,
    at: datetime,
    rng: random.Random,
) -> list[Tale]:
    """Give every stage its share of reports; fewer reports where witnesses lack.

    Those who receive aid already are told of as refused for it; the oldest report
    comes first.
    """
    pools = {True: list(receiving), False: list(free)}
    for pool in pools.values():
        rng.shuffle(pool)
    most = min(count, round(len(free) / (1 - RECEIVING_SHARE)))
    counts = shares(most, [weight for weight, _, _ in PLAN.values()])
    tales = []
    for (stage, (_, latest, earliest)), wanted in zip(
        PLAN.items(), counts, strict=True
    ):
        pool = pools[stage is Stage.RECEIVING]
        for _number in range(min(wanted, len(pool))):
            ago = rng.uniform(latest, earliest) * DAY
            witness = pool.pop()
            if stage is Stage.UNKNOWN:
                witness = mistyped(witness)
            tales.append(Tale(stage, witness, at - ago))
    return sorted(tales, key=lambda tale: tale.sent_at)


def mistyped(witness: Witness) -> Witness:
    """Return somebody who typed a serial that nobody has."""
    return witness._replace(nik=f"{witness.nik[:12]}{NOBODYS_SERIAL}")
