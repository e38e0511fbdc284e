"""When what applies in a village changes: for pages that remember it."""

from datetime import date

from django.db import connection
from django.db.models import Min, Q

from smartkampung.regions.codes import village_of
from smartkampung.reopening.guidance.queries import begins_next
from smartkampung.reopening.guidance.rules.kinds import Kind
from smartkampung.reopening.pilots.models import Pause, PhaseSpell

# Every row that ``regime_on`` reads of a village, with all of it that may still change.
# A table that it reads and that is not here is found by tests/domain/pilots.
_STAMP = """
    SELECT md5(concat_ws(';',
        (SELECT string_agg(concat_ws('.', id, since, verified_by <> ''), ',' ORDER BY id)
            FROM guidance_guidance WHERE kind = 'phases'),
        'spells', (SELECT string_agg(concat_ws('.', id, until), ',' ORDER BY id)
            FROM pilots_phasespell {of_spells}),
        'pauses', (SELECT string_agg(concat_ws('.', one.id, one.until), ','
                ORDER BY one.id)
            FROM pilots_pause one JOIN pilots_pilot pilot ON pilot.id = one.pilot_id
            {of_pauses})))
"""
_STAMP_OF_ALL = _STAMP.format(of_spells="", of_pauses="")
_STAMP_OF_ONE = _STAMP.format(
    of_spells="WHERE village_id = %(village)s",
    of_pauses="WHERE pilot.village_id = %(village)s",
)


def stamp_of_all() -> str:
    """Return a text that differs whenever what applies in any village changed."""
    return _asked(_STAMP_OF_ALL)


def stamp_of(region: str) -> str:
    """Return a text that differs whenever what applies in a village changed.

    Of an RT the colour of its zone is not in it.
    """
    return _asked(_STAMP_OF_ONE, village_of(region))


def _asked(sql: str, village: str = "") -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"village": village})
        return str(cursor.fetchone()[0])


def next_change(region: str, on: date) -> date | None:
    """Return the first day after one on which phase or guidance is known to change."""
    village = village_of(region)
    found = [begins_next(Kind.PHASES, on)]
    for rows in (
        PhaseSpell.objects.filter(village=village),
        Pause.objects.filter(pilot__village=village),
    ):
        found += rows.aggregate(
            since=Min("since", filter=Q(since__gt=on)),
            until=Min("until", filter=Q(until__gt=on)),
        ).values()
    return min((one for one in found if one), default=None)
