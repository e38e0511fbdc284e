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

__all__ = [
    "CannotDecideClaim",
    "ClaimWaits",
    "NothingRecorded",
    "Number",
    "ReasonNeeded",
    "decide_nik_claim",
    "reveal_number",
    "set_nik",
]
