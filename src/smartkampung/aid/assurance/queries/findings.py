"""The door to findings: how many by programme and kecamatan, and the evidence."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import Any, NamedTuple

from django.db import connection

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.assurance.queries.checks import CHECKS
from smartkampung.aid.assurance.rules import (
    ABOUT_THE_PERSON,
    REMEMBERED_DAYS,
    Error,
    masked_name,
)
from smartkampung.audit.actions import looked
from smartkampung.kernel.rls import as_job

VIEW = Permission.ASSURANCE_VIEW
PURPOSE = "aid.assurance"

# One line an entitlement, the latest of what was given.
_FOUND = """
    WITH due AS NOT MATERIALIZED (SELECT * FROM aid_entitlement WHERE {inside}),
    found AS (
        SELECT DISTINCT ON (id) * FROM ({check}) AS every
        ORDER BY id, at DESC NULLS LAST, basis
    )
"""
_TALLY = """
    SELECT e.programme_id, left(e.region_code, 8), count(*),
        sum(COALESCE(f.amount, e.amount))::bigint
    FROM found f JOIN aid_entitlement e USING (id)
    GROUP BY 1, 2 ORDER BY 1, 2
"""
_EVIDENCE = """
    SELECT e.id, e.claim_id, e.proposal_id, e.programme_id, m.name, m.name_en,
        m.commodity, e.person_id, r.name, e.region_code, e.period, e.amount, f.basis,
        f.at, f.amount, f.way, f.proof
    FROM found f
    JOIN aid_entitlement e USING (id)
    JOIN aid_programme m ON m.code = e.programme_id
    JOIN residents_person r ON r.id = e.person_id
    WHERE e.id > %(after)s AND %(programme)s IN ('', e.programme_id)
        AND starts_with(e.region_code || '.', %(kecamatan)s)
    ORDER BY e.id LIMIT %(most)s
"""


class Tally(NamedTuple):
    """How many findings a programme has in a kecamatan, and over how much."""

    programme: str
    kecamatan: str
    findings: int
    amount: int


class Evidence(NamedTuple):
    """One finding: the entitlement, what was given, and by what it was recognised."""

    due_id: int
    claim_id: int | None
    proposal_id: int | None
    programme: str
    programme_name: str
    programme_name_en: str
    commodity: str
    person_id: int
    name: str
    region_code: str
    period: date
    due: int
    basis: str
    at: datetime | None
    amount: int | None
    way: str | None
    proof: str | None


@dataclass(frozen=True)
class Wanted:
    """Which part of the evidence, in the order of entitlements: those after a number."""

    programme: str = ""
    kecamatan: str = ""
    after: int = 0
    most: int = 50


def tallies_for(actor: Actor, *, on: date) -> dict[Error, list[Tally]]:
    """Return what each check finds inside the actor's regions, by the matrix of a day."""
    return {error: tally_for(actor, error, on=on) for error in Error}


def tally_for(actor: Actor, error: Error, *, on: date) -> list[Tally]:
    """Return what one check finds inside the actor's regions, in one statement."""
    return [Tally(*row) for row in _rows(actor, error, _TALLY, {"on": on})]


def evidence_for(
    actor: Actor, error: Error, wanted: Wanted, *, on: date
) -> list[Evidence]:
    """Return findings of one check, names masked, and write the looks down."""
    kecamatan = f"{wanted.kecamatan}." if wanted.kecamatan else ""
    asked = {
        "programme": wanted.programme,
        "kecamatan": kecamatan,
        "after": wanted.after,
        "most": wanted.most,
        "on": on,
    }
    rows = [Evidence(*row) for row in _rows(actor, error, _EVIDENCE, asked)]
    looked(
        person_ids=sorted({row.person_id for row in rows}),
        by=actor.username,
        role=actor.role_for(VIEW),
        purpose=PURPOSE,
    )
    return [row._replace(name=masked_name(row.name)) for row in rows]


def statement_for(
    regions: Iterable[str], error: Error, ask: str = _TALLY
) -> tuple[str, dict[str, Any]]:
    """Return the one statement of a check over some regions, and its values."""
    # The policies of each table would be judged anew for every row of every join:
    # the statement holds the same condition once, on the entitlement.
    inside, told = _inside(regions)
    sql = _FOUND.format(inside=inside, check=CHECKS[error]) + ask
    return sql, {"about": [*ABOUT_THE_PERSON], "days": REMEMBERED_DAYS, **told}


def _rows(
    actor: Actor, error: Error, ask: str, asked: dict[str, Any]
) -> Iterator[tuple[Any, ...]]:
    sql, told = statement_for(actor.regions_where(VIEW), error, ask)
    with as_job(), connection.cursor() as cursor:
        cursor.execute(sql, {**told, **asked})
        yield from cursor.fetchall()


def _inside(regions: Iterable[str]) -> tuple[str, dict[str, Any]]:
    """Return the condition "inside one of these regions"; none means no row."""
    told: dict[str, Any] = {}
    tests = []
    for number, region in zip(count(), regions, strict=False):
        tests.append(
            f"(region_code >= %(from{number})s AND region_code < %(to{number})s)"
        )
        told |= {f"from{number}": region, f"to{number}": f"{region}/"}
    return " OR ".join(tests) or "false", told
