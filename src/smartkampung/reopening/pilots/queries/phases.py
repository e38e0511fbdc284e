"""The phases in force, and which one a village is in."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from smartkampung.reopening.guidance.queries import in_force
from smartkampung.reopening.guidance.rules.kinds import Kind
from smartkampung.reopening.guidance.rules.phases import Phase, read_phases
from smartkampung.reopening.pilots.models import PhaseSpell


def phases_on(on: date) -> dict[str, Phase]:
    """Return the phases of a day by their code, the strictest first; none before any."""
    found = in_force(Kind.PHASES, on)
    return {one.code: one for one in read_phases(found.body)} if found else {}


def spell_on(village: str, on: date) -> PhaseSpell | None:
    """Return the phase that was written for a village on a day, if any was."""
    return PhaseSpell.objects.filter(
        Q(until=None) | Q(until__gt=on), village=village, since__lte=on
    ).first()


def spells_on(villages: Iterable[str], on: date) -> dict[str, PhaseSpell]:
    """Return the phases that were written for many villages on a day."""
    rows = PhaseSpell.objects.filter(
        Q(until=None) | Q(until__gt=on), village__in=list(villages), since__lte=on
    )
    return {row.village_id: row for row in rows}


def phases_of(villages: Iterable[str], on: date) -> dict[str, str]:
    """Return the phase of many villages, as ``phase_of`` does for one."""
    known, codes = phases_on(on), list(villages)
    found = {code: row.phase for code, row in spells_on(codes, on).items()}
    first = next(iter(known), "")
    return {code: found[code] if found.get(code) in known else first for code in codes}


def phase_of(village: str, on: date) -> str:
    """Return the code of the phase of a village, paused or not; "" before any.

    One that the guidance of the day does not know counts as the strictest.
    """
    known = phases_on(on)
    spell = spell_on(village, on)
    if spell and spell.phase in known:
        return spell.phase
    return next(iter(known), "")
