"""Counts of faults by place: judged now, or as kept for areas too large for that."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.db import connection

from smartkampung.quality.queries.judging import JUDGED, parameters
from smartkampung.quality.rules import BITS, ERRORS, OF_FAMILIES, Fault, Tally, together
from smartkampung.regions.codes import LEVELS


def _counted(fault: Fault) -> str:
    once = " AND first" if fault in OF_FAMILIES else ""
    return f"count(*) FILTER (WHERE faults & {BITS[fault]} <> 0{once})"


_TALLIES = f"""
WITH {JUDGED}
SELECT region_code, count(*), count(*) FILTER (WHERE faults & {ERRORS} = 0),
    {", ".join(_counted(fault) for fault in Fault)}
FROM judged GROUP BY region_code
"""


def tally_by(depth: str, *, region: str, on: date) -> dict[str, Tally]:
    """Judge everybody of a region now; return the counts of its parts of a level.

    People recorded above that level are counted under the code that they have.
    """
    segments = LEVELS.index(depth) + 1
    places: dict[str, list[Tally]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_TALLIES, parameters(region, on=on))
        for code, *counts in cursor.fetchall():
            places[".".join(code.split(".")[:segments])].append(_tally(counts))
    return {code: together(rows) for code, rows in sorted(places.items())}


def _tally(counts: list[Any]) -> Tally:
    people, faultless, *found = counts
    return Tally(people, faultless, dict(zip(Fault, found, strict=True)))
