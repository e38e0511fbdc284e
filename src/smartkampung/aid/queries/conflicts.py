"""What stands in the way of aid: the conflict matrix and what is received."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q

from smartkampung.aid.models import Enrolment
from smartkampung.aid.queries.barring import MET, MET_ANEW
from smartkampung.aid.rules.conflicts import Aid, Effect, RedLight
from smartkampung.kernel.language import either

# The family and person of one case, asked about several programmes.
_CASE = """
    WITH asked AS MATERIALIZED (
        SELECT g.code AS id, g.code AS programme_id, g.unit,
            %(family)s::bigint AS family_id, %(person)s::bigint AS person_id,
            COALESCE(%(since)s, %(on)s)::date AS since,
            COALESCE(%(until)s, %(on)s::date + 1)::date AS until,
            %(apart_from)s::bigint AS apart_from,
            %(claim)s::bigint AS claim_id, %(proposal)s::bigint AS proposal_id
        FROM aid_programme g
        WHERE CASE WHEN %(programmes)s::text[] IS NOT NULL
            THEN g.code = ANY(%(programmes)s)
            ELSE g.takes_reports AND g.since <= %(on)s
                AND (g.until IS NULL OR g.until > %(on)s) END
    ),
"""
# Many families or persons, asked about one programme.
_MANY = """
    WITH asked AS MATERIALIZED (
        SELECT u.id, g.code AS programme_id, g.unit, u.family_id, u.person_id,
            %(since)s::date AS since, %(until)s::date AS until,
            NULL::bigint AS apart_from, NULL::bigint AS claim_id,
            NULL::bigint AS proposal_id
        FROM aid_programme g
        CROSS JOIN unnest(%(families)s::bigint[], %(people)s::bigint[])
            WITH ORDINALITY AS u (family_id, person_id, id)
        WHERE g.code = %(programme)s
    ),
"""
_LIGHTS = """
    SELECT a.id, m.effect, e.id, r.code, r.name, r.name_en, e.since, e.until,
        e.last_paid_on, e.person_id, e.component, e.source, g.code, g.name, g.name_en,
        COALESCE(m.source, ''), COALESCE(m.source_en, ''), m.another,
        m.excepted
    FROM met m
    JOIN asked a ON a.id = m.id
    JOIN aid_programme g ON g.code = a.programme_id
    JOIN aid_enrolment e ON e.id = m.enrolment_id
    JOIN aid_programme r ON r.code = e.programme_id
    ORDER BY g.code, m.effect, r.code, e.id
"""


def running(on: date) -> Q:
    """Return the filter "valid on that day" of rows with ``since`` and ``until``."""
    return Q(since__lte=on) & (Q(until=None) | Q(until__gt=on))


def aid_received(*, family_id: int, on: date) -> list[Aid]:
    """Return the programmes on whose lists a family or its members stand that day."""
    rows = Enrolment.objects.filter(running(on), family_id=family_id)
    return [as_aid(row) for row in rows.select_related("programme").order_by("pk")]


def red_lights(
    *,
    family_id: int,
    person_id: int,
    programmes: Iterable[str] | None = None,
    apart_from: int | None = None,
    claim: int | None = None,
    proposal: int | None = None,
    since: date | None = None,
    until: date | None = None,
    on: date,
) -> list[RedLight]:
    """Return what blocks or warns about giving aid, each with the record behind it.

    Without ``programmes`` it answers for every programme that takes reports.
    ``apart_from`` is the enrolment that an approval itself made: it does not stand in
    its own way. Exceptions granted for ``claim`` or ``proposal`` do not block any more.
    ``since`` and ``until`` are the time they would receive, that day unless said. By
    programme, blocks first; one query whatever their number.
    """
    told = {
        "family": family_id,
        "person": person_id,
        "programmes": None if programmes is None else [*programmes],
        "apart_from": apart_from,
        "claim": claim,
        "proposal": proposal,
        "since": since,
        "until": until,
        "on": on,
    }
    return [light for _case, light in _lights(_CASE, told)]


def blocks_of_many(
    units: Iterable[tuple[int, int | None]],
    *,
    programme: str,
    since: date,
    until: date | None,
    on: date,
) -> dict[tuple[int, int | None], RedLight]:
    """Return the first block for each of many families, or persons of them.

    ``since`` and ``until`` are the time they would receive, ``on`` the day of the
    matrix.
    """
    asked = list(units)
    told = {
        "families": [family for family, _person in asked],
        "people": [person for _family, person in asked],
        "programme": programme,
        "since": since,
        "until": until,
        "on": on,
    }
    found: dict[tuple[int, int | None], RedLight] = {}
    for number, light in _lights(_MANY, told):
        if light.blocks:
            found.setdefault(asked[number - 1], light)
    return found


def _lights(asked: str, told: dict[str, Any]) -> Iterator[tuple[Any, RedLight]]:
    has_case = told.get("claim") or told.get("proposal")
    met = MET if has_case else MET_ANEW
    with connection.cursor() as cursor:
        cursor.execute(asked + met + _LIGHTS, told)
        rows = cursor.fetchall()
    for case, effect, *rest in rows:
        *received, code, name, name_en, source, source_en, another, excepted = rest
        yield (
            case,
            RedLight(
                Effect(effect),
                _aid(*received),
                code,
                either(name, name_en),
                either(source, source_en),
                another,
                excepted,
            ),
        )


def _aid(enrolment_id: int, code: str, name: str, name_en: str, *rest: Any) -> Aid:
    since, until, last_paid_on, person_id, component, source = rest
    return Aid(
        enrolment_id=enrolment_id,
        programme=code,
        programme_name=either(name, name_en),
        since=since,
        until=until,
        last_paid_on=last_paid_on,
        person_id=person_id,
        component=component,
        source=source,
    )


def as_aid(row: Enrolment) -> Aid:
    """Return an entry of a list as the conflict rules take it."""
    return Aid(
        enrolment_id=row.pk,
        programme=row.programme_id,
        programme_name=either(row.programme.name, row.programme.name_en),
        since=row.since,
        until=row.until,
        last_paid_on=row.last_paid_on,
        person_id=row.person_id,
        component=row.component,
        source=row.source,
    )
