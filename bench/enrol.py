"""Bulk enrolment: approve every list of a regency, against the bare inserts.

    python -m bench.enrol [--recipients 200000] [--villages 250]

The ceiling writes the same rows of enrolment, entitlement and proposal in three bare
statements in one transaction: it judges nobody, keeps no diary and moves no money.
"""

import argparse
import time
import uuid
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any, TypeVar

from django.db import connection, transaction
from rich.console import Console
from rich.progress import track

from bench import place as place
from smartkampung.accounts.actions import create_staff
from smartkampung.accounts.actor import Actor
from smartkampung.aid.bulk import load_defaults
from smartkampung.aid.cycles.actions.approve import approve_list
from smartkampung.aid.models import Cycle, Entitlement, Tranche, VillageList
from smartkampung.intake.models import Upload
from smartkampung.kernel.clock import now
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.ledger.actions import transfer
from smartkampung.ledger.queries import accounts_that_disagree, balances

out = Console(width=100)
Done = TypeVar("Done")
CODE = "bst"
FAMILIES = """
    INSERT INTO residents_family (id, temporary_id, region_code, address, dusun, language)
    SELECT g, '', '35.10.' || lpad((g %% %(villages)s / 20 + 1)::text, 2, '0') || '.'
        || (2000 + g %% %(villages)s)::text || '.001.001', '', '', 'id'
    FROM generate_series(1, 2 * %(recipients)s) g
"""
PEOPLE = """
    INSERT INTO residents_person (id, nik_index, nik, nik_flags, temporary_id, name,
        name_folded, sex, birth_place, citizenship, relation, father_name, mother_name,
        family_id, region_code, status)
    SELECT f.id, decode(md5(f.id::text), 'hex'), decode(md5(f.id::text), 'hex'), 0, '', 'WARGA ' || f.id,
        'warga ' || f.id, 'L', '', 1, 1, '', '', f.id, f.region_code, 'living'
    FROM residents_family f
"""
PROPOSALS = """
    INSERT INTO aid_proposal (cycle_id, village_list_id, family_id, person_id, unit_key,
        region_code, rank, state, reasons, kin_found, proposed_by_id, proposed_at)
    SELECT l.cycle_id, l.id, f.id, f.id, 'family:' || f.id, f.region_code, f.id,
        'verified', '[]', false, %(staff)s, now()
    FROM residents_family f JOIN aid_villagelist l
        ON f.region_code LIKE l.village_code || '.%%'
    WHERE l.cycle_id = %(cycle)s AND (f.id > %(recipients)s) = %(second)s
"""
BARE = (
    """
    INSERT INTO aid_enrolment (programme_id, family_id, component, since, until, source)
    SELECT c.programme_id, p.family_id, '', c.since, c.until, 'bare'
    FROM aid_proposal p JOIN aid_cycle c ON c.id = p.cycle_id WHERE c.id = %(cycle)s
    """,
    """
    UPDATE aid_proposal p SET state = 'enrolled', enrolment_id = e.id
    FROM aid_enrolment e WHERE e.family_id = p.family_id AND e.source = 'bare'
        AND p.cycle_id = %(cycle)s
    """,
    """
    INSERT INTO aid_entitlement (proposal_id, tranche_id, programme_id, family_id,
        person_id, unit_key, region_code, period, amount, contents, contents_en,
        enrolment_id, cancelled)
    SELECT p.id, t.id, c.programme_id, p.family_id, p.person_id, p.unit_key,
        p.region_code, t.period, t.amount, '', '', p.enrolment_id, false
    FROM aid_proposal p JOIN aid_cycle c ON c.id = p.cycle_id
    JOIN aid_tranche t ON t.cycle_id = c.id WHERE c.id = %(cycle)s
    """,
)


