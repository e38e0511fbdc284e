"""Where requests stand, once their letters may have ended."""

from collections.abc import Iterable, Mapping
from datetime import date

from smartkampung.letters.requests.models import Letter, LetterRequest
from smartkampung.letters.requests.rules.ends import ended
from smartkampung.letters.requests.rules.steps import State


def states_of(rows: Iterable[LetterRequest], *, on: date) -> Mapping[int, str]:
    """Return where each request stands on a day: its step, or how its letter ended."""
    found = {row.pk: str(row.state) for row in rows}
    issued = [pk for pk, state in found.items() if state == State.ISSUED]
    letters = Letter.objects.filter(request__in=issued, issued_at__isnull=False)
    for letter in letters.filter(given_up_at=None) if issued else ():
        end = ended(
            revoked=letter.revoked_at is not None,
            replaced=letter.replaced_by_id is not None,
            until=letter.valid_until,
            on=on,
        )
        found[letter.request_id] = str(end or State.ISSUED)
    return found


def state_of(row: LetterRequest, *, on: date) -> str:
    """Return where one request stands on a day."""
    return states_of([row], on=on)[row.pk]
