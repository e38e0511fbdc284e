"""What a family agreed to, now and before."""

from dataclasses import dataclass
from datetime import datetime

from smartkampung.notify.queries import has_opted_out
from smartkampung.residents.models import ConsentChange, Family
from smartkampung.residents.rules.consents import BY_PHONE, UNTIL_SAID, Purpose


@dataclass(frozen=True)
class Consent:
    """Whether a family agrees to a purpose; ``since`` is empty while it said nothing.

    ``stopped``: its phone said STOP to it, whatever the family agrees to.
    """

    purpose: Purpose
    given: bool
    since: datetime | None
    stopped: bool = False

    @property
    def holds(self) -> bool:
        """Say whether it is so: agreed to, and not stopped."""
        return self.given and not self.stopped


def consents_of(family_id: int) -> list[Consent]:
    """Return every purpose with the family's latest word on it."""
    rows = ConsentChange.objects.filter(family=family_id)
    latest = {
        row.purpose: row
        for row in rows.order_by("purpose", "-at", "-pk").distinct("purpose")
    }
    stopped = _stopped(family_id)
    return [
        Consent(purpose, latest[purpose].given, latest[purpose].at, purpose in stopped)
        if purpose in latest
        else Consent(purpose, UNTIL_SAID[purpose], None, purpose in stopped)
        for purpose in Purpose
    ]


def _stopped(family_id: int) -> set[Purpose]:
    """Return the purposes to which the family's phone said STOP."""
    phone = Family.objects.only("phone").get(pk=family_id).phone
    if phone is None:
        return set()
    return {purpose for purpose in BY_PHONE if has_opted_out(phone, purpose)}


def agrees(family_id: int, purpose: Purpose) -> bool:
    """Say whether a family agrees to a purpose at this moment."""
    return consent_to(family_id, purpose).given


def consent_to(family_id: int, purpose: Purpose) -> Consent:
    """Return a family's latest word on one purpose."""
    return next(row for row in consents_of(family_id) if row.purpose == purpose)
