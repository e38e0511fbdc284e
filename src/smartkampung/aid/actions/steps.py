"""What every act on a claim also does: move the timeline, tell the family."""

from datetime import datetime

from smartkampung.aid.models import Claim
from smartkampung.kernel.later import later
from smartkampung.notify.actions import send


def announce(*, claim: Claim, step: str, at: datetime) -> None:
    """Promise that the reporters' timelines reach a step."""
    later("aid.tell_reporters", claim_id=claim.pk, step=step, at_iso=at.isoformat())


def tell_family(*, claim: Claim, key: str) -> None:
    """Tell the phone recorded for the family that there is news; no more than that."""
    person = claim.person
    if person is not None:
        send(
            key=key,
            to=person.family.phone,
            template="news",
            language=person.family.language,
        )
