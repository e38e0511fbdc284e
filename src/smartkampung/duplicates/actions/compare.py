"""Put two records side by side because an officer thinks they are one person."""

from datetime import datetime

from smartkampung.accounts.actor import Actor
from smartkampung.duplicates.actions.propose import Found, propose
from smartkampung.duplicates.models import Pair
from smartkampung.duplicates.queries.candidates import weigh
from smartkampung.duplicates.rules.weights import current_model
from smartkampung.residents.models import Person


def compare(*, one: Person, other: Person, by: Actor, at: datetime) -> Pair:
    """Return the pair of two records, proposed now if it was not before.

    However little they are alike: the weights tell. The caller found both through the
    actor's own door.
    """
    first, second = sorted((one.pk, other.pk))
    known = Pair.objects.filter(first=first, second=second).first()
    if known is not None:
        return known
    found = Found(first, second, weigh(first, second))
    propose([found], version=current_model().version, at=at)
    return Pair.objects.get(first=first, second=second)
