"""What anybody may tell of a share that was taken, and by when it is answered."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

ANSWER_WITHIN = timedelta(days=14)


class Kind(StrEnum):
    """What happened with the aid."""

    SHARE_TAKEN = "share_taken"
    FEE_ASKED = "fee_asked"
    GOODS_MISSING = "goods_missing"
    OTHER = "other"


@dataclass(frozen=True)
class Told:
    """What was told: where, about what, never by whom."""

    form_id: uuid.UUID
    region_code: str
    programme: str
    kind: Kind
    text: str
