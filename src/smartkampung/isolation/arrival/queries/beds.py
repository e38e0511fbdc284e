"""Beds that somebody may choose at the door, and houses when there is none."""

from dataclasses import dataclass
from datetime import date

from smartkampung.isolation.arrival.queries.parties import bed_of
from smartkampung.isolation.models import Bed, BedUse, Reservation, Stay
from smartkampung.isolation.queries.offers import houses_for
from smartkampung.isolation.queries.rooms import Near, rooms_of
from smartkampung.isolation.rules.rooms import Guest, Room
from smartkampung.isolation.rules.states import LIVE_STAYS, Need, stay_days
from smartkampung.kernel.rls import as_job
from smartkampung.regions.codes import ancestor


@dataclass(frozen=True)
class Choice:
    """A bed, the room it stands in, and whether it is the one that was kept."""

    bed_id: int
    bed: str
    room: str
    kept: bool


def choices_for(stay: Stay, *, since: date) -> list[Choice]:
    """Return the kept bed, then the free beds of the house that fit this person."""
    kept, house_id = bed_of(stay), stay.reservation.house_id
    if house_id is None:
        return []
    until = max(stay.during.upper, stay_days(since)[1])
    with as_job():  # who lies in the room decides who may, whoever asks
        rooms = rooms_of(house_id, since=since, until=until)
    free = {bed.id for room in rooms if _fits(room, stay, kept) for bed in room.free}
    wanted = free | ({kept.pk} if kept else set())
    rows = Bed.objects.filter(pk__in=wanted).select_related("room")
    found = [
        Choice(row.pk, row.name, row.room.name, kept is not None and row.pk == kept.pk)
        for row in rows.order_by("room__name", "name", "pk")
    ]
    return sorted(found, key=lambda choice: not choice.kept)


def _fits(room: Room, stay: Stay, kept: Bed | None) -> bool:
    if kept is not None and kept.room_id == room.id:
        return True
    if room.women_only and stay.sex != "P":
        return False
    return room.sexes <= {stay.sex}


def other_houses(party: Reservation, *, today: date, most: int = 8) -> list[Near]:
    """Return the nearest other houses with room for a party from today."""
    since, until = stay_days(today)
    village = ancestor(party.region_code, "village")
    stays = party.stays.filter(state__in=LIVE_STAYS).order_by("pk")
    return houses_for(
        village,
        [Guest(stay.sex, stay.born_on) for stay in stays],
        since=since,
        until=until,
        most=most,
        needs=frozenset(Need(need) for need in party.needs),
        inside=ancestor(village, "regency"),
        but=party.house_id,
    )


def room_for_one_more(party: Reservation, stay: Stay, *, since: date) -> int | None:
    """Return a free bed in a room where this party lies and nobody else does.

    Asked as a job, under the lock of the house. A cot is no bed for a newcomer.
    """
    if party.house_id is None:
        return None
    until = stay.during.upper
    uses = BedUse.objects.filter(
        live=True, during__overlap=(since, until), bed__room__house=party.house_id
    )
    ours = uses.filter(stay__reservation=party).values_list("bed__room", flat=True)
    others = uses.exclude(stay__reservation=party).values_list("bed__room", flat=True)
    own = set(ours) - set(others)
    rooms = rooms_of(party.house_id, since=since, until=until)
    beds = [bed for room in rooms if room.id in own for bed in room.free if not bed.cot]
    return beds[0].id if beds else None
