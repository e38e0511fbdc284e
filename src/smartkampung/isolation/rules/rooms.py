"""Which beds of a house a party gets: all of it in one room, with nobody unfitting."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from smartkampung.isolation.rules.states import Need

COT_YEARS = 3  # a cot is for a child below this age, and for nobody else
FEMALE = "P"


@dataclass(frozen=True)
class Bed:
    """A bed as it stands on the wanted days."""

    id: int
    free: bool
    cot: bool = False


@dataclass(frozen=True)
class Room:
    """A room on the wanted days; ``sexes`` are those of the people who lie in it."""

    id: int
    beds: tuple[Bed, ...]
    sexes: frozenset[str] = field(default=frozenset())
    own_bathroom: bool = False
    women_only: bool = False

    @property
    def free(self) -> tuple[Bed, ...]:
        """Return the beds that nobody takes."""
        return tuple(bed for bed in self.beds if bed.free)


@dataclass(frozen=True)
class Guest:
    """What choosing a bed asks of a person."""

    sex: str
    born_on: date | None

    def sleeps_in_cot(self, on: date) -> bool:
        """Say whether the person is young enough for a cot."""
        if self.born_on is None:
            return False
        third = self.born_on.year + COT_YEARS
        return (on.year, on.month, on.day) < (
            third,
            self.born_on.month,
            self.born_on.day,
        )


def choose_beds(
    rooms: Iterable[Room], party: Sequence[Guest], *, needs: frozenset[Need], on: date
) -> list[int] | None:
    """Return a bed for each of the party in its order, or None when it does not fit.

    The smallest room that fits is taken, so that large families find one later. A
    party that no room could ever hold is spread over empty rooms of the house. A room
    is shared with strangers by people of one sex only.
    """
    fitting = [room for room in rooms if _suits(room, party, needs)]
    for room in sorted(fitting, key=lambda room: (len(room.free), room.id)):
        beds = _lie_down(room.free, party, on)
        if beds is not None:
            return beds
    if any(len(room.beds) >= len(party) for room in fitting):
        return None
    empty = [room for room in fitting if not room.sexes]
    spread = [bed for room in sorted(empty, key=_largest) for bed in room.free]
    return _lie_down(spread, party, on)


def _largest(room: Room) -> tuple[int, int]:
    return -len(room.free), room.id


def _suits(room: Room, party: Sequence[Guest], needs: frozenset[Need]) -> bool:
    if Need.OWN_BATHROOM in needs and not room.own_bathroom:
        return False
    sexes = room.sexes | {guest.sex for guest in party}
    if (room.women_only or Need.WOMEN_ONLY in needs) and sexes != {FEMALE}:
        return False
    return not room.sexes or len(sexes) == 1


def _lie_down(
    free: Sequence[Bed], party: Sequence[Guest], on: date
) -> list[int] | None:
    cots = [bed.id for bed in free if bed.cot]
    beds = [bed.id for bed in free if not bed.cot]
    taken: list[int] = []
    for guest in party:
        if guest.sleeps_in_cot(on) and cots:
            taken.append(cots.pop(0))
        elif beds:
            taken.append(beds.pop(0))
        else:
            return None
    return taken
