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
from smartkampung.recovery.targeting.rules.priority import Priority

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


def keep_ranking(scenario: Scenario, found: Outcome, telling: Telling) -> int:
    """Write down everybody's place, score and parts; return how many there are.

    ``found`` was ranked over the same rows by the same statement.
    """
    made = statement(found.priority, scenario.population, telling)
    sql = f"""SELECT ordered.unit_id, ordered.place, ordered.tier, ordered.score,
            jsonb_build_array({_parts(found.priority)}) AS parts
        FROM (SELECT scored.*, row_number() OVER (ORDER BY {made.order}) AS place,
                dense_rank() OVER (ORDER BY {made.equals}) AS tier
            FROM ({made.sql}) AS scored WHERE NOT left_out) AS ordered"""
    return _keep(scenario, found, sql, made.params)


def keep_drawn(scenario: Scenario, found: Outcome) -> int:
    """Write down the ranking that lots made of a list; return how many there are."""
    sql = """SELECT l.number AS unit_id, drawn.place, l.tier, l.score, l.parts
        FROM unnest(%(order)s::bigint[]) WITH ORDINALITY AS drawn(number, place)
        JOIN targeting_lotentry l
            ON l.scenario_id = %(scenario)s::uuid AND l.number = drawn.number"""
    return _keep(scenario, found, sql, {"order": list(found.ranking.ids)})


def _keep(
    scenario: Scenario, found: Outcome, ordered: str, params: dict[str, Any]
) -> int:
    column = "affected_id" if scenario.population == "affected" else "family_id"
    # Who was chosen by rank, while an equal was not, owes the place to the lot.
    sql = f"""
        INSERT INTO targeting_ranked
            (scenario_id, {column}, place, tier, score, parts, chosen, way)
        SELECT %(scenario)s::uuid, told.unit_id, place, tier, score, parts,
            way IS NOT NULL,
            CASE WHEN %(by_lot)s AND way = 'rank' AND bool_or(way IS NULL)
                OVER (PARTITION BY tier) THEN '{LOT}' ELSE coalesce(way, '') END
        FROM ({ordered}) AS told
        LEFT JOIN unnest(%(chosen)s::bigint[], %(ways)s::text[])
            AS chosen(unit_id, way) ON chosen.unit_id = told.unit_id
    """
    told: dict[str, Any] = {
        **params,
        "scenario": scenario.pk,
        "by_lot": found.priority.last == LOT,
        "chosen": found.chosen,
        "ways": [found.way(at) for at in found.filled.ways],
    }
    with as_job(), connection.cursor() as cursor:
        cursor.execute(sql, told)
        return int(cursor.rowcount)


def keep_list(scenario: Scenario, priority: Priority, telling: Telling) -> int:
    """Fix the list of a lottery; return how many the rule left out of it."""
    made = statement(priority, scenario.population, telling)
    sql = f"""
        WITH scored AS MATERIALIZED ({made.sql}), listed AS (
            INSERT INTO targeting_lotentry
                (scenario_id, number, tier, cell, score, parts)
            SELECT %(scenario)s::uuid, unit_id,
                dense_rank() OVER (ORDER BY {made.equals}), cell, score,
                jsonb_build_array({_parts(priority)})
            FROM scored AS ordered WHERE NOT left_out)
        SELECT count(*) FROM scored WHERE left_out
    """
    with as_job(), connection.cursor() as cursor:
        cursor.execute(sql, {**made.params, "scenario": scenario.pk})
        return int(cursor.fetchone()[0])


def _parts(priority: Priority) -> str:
    return ", ".join(
        f"jsonb_build_array('{one.fact}', ordered.\"{one.fact}\", ordered.p{at})"
        for at, one in enumerate(priority.criteria)
    )
