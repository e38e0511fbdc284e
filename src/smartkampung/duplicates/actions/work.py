"""The item on the list of whoever decides a pair."""

from datetime import datetime, timedelta

from django.db.models import Q

from smartkampung.accounts.roles import Permission
from smartkampung.duplicates.models import Pair
from smartkampung.worklist.actions import close_work, open_work

KIND = "duplicates.pair"
DECIDE_WITHIN = timedelta(days=30)


def open_pair_work(pair: Pair, *, at: datetime) -> None:
    """Put a pair on the list of the region that holds both records."""
    open_work(
        kind=KIND,
        target=pair,
        permission=Permission.DUPLICATES_DECIDE,
        region_code=pair.region_code,
        due_at=at + DECIDE_WITHIN,
    )


def close_pair_work(pair: Pair, *, by: str) -> None:
    """Take a pair off the list."""
    close_work(target=pair, by=by, kinds=(KIND,))


def open_pairs_of(person_id: int) -> list[Pair]:
    """Return the undecided pairs in which a record stands."""
    rows = Pair.objects.filter(
        Q(first=person_id) | Q(second=person_id), decided_at=None
    )
    return list(rows.order_by("pk"))
