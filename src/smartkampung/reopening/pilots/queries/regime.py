"""What applies in a place on a day: its phase, its colour, and what may open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from smartkampung.regions.codes import level, village_of
from smartkampung.reopening.cases.queries import colour_of, last_decided
from smartkampung.reopening.guidance.models import Guidance
from smartkampung.reopening.guidance.queries import in_force
from smartkampung.reopening.guidance.rules.kinds import Colour, Kind, Setting
from smartkampung.reopening.guidance.rules.phases import (
    Phase,
    capacity,
    crowd,
    read_caps,
    read_phases,
    told_as,
)
from smartkampung.reopening.pilots.models import Pause, PhaseSpell
from smartkampung.reopening.pilots.queries.phases import spell_on, spells_on

Kept = tuple[Colour, date]
UNASKED = (None, None)  # of a village, which has no colour


@dataclass(frozen=True)
class Regime:
    """What applies in a village or RT on a day, and by what.

    ``capacity`` is the percentage of its usual capacity that each setting may use,
    0 where it is closed. ``colour`` is that of an RT; None for a village, and where it
    cannot be decided: then what was closed by the last colour that was decided stays
    closed, and ``kept`` says which that was and of which day; ``said`` is what everybody
    is told of either, the colours that bind alike. ``gathering`` is the most
    people who may come together, if any limit is set. ``since`` is the first day of the phase, None for the first phase; of a
    village that is ``paused`` it is the first day of the pause.
    """

    phase: Phase
    since: date | None
    reason: str
    colour: Colour | None
    capacity: Mapping[Setting, int]
    gathering: int | None
    legal_reference: str
    source_url: str
    verified: bool
    paused: bool = False
    kept: Kept | None = None
    said: tuple[Colour, ...] = ()


def regime_on(region: str, on: date) -> Regime | None:
    """Return what applies in a village or RT, or None before any guidance.

    In a village that is paused the strictest phase applies, since and because of the
    pause; the phase it stands in waits.
    """
    found = in_force(Kind.PHASES, on)
    if found is None:
        return None
    village = village_of(region)
    colours = _colours(region, on)
    pause = _pauses([village], on).get(village)
    return _regime(found, None if pause else spell_on(village, on), pause, colours)


def regimes_on(villages: Iterable[str], on: date) -> dict[str, Regime]:
    """Return what applies in many villages, in three queries; none before any guidance."""
    found, codes = in_force(Kind.PHASES, on), list(villages)
    if found is None:
        return {}
    spells, pauses = spells_on(codes, on), _pauses(codes, on)
    return {
        code: _regime(found, spells.get(code), pauses.get(code), UNASKED)
        for code in codes
    }


def _regime(
    found: Guidance,
    spell: PhaseSpell | None,
    pause: Pause | None,
    colours: tuple[Colour | None, Kept | None],
) -> Regime:
    phases = {one.code: one for one in read_phases(found.body)}
    # A phase that a later version no longer knows falls back to the strictest.
    known = spell if spell and not pause and spell.phase in phases else None
    phase = phases[known.phase] if known else next(iter(phases.values()))
    told = pause or known
    colour, kept = colours
    binds = kept[0] if kept else colour
    caps, gathering = read_caps(found.body, binds)
    return Regime(
        phase,
        told.since if told else None,
        told.reason if told else "",
        colour,
        {one: capacity(phase, caps, one) for one in Setting},
        crowd(phase, gathering),
        found.legal_reference,
        found.source_url,
        bool(found.verified_by),
        pause is not None,
        kept,
        told_as(found.body, binds) if binds else (),
    )


def _pauses(villages: list[str], on: date) -> dict[str, Pause]:
    rows = Pause.objects.filter(
        Q(until=None) | Q(until__gt=on), pilot__village__in=villages, since__lte=on
    )
    # Of two that overlap the later one counts.
    rows = rows.select_related("pilot").order_by("since")
    return {row.pilot.village_id: row for row in rows}


def _colours(region: str, on: date) -> tuple[Colour | None, Kept | None]:
    """Return the colour that binds on a day, else the last that was decided.

    It is that of the day before, which the night decided: what binds people does not
    change under their hands, and nobody reads from it who was recorded this hour.
    """
    if level(region) != "rt":
        return UNASKED
    eve = on - timedelta(days=1)
    colour = colour_of(region, eve)
    return colour, None if colour else last_decided(region, eve)
