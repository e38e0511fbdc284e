"""Zones of all RTs on a day, put together from what was counted; and their seal."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from smartkampung.regions.codes import level, village_of
from smartkampung.reopening.guidance.rules.kinds import Colour
from smartkampung.reopening.guidance.rules.zones import colour

UNKNOWN = "unknown"  # beside the colours, where RTs are counted by colour


@dataclass(frozen=True)
class Counted:
    """What is known of a day: houses by RT, and villages of which nobody heard.

    ``houses`` also holds villages, for houses whose RT is unknown; they make no colour.
    """

    houses: Mapping[str, int]
    silent: frozenset[str]


@dataclass(frozen=True)
class Zones:
    """The colours of a day. What is not named is green, unless its village is silent.

    An RT of a silent village is named where its known houses alone make it as strict as
    it was. Without a version nothing can be decided. ``rts`` is how many RTs there are
    in each village.
    """

    day: date
    version: int | None
    legal_reference: str
    colours: Mapping[str, Colour]
    houses: Mapping[str, int]
    silent: frozenset[str]
    rts: Mapping[str, int]

    def colour(self, rt: str) -> Colour | None:
        """Return the colour of an RT, or None when it cannot be decided."""
        if self.version is None:
            return None
        rest = None if village_of(rt) in self.silent else Colour.GREEN
        return self.colours.get(rt, rest)

    def counts(self, inside: str = "") -> dict[str, int]:
        """Return how many RTs have each colour, and of how many it is unknown."""
        total = Counter(_NONE)
        for each in self.by_village(inside).values():
            total.update(each)
        return dict(total)

    def by_village(self, inside: str = "") -> dict[str, Counter[str]]:
        """Return the same for each village (those below a region code)."""
        found = {
            village: Counter({**_NONE, _rest(self, village): count})
            for village, count in self.rts.items()
            if f"{village}.".startswith(f"{inside}." if inside else "")
        }
        if self.version is not None:
            for rt, one in self.colours.items():
                village = village_of(rt)
                if village in found:
                    found[village][_rest(self, village)] -= 1
                    found[village][one.value] += 1
        return found


_NONE: dict[str, int] = {**{one.value: 0 for one in Colour}, UNKNOWN: 0}


def _rest(zones: Zones, village: str) -> str:
    unknown = zones.version is None or village in zones.silent
    return UNKNOWN if unknown else Colour.GREEN.value


def decide(
    counted: Counted,
    *,
    day: date,
    version: int | None,
    legal_reference: str,
    body: Mapping[str, Any],
    rts: Mapping[str, int],
    kept: Mapping[str, Colour],
) -> Zones:
    """Return the colours that a version makes of what was counted.

    ``kept`` are the last colours that were decided in villages that are silent now.
    There what is counted is the least there is: it makes a colour, never a laxer one.
    """
    strict = list(Colour).index
    memo: dict[int, Colour] = {}
    colours: dict[str, Colour] = {}
    for place, houses in counted.houses.items():
        if version is None or level(place) != "rt":
            continue
        if houses not in memo:
            memo[houses] = colour(houses, body)
        found = memo[houses]
        silent = village_of(place) in counted.silent
        before = kept.get(place, Colour.GREEN) if silent else Colour.GREEN
        if found is not Colour.GREEN and strict(found) >= strict(before):
            colours[place] = found
    return Zones(
        day, version, legal_reference, colours, counted.houses, counted.silent, rts
    )


def rows_of(zones: Zones) -> list[tuple[str, int, str]]:
    """Return what is kept of a decision: place, houses, colour; sorted.

    RTs that are not green, villages that cannot be decided, and houses without RT.
    """
    if zones.version is None:
        return []
    kept = {place: (zones.houses.get(place, 0), "") for place in zones.silent}
    for place, found in zones.colours.items():
        kept[place] = (zones.houses[place], found.value)
    return sorted((place, *told) for place, told in kept.items())


def said(zones: Zones) -> str:
    """Return a decision as the text that is sealed."""
    lines = "\n".join("|".join(map(str, row)) for row in rows_of(zones))
    return f"{zones.day.isoformat()}|{zones.version}\n{lines}"
