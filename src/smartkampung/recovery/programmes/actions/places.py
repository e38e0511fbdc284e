"""Lock people, then the offer; then choose and write: the one way to a place."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.errors import Refused
from smartkampung.recovery.programmes.models import Offer
from smartkampung.residents.models import Person

Taken = TypeVar("Taken")
ROBOT = "recovery"
BUSY = _("Others are changing this offer right now. Please try again in a moment.")


class PlaceTaken(Refused):
    """The place, or the person, was taken a moment ago."""

    code = "place_taken"


class InAnother(Refused):
    """The person is in another running programme that excludes this one."""

    code = "in_another"


def with_offer(
    offer_id: int, take: Callable[[], Taken], *, people: Iterable[int] = ()
) -> Taken:
    """Run ``take`` while the people and the offer are locked; return what it returned.

    Raises Busy, PlaceTaken, InAnother, and what ``take`` raises.
    """
    persons = Lock(Rank.PERSON, Person.objects.filter(pk__in=sorted(set(people))))
    offer = Lock(Rank.QUOTA, Offer.objects.filter(pk=offer_id))
    return claim_scarce(
        locks=[persons, offer],
        take=take,
        refusals={
            "seat_number_once": PlaceTaken(
                _("This place was taken a moment ago. Please look again.")
            ),
            "seat_once_in_an_offer": PlaceTaken(
                _("This person was invited to this offer already.")
            ),
            "seat_excludes_others": InAnother(
                _(
                    "This person is in another running programme that excludes this"
                    " one. End that one first."
                )
            ),
        },
        busy=Busy(BUSY),
    )
