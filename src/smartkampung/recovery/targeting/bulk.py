"""Set-wise writes: facts of a population kept for a day, and a ranking kept forever."""

from datetime import date, datetime
from typing import Any

from django.db import connection

from smartkampung.criteria.kinds import Fact, Kind
from smartkampung.kernel.rls import as_job
from smartkampung.recovery.targeting.models import Kept, Scenario
from smartkampung.recovery.targeting.queries.known import (
    TABLES,
    Telling,
    facts_of,
    listed,
    live,
    numbered,
)
from smartkampung.recovery.targeting.queries.outcome import Outcome
from smartkampung.recovery.targeting.queries.ranking import statement

LOT = "lot"


def keep_facts(population: str, *, on: date, at: datetime) -> None:
    """Copy what is known of a population on a day, in place of what was kept before.

    Held until the transaction ends: whoever ranks in it sees these very rows.
    """
    facts = facts_of(population)
    numbers, lists = numbered(facts), listed(facts)
    table = TABLES[population]._meta.db_table
    told = live(population, [*numbers, *lists], on=on)
    values = ", ".join(_number(facts[name]) for name in numbers)
    joined = ", ".join(f"array_to_string(told.\"{name}\", ',')" for name in lists)
    sql = (
        f'INSERT INTO "{table}" (unit_id, region_code, "values", lists)'
        f" SELECT unit_id, region_code, ARRAY[{values}]::bigint[],"
        f" ARRAY[{joined}]::text[] FROM ({told.sql}) AS told"
    )
    queue_up(population)
    with as_job(), connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{table}"')
        cursor.execute(sql, told.params)
    Kept.objects.update_or_create(
        pk=population,
        defaults={"on": on, "at": at, "numbers": numbers, "listed": lists},
    )


def queue_up(population: str) -> None:
    """Let one transaction at a time keep the facts of a population."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('targeting:' || %s))", [population]
        )


def _number(fact: Fact) -> str:
    known = f'told."{fact.name}"'
    return f"{known}::int::bigint" if fact.kind is Kind.YES_NO else known


def keep_ranking(
    scenario: Scenario, found: Outcome, telling: Telling, *, seed: str
) -> int:
    """Write down everybody's place, score and parts; return how many there are.

    ``found`` was ranked over the same rows by the same statement.
    """
    made = statement(found.priority, scenario.population, telling, seed=seed)
    parts = ", ".join(
        f"jsonb_build_array('{one.fact}', ordered.\"{one.fact}\", ordered.p{at})"
        for at, one in enumerate(found.priority.criteria)
    )
    column = "affected_id" if scenario.population == "affected" else "family_id"
    # Who was chosen by rank, while an equal was not, owes the place to the lot.
    sql = f"""
        INSERT INTO targeting_ranked
            (scenario_id, {column}, place, tier, score, parts, chosen, way)
        SELECT %(scenario)s::uuid, unit_id, place, tier, score, parts, way IS NOT NULL,
            CASE WHEN %(by_lot)s AND way = 'rank' AND bool_or(way IS NULL)
                OVER (PARTITION BY tier) THEN '{LOT}' ELSE coalesce(way, '') END
        FROM (SELECT ordered.unit_id, ordered.place, ordered.tier, ordered.score,
                jsonb_build_array({parts}) AS parts, chosen.way
            FROM (SELECT scored.*, row_number() OVER (ORDER BY {made.order}) AS place,
                    dense_rank() OVER (ORDER BY {made.equals}) AS tier
                FROM ({made.sql}) AS scored WHERE NOT left_out) AS ordered
            LEFT JOIN unnest(%(chosen)s::bigint[], %(ways)s::text[])
                AS chosen(unit_id, way) ON chosen.unit_id = ordered.unit_id) AS told
    """
    params: dict[str, Any] = {
        **made.params,
        "scenario": scenario.pk,
        "by_lot": found.priority.last == LOT,
        "chosen": found.chosen,
        "ways": [found.way(at) for at in found.filled.ways],
    }
    with as_job(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.rowcount)
