"""When what applies in a village changes: for pages that remember it."""

from datetime import date

from django.db import connection
from django.db.models import Min, Q

from smartkampung.regions.codes import village_of
from smartkampung.reopening.guidance.models import Guidance
from smartkampung.reopening.guidance.rules.kinds import Kind
from smartkampung.reopening.pilots.models import PhaseSpell

# Rows are only ever added, ended and confirmed: counts of these tell every change.
_STAMP = """
    SELECT (SELECT concat(count(*), '.', count(verified_at)) FROM guidance_guidance
            WHERE kind = 'phases'),
        (SELECT concat(count(*), '.', count(until), '.', max(until))
            FROM pilots_phasespell WHERE village_id = %s)
"""


_STAMP_OF_ALL = _STAMP.replace("WHERE village_id = %s", "")


def stamp_of_all() -> str:
    """Return a text that differs whenever phases or guidance of any place changed."""
    with connection.cursor() as cursor:
        cursor.execute(_STAMP_OF_ALL)
        return ":".join(cursor.fetchone())


def stamp_of(region: str) -> str:
    """Return a text that differs whenever phases or guidance of a place changed."""
    with connection.cursor() as cursor:
        cursor.execute(_STAMP, [village_of(region)])
        return ":".join(cursor.fetchone())


def next_change(region: str, on: date) -> date | None:
    """Return the first day after one on which phase or guidance is known to change."""
    spells = PhaseSpell.objects.filter(village=village_of(region)).aggregate(
        since=Min("since", filter=Q(since__gt=on)),
        until=Min("until", filter=Q(until__gt=on)),
    )
    version = Guidance.objects.filter(kind=Kind.PHASES, since__gt=on)
    found = [*spells.values(), version.aggregate(since=Min("since"))["since"]]
    return min((one for one in found if one), default=None)
