"""Lock the houses, then choose and write: the one way to take or move a bed."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from smartkampung.isolation.models import BedUse, House, Stay
from smartkampung.isolation.queries.rooms import rooms_of
from smartkampung.isolation.rules.rooms import Guest, choose_beds
from smartkampung.isolation.rules.states import Need, taken_days
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.rls import as_job

Taken = TypeVar("Taken")


class BedTaken(Refused):
    """Somebody else has that bed on one of those days."""

    code = "bed_taken"


class AlreadyStaying(Refused):
    """This person is in another stay on one of those days."""

    code = "already_staying"


def with_houses(
    house_ids: Iterable[int] | QuerySet[Any],
    take: Callable[[], Taken],
    *,
    people: Sequence[Lock] = (),
    quotas: Sequence[Lock] = (),
) -> Taken:
    """Run ``take`` as a job while the houses are locked; return what it returned.

    As a job, because whoever books sees nobody else, and must not be given a bed next
    to somebody whom they cannot see. Houses given as a query are read once ``people``
    are locked: a party may have moved to another house meanwhile. Raises Busy, BedTaken, AlreadyStaying, and what
    ``take`` raises.
    """
    known = house_ids if isinstance(house_ids, QuerySet) else list(house_ids)
    houses = House.objects.filter(pk__in=known)
    with as_job():
        return claim_scarce(
            locks=[*people, Lock(Rank.HOUSE, houses), *quotas],
            take=take,
            refusals={
                "bed_taken_once": BedTaken(
                    _("That bed was taken a moment ago. Please choose another.")
                ),
                "stay_person_once": AlreadyStaying(
                    _("This person already has a place on these days.")
                ),
            },
            busy=Busy(
                _("Many people are booking at this moment. Please press send again.")
            ),
        )


def find_beds(
    party: Sequence[Guest],
    house_id: int,
    *,
    since: date,
    until: date,
    needs: frozenset[Need],
) -> list[int] | None:
    """Return a bed of a locked house for each of a party, or None when it is full."""
    rooms = rooms_of(house_id, since=since, until=until, needs=needs)
    return choose_beds(rooms, party, needs=needs, on=since)


def take_beds(stays: Sequence[Stay], beds: Sequence[int], *, since: date) -> None:
    """Lay each stay into the bed found for it, until the end of the own stay."""
    BedUse.objects.bulk_create(
        [
            BedUse(
                stay=stay,
                bed_id=bed,
                during=(since, stay.during.upper),
                taken=taken_days(since, stay.during.upper),
            )
            for stay, bed in zip(stays, beds, strict=True)
        ]
    )


def lay_in(
    stays: Sequence[Stay], house_id: int, *, since: date, needs: frozenset[Need]
) -> bool:
    """Give each of a party a bed of a locked house; False, and nothing done, if full.

    Beds that the stays had on these days must have been given back.
    """
    party = [Guest(stay.sex, stay.born_on) for stay in stays]
    until = max(stay.during.upper for stay in stays)
    beds = find_beds(party, house_id, since=since, until=until, needs=needs)
    if beds is None:
        return False
    take_beds(stays, beds, since=since)
    return True


def give_back(stays: Iterable[Stay], *, on: date) -> None:
    """Take the stays out of their beds from a day on; the cleaning stays.

    Uses that had not begun by that day end altogether.
    """
    uses = BedUse.objects.filter(
        stay__in=list(stays), live=True, during__endswith__gt=on
    )
    uses.filter(during__startswith__gte=on).update(live=False)
    for use in uses.filter(during__startswith__lt=on):
        use.during = (use.during.lower, on)
        use.taken = taken_days(use.during[0], on)
        use.save(update_fields=["during", "taken"])
