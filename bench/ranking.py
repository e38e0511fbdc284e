"""Ranks all families by twelve weighted criteria with quotas, against SQL by hand.

    python -m bench.ranking [--families 560000] [--affected 100000]

The families' facts are made up and kept as the program keeps them. The ceiling is SQL
that somebody wrote for this one ranking over the same rows; a second one reads a plain
table with a column for each fact. All must choose the same families.
The second figure is the whole page of the studio, over so many affected people.
"""

import argparse
import time
from collections.abc import Callable
from typing import Any

from rich.console import Console

from bench.town import town

out = Console(width=100)
PEOPLE, TIMES, PLACES = 6_000, 5, 20_000
MORE = {"need": "more", "low": 0}
CRITERIA: list[dict[str, Any]] = [
    {"fact": "decile", "weight": 20, "need": "less", "low": 1, "high": 10},
    {"fact": "poverty_met", "weight": 14, **MORE, "high": 14},
    {"fact": "elderly", "weight": 10, **MORE, "high": 2},
    {"fact": "children_under_five", "weight": 10, **MORE, "high": 3},
    {"fact": "school_children", "weight": 6, **MORE, "high": 4},
    {"fact": "family_size", "weight": 6, **MORE, "high": 8},
    {"fact": "head_age", "weight": 4, "need": "more", "low": 40, "high": 80},
    {"fact": "months_here", "weight": 3, **MORE, "high": 120},
    {"fact": "programmes_received", "weight": 9, "need": "less", "low": 0, "high": 3},
    {"fact": "lost_livelihood", "weight": 8, "need": "yes"},
    {"fact": "female_head", "weight": 6, "need": "yes"},
    {"fact": "disability", "weight": 4, "need": "yes"},
]
YES_NO = {"lost_livelihood", "female_head", "disability", "visit_recommends"}
SPEC: dict[str, Any] = {
    "criteria": CRITERIA,
    "ties": [{"fact": "family_size", "need": "more"}],
    "quotas": [
        {
            "name": "women",
            "rule": {"fact": "female_head", "is": "is", "value": True},
            "least": 40,
            "most": None,
            "unit": "percent",
        },
        {
            "name": "elderly",
            "rule": {"fact": "elderly", "is": "at_least", "value": 1},
            "least": 50,
            "most": None,
            "unit": "percent",
        },
    ],
}
RANGES = {
    "decile": 12,
    "poverty_met": 15,
    "elderly": 3,
    "children_under_five": 3,
    "school_children": 5,
    "family_size": 9,
    "head_age": 90,
    "months_here": 200,
    "programmes_received": 5,
}
MADE_UP = "(hashint8(n * 31 + {at}) & 2147483647) % {top}"


def main() -> None:
    """Measure both rankings, then the studio."""
    options = argparse.ArgumentParser(description="Rank families and people.")
    options.add_argument("--families", type=int, default=560_000)
    options.add_argument("--affected", type=int, default=100_000)
    asked = options.parse_args()
    with town(PEOPLE):
        # Django is set up by now.
        from django.db import transaction

        from smartkampung.kernel.rls import Kind, act_as

        with transaction.atomic():
            act_as(Kind.JOB)
            _families(asked.families)
            _studio(asked.affected)
            transaction.set_rollback(True)


def _families(count: int) -> None:
    from django.db import connection

    from smartkampung.recovery.targeting.queries.known import facts_of, kept
    from smartkampung.recovery.targeting.queries.outcome import outcome
    from smartkampung.recovery.targeting.queries.ranking import names_in
    from smartkampung.recovery.targeting.rules.reading import parse

    _make_up("families", count)
    rows, table = f"({_plain()}) AS plain", _plain_table()
    priority = parse(SPEC, facts_of("families"))
    telling = kept("families", names_in(priority, "families"))

    def ours() -> list[int]:
        return list(outcome(priority, "families", telling, places=PLACES).chosen)

    def by_hand(source: str) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(_by_hand(source), {"places": PLACES})
            return [row[0] for row in cursor.fetchall()]

    if not sorted(ours()) == sorted(by_hand(rows)) == sorted(by_hand(table)):
        raise SystemExit("they disagree")
    slow = _seconds(ours)
    fast = _seconds(lambda: by_hand(rows))
    faster = _seconds(lambda: by_hand(table))
    out.print(
        f"{count} families, 12 criteria, 2 quotas, {PLACES} places: {slow:.2f} s,"
        f" by hand {fast:.2f} s, ratio {fast / slow:.2f};"
        f" by hand over a plain table {faster:.2f} s, ratio {faster / slow:.2f}"
    )


