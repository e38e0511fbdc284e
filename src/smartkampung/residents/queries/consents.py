"""What a family agreed to, now and before."""

from dataclasses import dataclass
from datetime import datetime

from smartkampung.residents.models import ConsentChange
from smartkampung.residents.rules.consents import UNTIL_SAID, Purpose


@dataclass(frozen=True)
class Consent:
    """Whether a family agrees to a purpose; ``since`` is empty while it said nothing."""

    purpose: Purpose
    given: bool
    since: datetime | None


def consents_of(family_id: int) -> list[Consent]:
    """Return every purpose with the family's latest word on it."""
    rows = ConsentChange.objects.filter(family=family_id)
    latest = {
        row.purpose: row
        for row in rows.order_by("purpose", "-at", "-pk").distinct("purpose")
    }
    return [
        Consent(purpose, latest[purpose].given, latest[purpose].at)
        if purpose in latest
        else Consent(purpose, UNTIL_SAID[purpose], None)
        for purpose in Purpose
    ]


def agrees(family_id: int, purpose: Purpose) -> bool:
    """Say whether a family agrees to a purpose at this moment."""
    return next(row.given for row in consents_of(family_id) if row.purpose == purpose)
