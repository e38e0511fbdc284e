"""Eligibility of all families by twelve facts, against the same written by hand.

    python -m bench.eligibility [--families 60000]

The ceiling is SQL that somebody wrote for this one rule. Both must find the same
families.
"""

import argparse
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console

from bench.town import town

out = Console(width=100)
PEOPLE_A_FAMILY = 3.1
TIMES = 7
# A day after all that the town tells.
ON = datetime.now(ZoneInfo("Asia/Jakarta")).date() + timedelta(days=1)
RULE = {
    "all": [
        {"fact": "family_size", "is": "at_least", "value": 1},
        {"fact": "head_age", "is": "at_least", "value": 30},
        {"fact": "months_here", "is": "at_least", "value": 12},
        {"fact": "receives", "is": "excludes", "value": "prakerja"},
        {"fact": "programmes_received", "is": "at_most", "value": 2},
        {"fact": "head_occupation", "is": "none_of", "value": [5, 6, 7]},
        {
            "any": [
                {"fact": "decile", "is": "at_most", "value": 4},
                {"fact": "poverty_met", "is": "at_least", "value": 9},
                {"fact": "lost_livelihood", "is": "is", "value": True},
                {"fact": "elderly", "is": "at_least", "value": 1},
                {"fact": "children_under_five", "is": "at_least", "value": 1},
                {"fact": "pregnancy", "is": "is", "value": True},
            ]
        },
    ]
}
BY_HAND = """
SELECT count(*) FROM residents_family f
JOIN (SELECT family_id, count(*) AS size,
        extract(year FROM age(%(on)s::date,
            min(born_on) FILTER (WHERE relation = 1))) AS age,
        max(occupation) FILTER (WHERE relation = 1) AS work,
        count(*) FILTER (WHERE born_on > %(on)s::date - interval '5 years') AS small,
        count(*) FILTER (WHERE born_on <= %(on)s::date - interval '60 years') AS old
    FROM residents_person WHERE status = 'living' GROUP BY family_id) m
    ON m.family_id = f.id
LEFT JOIN residents_familydecile d ON d.family_id = f.id
LEFT JOIN (SELECT p.family_id,
        extract(year FROM age(%(on)s::date, max(coalesce(e.happened_on, p.born_on))))
            * 12 + extract(month FROM age(%(on)s::date,
            max(coalesce(e.happened_on, p.born_on)))) AS months
    FROM residents_person p LEFT JOIN residents_lifeevent e ON e.person_id = p.id
        AND e.kind IN ('move_in', 'return') AND e.happened_on <= %(on)s::date
    WHERE p.relation = 1 AND p.status = 'living' GROUP BY p.family_id) a
    ON a.family_id = f.id
LEFT JOIN (SELECT DISTINCT ON (p.family_id) p.family_id, k.answers
    FROM aid_fieldcheck k JOIN aid_claim c ON c.id = k.claim_id
    JOIN residents_person p ON p.id = c.person_id
    WHERE NOT k.kin_declared AND NOT k.kin_found
        AND k.checked_at < (%(on)s::date + 1)::timestamp AT TIME ZONE 'Asia/Jakarta'
    ORDER BY p.family_id, k.checked_at DESC) k ON k.family_id = f.id
LEFT JOIN (SELECT family_id, array_agg(DISTINCT programme_id) AS codes,
        count(DISTINCT programme_id) AS many,
        bool_or(component = 'pregnancy') AS pregnant
    FROM aid_enrolment WHERE since <= %(on)s::date
        AND (until IS NULL OR until > %(on)s::date) GROUP BY family_id) n
    ON n.family_id = f.id
WHERE m.size >= 1 AND m.age >= 30 AND a.months >= 12
    AND (n.codes IS NULL OR 'prakerja' <> ALL(n.codes)) AND coalesce(n.many, 0) <= 2
    AND m.work NOT IN (5, 6, 7)
    AND (d.decile <= 4 OR (SELECT count(*) FROM jsonb_each(k.answers) AS told
            JOIN aid_criterion q ON q.code = told.key AND q."group" = 'poverty'
            WHERE told.value = 'true') >= 9
        OR (k.answers->>'lost_livelihood')::boolean OR m.old >= 1 OR m.small >= 1
        OR n.pregnant)
"""


def main() -> None:
    """Measure the compiled statement, the one by hand, and a preview."""
    options = argparse.ArgumentParser(description="Judge all families.")
    options.add_argument("--families", type=int, default=20_000)
    asked = options.parse_args()
    with town(round(asked.families * PEOPLE_A_FAMILY)):
        # Django is set up by now.
        from django.db import transaction

        with transaction.atomic():
            _measure()


def _measure() -> None:
    from django.db import connection

    from smartkampung.aid.queries.eligible import preview
    from smartkampung.criteria.queries import compiled, judge, registry
    from smartkampung.criteria.rules import parse
    from smartkampung.criteria.sql import EVERYWHERE, Scope
    from smartkampung.kernel.rls import Kind, act_as

    act_as(Kind.JOB)
    rule = parse(RULE, registry().facts)
    ours = compiled(rule, scope=EVERYWHERE)
    params = ours.params(ON)

    def ask(sql: str, told: dict[str, Any]) -> int:
        with connection.cursor() as cursor:
            cursor.execute(sql, told)
            (found,) = cursor.fetchone() or (0,)
            return int(found)

    counted = f"SELECT count(*) FILTER (WHERE e0) FROM ({ours.sql}) AS judged"
    if ask(counted, params) != ask(BY_HAND, {"on": ON}):
        raise SystemExit("the two disagree")
    slow = _milliseconds(lambda: ask(counted, params))
    fast = _milliseconds(lambda: ask(BY_HAND, {"on": ON}))
    whole = _milliseconds(lambda: preview(rule, against=rule, region="35", on=ON))
    families = ask("SELECT count(*) FROM residents_family", {})
    one = Scope(families=(ask("SELECT max(id) FROM residents_family", {}),))
    alone = _milliseconds(lambda: judge(rule, one, on=ON))
    out.print(
        f"{families} families, 12 facts: compiled {slow:.0f} ms, by hand {fast:.0f} ms,"
        f" ratio {fast / slow:.2f}; preview against another version {whole:.0f} ms,"
        f" one family {alone:.1f} ms"
    )


def _milliseconds(work: Callable[[], object]) -> float:
    def once() -> float:
        begun = time.perf_counter()
        work()
        return time.perf_counter() - begun

    return sorted(once() for _ in range(TIMES))[TIMES // 2] * 1000


if __name__ == "__main__":
    main()
