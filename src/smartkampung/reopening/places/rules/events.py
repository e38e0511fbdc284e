"""Whether an event may be, by its zone, phase and size, and who decides about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from smartkampung.reopening.guidance.rules.kinds import Colour, Setting
from smartkampung.reopening.guidance.rules.phases import may_come
from smartkampung.reopening.places.rules.protocol import EventRules

FULL = 100
FURTHEST = timedelta(days=366)


class State(StrEnum):
    """Where the permission for an event is."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"  # approved before, but the zone became worse
    CANCELLED = "cancelled"  # by its organiser


class Bar(StrEnum):
    """Why an event may not be."""

    UNDECIDABLE = "undecidable"  # no guidance: nothing can be allowed
    ZONE_UNKNOWN = "zone_unknown"  # undecidable too: nobody told how the RT is
    PHASE = "phase"  # the phase of the village keeps such events closed
    COLOUR = "colour"  # the zone of the RT is too dangerous
    GATHERING = "gathering"  # more people than may gather
    SIZE = "size"  # more people than phase and colour leave of a usual event
    TOO_SOON = "too_soon"  # fewer days ahead than needed
    TOO_FAR = "too_far"


@dataclass(frozen=True)
class Around:
    """What applies where and when an event is: its colour, capacities, and a cap.

    ``by_phase`` is what the phase alone leaves, where that is known: an event that only
    the colour closes is not told to wait for another phase.

    ``zoned`` says that RTs have colours then, so that one without is not known.
    """

    colour: Colour | None
    capacity: Mapping[Setting, int]
    gathering: int | None
    zoned: bool = True
    by_phase: Mapping[Setting, int] | None = None


@dataclass(frozen=True)
class Allowed:
    """The numbers behind the bars: how many people, and from which day."""

    gathering: int | None = None
    size: int | None = None
    days_before: int | None = None
    first_on: date | None = None


def allowed(
    *, kind: Setting, around: Around | None, rules: EventRules | None, today: date
) -> Allowed:
    """Return what may be, to say it to whoever asks for more."""
    if rules is None:
        return Allowed()
    days, first_on = rules.days_before, today + timedelta(days=rules.days_before)
    if around is None:
        return Allowed(days_before=days, first_on=first_on)
    percent = around.capacity[kind]
    size = may_come(rules.usual[kind], percent) if 0 < percent < FULL else None
    return Allowed(around.gathering, size, days, first_on)


def bars(
    *, kind: Setting, people: int, around: Around | None, rules: EventRules | None
) -> list[Bar]:
    """Return every reason of zone and phase why an event may not be."""
    if around is None or rules is None:
        return [Bar.UNDECIDABLE]
    found = []
    if around.colour is None and around.zoned:
        found.append(Bar.ZONE_UNKNOWN)
    percent = around.capacity[kind]
    by_phase = around.capacity if around.by_phase is None else around.by_phase
    if by_phase[kind] == 0:
        found.append(Bar.PHASE)
    if around.colour in rules.closed or percent == 0 < by_phase[kind]:
        found.append(Bar.COLOUR)
    if around.gathering is not None and people > around.gathering:
        found.append(Bar.GATHERING)
    if 0 < percent < FULL and people > may_come(rules.usual[kind], percent):
        found.append(Bar.SIZE)
    return found


def timing(*, on: date, today: date, rules: EventRules) -> list[Bar]:
    """Return whether an event is asked for too late, or too far ahead."""
    if on < today + timedelta(days=rules.days_before):
        return [Bar.TOO_SOON]
    return [Bar.TOO_FAR] if on > today + FURTHEST else []


def head_decides(people: int, rules: EventRules) -> bool:
    """Say whether the village head decides alone; above that the kecamatan does."""
    return people <= rules.head_most
