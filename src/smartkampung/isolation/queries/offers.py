"""Houses that a party may truly be offered: what would be decided under their lock."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from smartkampung.isolation.queries.rooms import Near, houses_near, rooms_of_each
from smartkampung.isolation.rules.rooms import Guest, choose_beds
from smartkampung.isolation.rules.states import Need
from smartkampung.kernel.rls import as_job

LOOKED_INTO = 12  # houses whose rooms are read at a time


def houses_for(
    village: str,
    party: Sequence[Guest],
    *,
    since: date,
    until: date,
    most: int,
    needs: frozenset[Need] = frozenset(),
    inside: str = "",
    but: int | None = None,
) -> list[Near]:
    """Return the houses in which all of a party find beds now, in their order.

    Those of the village come first, then by way; ``inside`` keeps to a region, ``but``
    leaves one house out. Free beds are not enough: strangers of another sex may lie
    beside them, or they may be cots. Only the lock of the house decides.
    """
    near = houses_near(
        village,
        since=since,
        until=until,
        people=len(party),
        needs=needs,
        inside=inside,
    )
    found = _fitting(
        [one for one in near if one.house_id != but],
        party,
        since=since,
        until=until,
        needs=needs,
    )
    return list(islice(found, most))


def _fitting(
    near: Sequence[Near],
    party: Sequence[Guest],
    *,
    since: date,
    until: date,
    needs: frozenset[Need],
) -> Iterator[Near]:
    for at in range(0, len(near), LOOKED_INTO):
        some = near[at : at + LOOKED_INTO]
        ids = [one.house_id for one in some]
        with as_job():  # who lies in a room decides who may, whoever asks
            rooms = rooms_of_each(ids, since=since, until=until, needs=needs)
        for one in some:
            if choose_beds(rooms[one.house_id], party, needs=needs, on=since):
                yield one
