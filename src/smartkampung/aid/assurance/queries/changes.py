"""Who did what: the diary of events, for those who audit a place, page by page."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import end_of_day
from smartkampung.kernel.rls import as_job
from smartkampung.regions.codes import level

VIEW = Permission.AUDIT_VIEW
# How the programme of an object is found; whatever names it in its details counts too.
OF_PROGRAMME = {
    "aid.programme": "target_id = %(programme)s",
    "aid.claim": "EXISTS (SELECT FROM aid_entitlement x WHERE x.claim_id = {id}"
    " AND x.programme_id = %(programme)s)",
    "aid.entitlement": "EXISTS (SELECT FROM aid_entitlement x WHERE x.id = {id}"
    " AND x.programme_id = %(programme)s)",
    "aid.batch": "EXISTS (SELECT FROM aid_batch x WHERE x.id = {id}"
    " AND x.programme_id = %(programme)s)",
    "aid.paymentbatch": "EXISTS (SELECT FROM aid_paymentbatch x WHERE x.id = {id}"
    " AND x.programme_id = %(programme)s)",
    "aid.payment": "EXISTS (SELECT FROM aid_payment x JOIN aid_entitlement e"
    " ON e.id = x.entitlement_id WHERE x.id = {id}"
    " AND e.programme_id = %(programme)s)",
    "aid.cycle": "EXISTS (SELECT FROM aid_cycle x WHERE x.id = {id}"
    " AND x.programme_id = %(programme)s)",
    "aid.villagelist": "EXISTS (SELECT FROM aid_villagelist x JOIN aid_cycle k"
    " ON k.id = x.cycle_id WHERE x.id = {id} AND k.programme_id = %(programme)s)",
    "aid.proposal": "EXISTS (SELECT FROM aid_proposal x JOIN aid_cycle k"
    " ON k.id = x.cycle_id WHERE x.id = {id} AND k.programme_id = %(programme)s)",
}
_PROGRAMME = (
    "(CASE target_kind "
    + " ".join(
        f"WHEN '{kind}' THEN {test.format(id='target_id::bigint')}"
        for kind, test in OF_PROGRAMME.items()
    )
    + " ELSE false END OR detail ->> 'programme' = %(programme)s)"
)
_EVENTS = """
    SELECT id, at, name, by, target_kind, target_id, region_code, detail
    FROM audit_event
    WHERE ({inside}) AND {tests}
    ORDER BY at DESC, id DESC LIMIT %(most)s
"""


class Change(NamedTuple):
    """One event, as the diary keeps it."""

    number: int
    at: datetime
    name: str
    by: str
    kind: str
    target: str
    region_code: str
    detail: dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """Which events: all that is given must hold. ``before`` is the last one seen."""

    by: str = ""
    programme: str = ""
    kind: str = ""
    target: str = ""
    since: date | None = None
    until: date | None = None
    before: tuple[datetime, int] | None = None
    most: int = 50


def changes_for(actor: Actor, asked: Asked) -> list[Change]:
    """Return what was done inside the actor's regions, the newest first.

    What belongs to no place (accounts, rules, programmes) is for who audits the
    regency.
    """
    inside, told = _inside(actor.regions_where(VIEW))
    tests = {
        "by = %(by)s": asked.by,
        "target_kind = %(kind)s": asked.kind,
        "target_id = %(target)s": asked.target,
        "at >= %(since)s": asked.since,
        "at <= %(until)s": asked.until,
        "(at, id) < (%(at)s, %(id)s)": asked.before,
        _PROGRAMME: asked.programme,
    }
    told |= {"by": asked.by, "kind": asked.kind, "target": asked.target}
    told |= {"programme": asked.programme, "most": asked.most}
    told |= {"since": _midnight(asked.since), "until": _night(asked.until)}
    told["at"], told["id"] = asked.before or (None, None)
    wanted = [test for test, given in tests.items() if given]
    sql = _EVENTS.format(inside=inside, tests=" AND ".join(wanted) or "true")
    # The diary has no policy of its own; the tables that tell the programme have.
    with as_job(), connection.cursor() as cursor:
        cursor.execute(sql, told)
        rows = cursor.fetchall()
    return [Change._make([*row[:-1], json.loads(row[-1])]) for row in rows]


def _inside(regions: Iterable[str]) -> tuple[str, dict[str, Any]]:
    told: dict[str, Any] = {}
    tests = []
    for number, region in enumerate(regions):
        tests.append(
            f"(region_code >= %(from{number})s AND region_code < %(to{number})s)"
        )
        told |= {f"from{number}": region, f"to{number}": f"{region}/"}
        if level(region) == "regency":
            tests.append("region_code = ''")
    return " OR ".join(tests) or "false", told


def _midnight(on: date | None) -> datetime | None:
    return _night(on - timedelta(days=1)) if on else None


def _night(on: date | None) -> datetime | None:
    return end_of_day(on) if on else None
