"""What the counter of a village office works on today."""

from datetime import datetime

from django.db.models import Q

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import day, start_of_day
from smartkampung.letters.requests.models import LetterRequest
from smartkampung.letters.requests.queries.requests import PURPOSE, requests_for
from smartkampung.letters.requests.rules.steps import Channel
from smartkampung.residents.models import Person
from smartkampung.residents.queries import note_looks, residents_for

SERVE = Permission.LETTER_SERVE
SHOWN = 30


def at_the_counter(actor: Actor, *, at: datetime) -> list[LetterRequest]:
    """Return what was asked for at the counter today, the latest first."""
    rows = requests_for(actor, SERVE).filter(
        channel=Channel.COUNTER, asked_at__gte=start_of_day(day(at))
    )
    found = list(rows.order_by("-asked_at", "-pk")[:SHOWN])
    note_looks(actor, [r.subject for r in found], purpose=PURPOSE, permission=SERVE)
    return found


def family_at_the_counter(
    actor: Actor, person_id: int
) -> tuple[Person, list[Person], list[LetterRequest]] | None:
    """Return somebody, who stands on their card, and the family's letters; or None.

    With those about its dead that somebody of another card asked for. Who looked is
    written down for everybody shown.
    """
    mine = residents_for(actor, permission=SERVE)
    person = mine.filter(pk=person_id).first()
    if person is None:
        return None
    members = list(
        mine.filter(family=person.family_id, status=Person.Status.LIVING).order_by(
            "relation", "born_on", "pk"
        )
    )
    shown = {one.pk: one for one in (person, *members)}
    note_looks(actor, shown.values(), purpose=PURPOSE, permission=SERVE)
    theirs = Q(family=person.family_id) | Q(subject__family=person.family_id)
    letters = requests_for(actor, SERVE).filter(theirs)
    return person, members, list(letters.order_by("-asked_at", "-pk")[:SHOWN])