def _make_up(population: str, count: int) -> None:
    """Fill the table of kept facts with so many made-up rows, in random villages."""
    from django.db import connection

    from smartkampung.kernel.clock import now, today
    from smartkampung.recovery.targeting.models import Kept
    from smartkampung.recovery.targeting.queries.known import (
        TABLES,
        facts_of,
        listed,
        numbered,
    )

    facts = facts_of(population)
    names = numbered(facts)
    values = ", ".join(_value(name, at) for at, name in enumerate(names))
    lists = ", ".join("'laid_off'" for _name in listed(facts))
    table = TABLES[population]._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")
        cursor.execute(
            f'INSERT INTO {table} (unit_id, region_code, "values", lists)'
            f" SELECT n, v.codes[1 + n % cardinality(v.codes)] || '.001.001',"
            f" ARRAY[{values}]::bigint[], ARRAY[{lists}]::text[]"
            f" FROM generate_series(1::bigint, {count}) AS n, (SELECT array_agg(code)"
            " AS codes FROM regions_region WHERE kind IN ('desa', 'kelurahan')) AS v"
        )
        cursor.execute(f"ANALYZE {table}")
    Kept.objects.update_or_create(
        pk=population,
        defaults={
            "on": today(),
            "at": now(),
            "numbers": names,
            "listed": listed(facts),
        },
    )


def _value(name: str, at: int) -> str:
    top = RANGES.get(name, 2 if name in YES_NO else 4_000_000)
    made = MADE_UP.format(at=at, top=top)
    return f"nullif({made}, 0)" if name == "decile" else made


def _plain() -> str:
    from smartkampung.recovery.targeting.queries.known import facts_of, numbered

    names = numbered(facts_of("families"))
    at = {name: place for place, name in enumerate(names, start=1)}
    used = [one["fact"] for one in CRITERIA]
    columns = ", ".join(
        f'("values"[{at[name]}] = 1) AS {name}'
        if name in YES_NO
        else f'"values"[{at[name]}] AS {name}'
        for name in used
    )
    return f"SELECT unit_id AS id, region_code, {columns} FROM targeting_knownfamily"


def _plain_table() -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE plain ON COMMIT DROP AS {_plain()}")
        cursor.execute("ANALYZE plain")
    return "plain"


def _by_hand(source: str) -> str:
    return f"""
WITH scored AS (SELECT id, female_head, elderly >= 1 AS old, family_size,
    coalesce(20000 * least(greatest(10 - decile, 0), 9) / 9, 0)
    + coalesce(14000 * least(greatest(poverty_met, 0), 14) / 14, 0)
    + coalesce(10000 * least(greatest(elderly, 0), 2) / 2, 0)
    + coalesce(10000 * least(greatest(children_under_five, 0), 3) / 3, 0)
    + coalesce(6000 * least(greatest(school_children, 0), 4) / 4, 0)
    + coalesce(6000 * least(greatest(family_size, 0), 8) / 8, 0)
    + coalesce(4000 * least(greatest(head_age - 40, 0), 40) / 40, 0)
    + coalesce(3000 * least(greatest(months_here, 0), 120) / 120, 0)
    + coalesce(9000 * least(greatest(3 - programmes_received, 0), 3) / 3, 0)
    + CASE WHEN lost_livelihood THEN 8000 ELSE 0 END
    + CASE WHEN female_head THEN 6000 ELSE 0 END
    + CASE WHEN disability THEN 4000 ELSE 0 END AS score
    FROM {source}),
ranked AS MATERIALIZED (SELECT id, female_head, old, row_number() OVER
    (ORDER BY score DESC, family_size DESC NULLS LAST, id) AS place FROM scored),
women AS (SELECT * FROM ranked WHERE female_head ORDER BY place
    LIMIT ceil(%(places)s * 0.4)::int),
old AS (SELECT * FROM ranked WHERE old AND id NOT IN (SELECT id FROM women)
    ORDER BY place LIMIT greatest(0, ceil(%(places)s * 0.5)::int
        - (SELECT count(*) FROM women WHERE old))),
kept AS (SELECT id FROM women UNION ALL SELECT id FROM old)
SELECT id FROM kept UNION ALL (SELECT id FROM ranked
    WHERE id NOT IN (SELECT id FROM kept) ORDER BY place
    LIMIT greatest(0, %(places)s - (SELECT count(*) FROM kept)))
"""


def _studio(count: int) -> None:
    from django.test import Client
    from django.urls import reverse

    from smartkampung.accounts.adapters import SECOND_FACTOR
    from smartkampung.accounts.models import Staff
    from smartkampung.demo.priorities import CODE
    from smartkampung.kernel.clock import today
    from smartkampung.recovery.targeting.queries.priorities import standing
    from smartkampung.web.targeting.studioform import StudioForm

    _make_up("affected", count)
    client = Client(SERVER_NAME="localhost")
    officer = Staff.objects.get(username="ekonomi")
    backend = "smartkampung.accounts.backends.StaffBackend"
    client.force_login(officer, backend=backend)
    session = client.session
    session[SECOND_FACTOR] = True
    session.save()
    address = reverse("targeting:studio", args=[CODE])
    base = standing(CODE, on=today())
    if base is None:
        raise SystemExit("the demo has no priority")
    asked = {field.html_name: field.value() or "" for field in StudioForm(about=base)}

    def refresh() -> None:
        tried = {**asked, "w0": 5, "q0_least": 45, "budget": 16_000_000_000}
        if client.get(address, tried).status_code != 200:
            raise SystemExit("the studio refused")

    out.print(f"what-if page, {count} affected people: {_seconds(refresh):.2f} s")


def _seconds(work: Callable[[], object]) -> float:
    def once() -> float:
        begun = time.perf_counter()
        work()
        return time.perf_counter() - begun

    return sorted(once() for _ in range(TIMES))[TIMES // 2]


if __name__ == "__main__":
    main()
