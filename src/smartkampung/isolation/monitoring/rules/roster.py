"""Who of the team looks after whom: the fixed officer, else the last, else a free one."""

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Ward:
    """Somebody to be looked after by the team of one Puskesmas."""

    stay: int
    centre: str
    fixed: int | None = None
    last: int | None = None


def share_out(
    wards: Iterable[Ward],
    teams: Mapping[str, frozenset[int]],
    loads: Mapping[int, int],
) -> dict[int, int | None]:
    """Return the officer of each stay; None where a Puskesmas has nobody.

    ``loads`` is how many each officer looks after already. The least loaded takes who
    has nobody; among equals the one who came first.
    """
    found: dict[int, int | None] = {}
    waiting: list[Ward] = []
    for ward in wards:
        team = teams.get(ward.centre, frozenset())
        kept = next((one for one in (ward.fixed, ward.last) if one in team), None)
        if kept is None:
            waiting.append(ward)
        else:
            found[ward.stay] = kept
    heaps = {
        centre: sorted((loads.get(one, 0), one) for one in team)
        for centre, team in teams.items()
    }
    for ward in waiting:
        heap = heaps.get(ward.centre)
        if not heap:
            found[ward.stay] = None
            continue
        load, officer = heap[0]
        heapq.heapreplace(heap, (load + 1, officer))
        found[ward.stay] = officer
    return found
