"""The only writers of people and families (sets of them: ``residents.bulk``)."""

from smartkampung.residents.actions.nik import (
    CannotDecideClaim,
    ClaimWaits,
    decide_nik_claim,
    set_nik,
)
from smartkampung.residents.actions.reveal import (
    NothingRecorded,
    Number,
    ReasonNeeded,
    reveal_number,
)
from smartkampung.residents.actions.status import SameStatus, change_status

__all__ = [
    "CannotDecideClaim",
    "ClaimWaits",
    "NothingRecorded",
    "Number",
    "ReasonNeeded",
    "SameStatus",
    "change_status",
    "decide_nik_claim",
    "reveal_number",
    "set_nik",
]
