"""The findings of one kind in one place, for those who mend them."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.http import Http404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.quality.queries.judging import JUDGED, parameters
from smartkampung.quality.rules import BITS, OF_FAMILIES, Fault
from smartkampung.regions.codes import LEVELS, level
from smartkampung.residents.models import Person
from smartkampung.residents.queries import note_looks, residents_for

MEND = Permission.QUALITY_MEND
SHOWN = 50
# A list of names is the business of the village; whoever is above opens its board.
LISTED_FROM = "village"


@dataclass(frozen=True)
class Finding:
    """One person with a fault, or one who stands for their family."""

    person: Person
    family_id: int


@dataclass(frozen=True)
class Page:
    """Some findings, and after which person the next page begins, if there is one."""

    findings: list[Finding]
    after: int | None


def findings_for(
    actor: Actor, region: str, fault: Fault, *, on: date, after: int = 0
) -> Page:
    """Return the next findings of a kind after a person, and write the looks down.

    404 outside the area where the actor mends, and for places above a village.
    """
    inside = actor.may_in(MEND, region)
    if not inside or LEVELS.index(level(region)) < LEVELS.index(LISTED_FROM):
        raise Http404
    once = "AND first" if fault in OF_FAMILIES else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {JUDGED} SELECT id, family_id FROM judged"
            f" WHERE faults & {BITS[fault]} <> 0 {once} AND id > %(after)s"
            " ORDER BY id LIMIT %(limit)s",
            parameters(region, on=on) | {"after": after, "limit": SHOWN + 1},
        )
        found = cursor.fetchall()
    shown = found[:SHOWN]
    rows = residents_for(actor, permission=MEND).in_bulk([pk for pk, _ in shown])
    note_looks(actor, rows.values(), purpose="quality.findings", permission=MEND)
    return Page(
        [Finding(rows[pk], family) for pk, family in shown if pk in rows],
        shown[-1][0] if len(found) > SHOWN else None,
    )
