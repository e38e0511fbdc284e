"""One answer to "what does this family get?": programme, status, expected date.

Officers ask it with every NIK they type, so a family on no list costs one small
statement; what is still due, and what stands in the way of more, one more each.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from django.db import connection

from smartkampung.aid.models import Batch
from smartkampung.aid.queries.conflicts import red_lights
from smartkampung.aid.rules.conflicts import RedLight
from smartkampung.aid.rules.handover import FINAL
from smartkampung.kernel.language import either

_ROWS = """
    SELECT e.id, e.programme_id, p.name, p.name_en, p.commodity, p.amount, p.funding,
        e.person_id, e.component, e.since, e.until, e.last_paid_on, e.source,
        e.since <= %(on)s AND (e.until IS NULL OR e.until > %(on)s)
    FROM aid_enrolment e JOIN aid_programme p ON p.code = e.programme_id
    WHERE e.family_id = %(family)s
    ORDER BY e.programme_id, e.id
"""
# A statement of its own: its tables stand behind row-level security, which makes it
# slow to plan, and most families are on no list.
_DUE = """
    SELECT t.enrolment_id, t.amount, coalesce(c.on, b.hand_over_on),
        coalesce(c.place || to_char(c.starts, ', HH24.MI') ||
            to_char(c.ends, '–HH24.MI WIB'), b.place)
    FROM aid_entitlement t
    LEFT JOIN aid_batch b ON b.id = t.batch_id AND b.state = %(ready)s
    LEFT JOIN aid_point c ON c.id = t.point_id AND c.batch_id = b.id
    WHERE t.enrolment_id = ANY(%(enrolments)s) AND t.family_id = %(family)s
    AND NOT t.cancelled AND NOT EXISTS (
        SELECT FROM aid_handover h
        WHERE h.entitlement_id = t.id AND h.outcome = ANY(%(final)s)
    ) AND NOT EXISTS (
        SELECT FROM aid_payment y WHERE y.entitlement_id = t.id AND y.state = 'paid'
    )
    ORDER BY t.period DESC, t.id
"""


class Standing(StrEnum):
    """Where a benefit stands; the commonest complaint is not knowing this."""

    LISTED = "listed"
    PAID = "paid"
    APPROVED = "approved"
    SCHEDULED = "scheduled"


@dataclass(frozen=True)
class Benefit:
    """One line of the card: who gets what, where it stands, what to expect when."""

    programme: str
    programme_name: str
    commodity: str
    amount: int
    funding: str
    person_id: int | None
    standing: Standing
    expected_on: date | None
    place: str
    last_paid_on: date | None
    since: date
    until: date | None
    source: str


@dataclass(frozen=True)
class Card:
    """What a family gets, and what of it stands in the way of more."""

    benefits: list[Benefit]
    lights: list[RedLight]


class _Row(NamedTuple):
    enrolment_id: int
    programme: str
    name: str
    name_en: str
    commodity: str
    amount: int
    funding: str
    person_id: int | None
    component: str
    since: date
    until: date | None
    last_paid_on: date | None
    source: str
    running: bool
    due: int | None = None
    expected_on: date | None = None
    place: str | None = None


def benefits_of_family(*, family_id: int, on: date) -> list[Benefit]:
    """Return everything a family is listed for or still due on a day, by programme.

    The caller writes the access log. At most two queries whatever the family gets.
    """
    return [_benefit(row) for row in _rows(family_id, on)]


def card_of_family(*, family_id: int, person_id: int, on: date) -> Card:
    """Return what a family gets, and the red lights for every programme one can report.

    The same answers as ``benefits_of_family`` and ``conflicts.red_lights``, in at
    most three queries together. The caller writes the access log.
    """
    rows = _rows(family_id, on)
    receives = any(row.running for row in rows)
    lights = (
        red_lights(family_id=family_id, person_id=person_id, on=on) if receives else []
    )
    return Card([_benefit(row) for row in rows], lights)


def _rows(family_id: int, on: date) -> list[_Row]:
    """Return what runs on the day or is still due, each with what is due."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, {"family": family_id, "on": on})
        rows = [_Row(*row) for row in cursor.fetchall()]
    if not rows:
        return []
    due = _due(family_id, [row.enrolment_id for row in rows])
    together = [
        row._replace(due=amount, expected_on=expected_on, place=place)
        for row in rows
        for amount, expected_on, place in [due.get(row.enrolment_id, (None,) * 3)]
    ]
    return [row for row in together if row.running or row.due is not None]


def _due(family_id: int, enrolments: list[int]) -> dict[int, tuple[Any, Any, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(
            _DUE,
            {
                "family": family_id,
                "enrolments": enrolments,
                "final": sorted(FINAL),
                "ready": Batch.State.READY.value,
            },
        )
        return {enrolment: tuple(rest) for enrolment, *rest in cursor.fetchall()}


def _benefit(row: _Row) -> Benefit:
    return Benefit(
        programme=row.programme,
        programme_name=either(row.name, row.name_en),
        commodity=row.commodity,
        amount=row.due if row.due is not None else row.amount,
        funding=row.funding,
        person_id=row.person_id,
        standing=_standing(row),
        expected_on=row.expected_on,
        place=row.place or "",
        last_paid_on=row.last_paid_on,
        since=row.since,
        until=row.until,
        source=row.source,
    )


def _standing(row: _Row) -> Standing:
    if row.due is not None:
        return Standing.SCHEDULED if row.expected_on else Standing.APPROVED
    return Standing.PAID if row.last_paid_on else Standing.LISTED
