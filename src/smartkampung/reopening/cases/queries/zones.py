"""The zone of every RT on any day: as decided then, or as known at another moment."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from smartkampung.kernel.chains import moment
from smartkampung.kernel.clock import now
from smartkampung.kernel.sealed import blind_indexes
from smartkampung.regions.codes import level, village_of
from smartkampung.reopening.cases.models import ZoneDay, ZoneRow
from smartkampung.reopening.cases.queries.counting import (
    counted,
    counted_at,
    rts_by_village,
)
from smartkampung.reopening.cases.rules.zones import Counted, Zones, decide, said
from smartkampung.reopening.guidance.models import Guidance
from smartkampung.reopening.guidance.queries import in_force
from smartkampung.reopening.guidance.rules.kinds import Colour, Kind

SEAL = "zone-day"
# Of each RT the last day of which its colour was decided, and that colour.
_KEPT = """
    SELECT rts.rt, last.day_id, coalesce(own.colour, %(green)s)
    FROM unnest(%(rts)s::text[], %(villages)s::text[]) AS rts (rt, village)
    CROSS JOIN LATERAL (
        SELECT zones.day AS day_id FROM cases_zoneday AS zones
        WHERE zones.day <= %(on)s AND zones.guidance_id IS NOT NULL AND (
            NOT EXISTS (
                SELECT FROM cases_zonerow AS silent
                WHERE silent.day_id = zones.day AND silent.region_code = rts.village)
            OR EXISTS (
                SELECT FROM cases_zonerow AS mine
                WHERE mine.day_id = zones.day AND mine.region_code = rts.rt))
        ORDER BY zones.day DESC LIMIT 1
    ) AS last
    LEFT JOIN cases_zonerow AS own
        ON own.day_id = last.day_id AND own.region_code = rts.rt
"""


def zones_known(
    on: date, *, known: datetime, rts: Mapping[str, int] | None = None
) -> Zones:
    """Return the zones of a day by what was known at a moment.

    ``rts`` is what ``rts_by_village`` says, for whoever asks of many days.
    """
    rts = rts_by_village() if rts is None else rts
    version = in_force(Kind.RT_ZONE, on)
    if version is None:
        return _judged(on, None, Counted({}, frozenset()), rts)
    found = counted(on, days=version.body["days"], known=known, villages=rts)
    return _judged(on, version, found, rts)


def decided(on: date) -> ZoneDay | None:
    """Return the decision of a day, if it was made."""
    rows = ZoneDay.objects.select_related("guidance")
    return rows.filter(pk=on).first()


def last_day() -> date | None:
    """Return the last day that was decided."""
    return ZoneDay.objects.order_by("day").values_list("day", flat=True).last()


def zones_decided(day: ZoneDay, *, rts: Mapping[str, int] | None = None) -> Zones:
    """Return the zones of a day from the rows that were kept of the decision."""
    colours, houses, silent = {}, {}, set()
    for row in day.rows.all():
        houses[row.region_code] = row.houses
        if row.colour:
            colours[row.region_code] = Colour(row.colour)
        else:
            silent.add(row.region_code)
    return Zones(
        day.day,
        day.guidance_id,
        day.guidance.legal_reference if day.guidance else "",
        colours,
        houses,
        frozenset(silent),
        day.villages or (rts_by_village() if rts is None else rts),
    )


def replay(day: ZoneDay, *, rts: Mapping[str, int] | None = None) -> Zones:
    """Compute a decided day anew, by what was known then, in the villages of then."""
    return zones_known(day.day, known=day.known_at, rts=day.villages or rts)


def days_decided(since: date, until: date) -> list[ZoneDay]:
    """Return the decisions of some days (half-open), in their order."""
    rows = ZoneDay.objects.select_related("guidance").prefetch_related("rows")
    return list(rows.filter(day__gte=since, day__lt=until).order_by("day"))


def zones_on(on: date) -> Zones:
    """Return the zones of a day: as decided, else by what is known now."""
    day = decided(on)
    return zones_decided(day) if day else zones_known(on, known=now())


def is_whole(day: ZoneDay) -> bool:
    """Say whether a decision is still as it was sealed."""
    text = sealed_text(day, zones_decided(day))
    return bytes(day.seal) in blind_indexes(text, SEAL)


def sealed_text(day: ZoneDay, zones: Zones) -> str:
    """Return what the seal of a decision is made of.

    Days that were decided before the villages were kept sealed their rows alone.
    """
    if not day.villages:
        return said(zones)
    parts = (day.counts, day.villages)
    kept = "|".join(json.dumps(part, sort_keys=True) for part in parts)
    return f"{said(zones)}\n{moment(day.known_at)}|{kept}"


def colour_of(rt: str, on: date) -> Colour | None:
    """Return the zone of an RT on a day, or None when it cannot be decided."""
    day = decided(on)
    if day is None:
        return _colour_now(rt, on)
    if day.guidance_id is None:
        return None
    kept = ZoneRow.objects.filter(day=day, region_code__in=[rt, village_of(rt)])
    colours = dict(kept.values_list("region_code", "colour"))
    rest = "" if village_of(rt) in colours else Colour.GREEN
    found = colours.get(rt, rest)
    return Colour(found) if found else None


def last_decided(rt: str, on: date) -> tuple[Colour, date] | None:
    """Return the last colour that was decided of an RT until a day, and of which day.

    None where none ever was. Days on which nothing was heard of the village are passed,
    unless its known houses alone made a colour.
    """
    return _last_decided([rt], on).get(rt)


def _last_decided(rts: Iterable[str], on: date) -> dict[str, tuple[Colour, date]]:
    asked = sorted(rts)
    told: dict[str, Any] = {"rts": asked, "on": on, "green": Colour.GREEN.value}
    told["villages"] = [village_of(one) for one in asked]
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, told)
        return {rt: (Colour(colour), day) for rt, day, colour in cursor.fetchall()}


def _colour_now(rt: str, on: date) -> Colour | None:
    version = in_force(Kind.RT_ZONE, on)
    if version is None:
        return None
    found = counted_at(rt, on, days=version.body["days"])
    return _judged(on, version, found, {}).colour(rt)


def _judged(
    on: date, version: Guidance | None, found: Counted, rts: Mapping[str, int]
) -> Zones:
    unsure = [
        place
        for place in found.houses
        if level(place) == "rt" and village_of(place) in found.silent
    ]
    before = _last_decided(unsure, on - timedelta(days=1)) if unsure else {}
    return decide(
        found,
        day=on,
        version=version.pk if version else None,
        legal_reference=version.legal_reference if version else "",
        body=version.body if version else {},
        rts=rts,
        kept={rt: colour for rt, (colour, _day) in before.items()},
    )