def main() -> None:
    """Make two equal halves; approve one through the actions, write one bare."""
    options = argparse.ArgumentParser(description="Enrol many.")
    options.add_argument("--recipients", type=int, default=200_000)
    options.add_argument("--villages", type=int, default=250)
    asked = options.parse_args()
    with out.status("Making families"):
        staff = ground(asked.recipients, asked.villages)
    ours = cycle_of("Ours", staff, asked.recipients, second=False)
    bare = cycle_of("Bare", staff, asked.recipients, second=True)
    camat = Actor(staff[2], "camat")
    lists = list(VillageList.objects.filter(cycle=ours).order_by("pk"))

    def approve() -> None:
        for village in track(lists, "Approving", console=out, transient=True):
            as_job(partial(approve_list, village=village, by=camat, at=now()))

    taken = _seconds(approve)
    ceiling = _seconds(lambda: as_job(lambda: _bare(bare)))
    entitled = as_job(lambda: Entitlement.objects.filter(tranche__cycle=ours).count())
    if entitled != asked.recipients or accounts_that_disagree():
        raise SystemExit(f"wrong: {entitled} entitled")
    out.print(
        f"{entitled} recipients on {len(lists)} lists: {taken:.1f} s"
        f"   bare inserts {ceiling:.1f} s   ratio {ceiling / taken:.2f}"
        f"   committed {balances([f'committed/{CODE}'])[f'committed/{CODE}']}"
    )


def ground(recipients: int, villages: int) -> list[int]:
    """Make staff, families and a budget; return the staff."""

    def make() -> list[int]:
        load_defaults()
        staff = [
            create_staff(username=name, full_name=name, by="bench").pk
            for name in ("sender", "head", "camat")
        ]
        Upload.objects.create(
            id=uuid.uuid4(),
            path="x",
            width=1,
            height=1,
            bytes=1,
            at=now(),
            region_code="",
        )
        told = {"recipients": recipients, "villages": villages}
        run(FAMILIES, told)
        run(PEOPLE, told)
        run("ANALYZE residents_family, residents_person", {})
        budget = 600_000 * recipients
        legs = [(f"source/{CODE}", -budget), (f"budget/{CODE}", budget)]
        transfer(key="bench", kind="bench", legs=legs, by="bench", at=now())
        return staff

    return as_job(make)


def cycle_of(name: str, staff: list[int], recipients: int, *, second: bool) -> int:
    """Make a cycle whose lists wait for approval; return its number."""

    def make() -> int:
        at = now()
        cycle = Cycle.objects.create(
            programme_id=CODE,
            name=name,
            since=date(at.year, 1, 1),
            until=date(at.year + 1, 1, 1),
            propose_until=date(at.year, 6, 1),
            opened_by_id=staff[0],
            opened_at=at,
        )
        Tranche.objects.create(
            cycle=cycle,
            number=1,
            period=date(at.year, at.month, 1),
            amount=600_000,
            due_on=date(at.year, 12, 31),
        )
        _lists(cycle, staff, at)
        told = {"cycle": cycle.pk, "staff": staff[0], "recipients": recipients}
        run(PROPOSALS, {**told, "second": second})
        run("ANALYZE aid_proposal", {})
        return cycle.pk

    return as_job(make)


def _lists(cycle: Cycle, staff: list[int], at: datetime) -> None:
    run(
        """
        INSERT INTO aid_meeting (id, cycle_id, village_code, number, held_on, attendance,
            minutes_id, recorded_by_id, recorded_at)
        SELECT gen_random_uuid(), %(cycle)s, code, %(name)s, %(on)s, 9, u.id, %(staff)s,
            now()
        FROM (SELECT DISTINCT left(region_code, 13) AS code FROM residents_family) v,
            (SELECT id FROM intake_upload LIMIT 1) u
        """,
        {"cycle": cycle.pk, "name": cycle.name, "on": at.date(), "staff": staff[0]},
    )
    run(
        """
        INSERT INTO aid_villagelist (cycle_id, village_code, state, quota, taken,
            meeting_id, sent_by_id, sent_at, decided_by_id, decided_at, returned_because)
        SELECT cycle_id, village_code, 'approving', 1000000, 0, id, %(sent)s, now(),
            %(head)s, now(), ''
        FROM aid_meeting WHERE cycle_id = %(cycle)s
        """,
        {"cycle": cycle.pk, "sent": staff[0], "head": staff[1]},
    )


def _bare(cycle: int) -> None:
    for statement in BARE:
        run(statement, {"cycle": cycle})


def run(statement: str, told: dict[str, Any]) -> None:
    """Run one statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, told)


def as_job(work: Callable[[], Done]) -> Done:
    """Do work in a transaction of a job."""
    with transaction.atomic():
        act_as(Kind.JOB)
        return work()


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
