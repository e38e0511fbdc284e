"""More need never ranks lower: for every criterion, through the statement itself."""

from typing import Any

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from smartkampung.criteria.kinds import Fact, Kind
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from smartkampung.recovery.targeting.queries.known import Telling, facts_of
from smartkampung.recovery.targeting.queries.ranking import names_in, rank, statement
from smartkampung.recovery.targeting.rules.priority import Need, points
from smartkampung.recovery.targeting.rules.reading import parse
from tests import cast

pytestmark = pytest.mark.django_db
FACTS = facts_of("affected")
TYPES = {
    Kind.NUMBER: "bigint",
    Kind.YES_NO: "boolean",
    Kind.CODE: "int",
    Kind.CODES: "text[]",
}
NUMBERS = ("income_after", "dependants", "debts")
SHARES = {"laid_off": 100, "hours_cut": 50, "sales_down": 20}
numbers = st.one_of(st.none(), st.integers(0, 12))
people = st.fixed_dictionaries(
    {
        **dict.fromkeys(NUMBERS, numbers),
        "female": st.one_of(st.none(), st.booleans()),
        "own_disability": st.booleans(),
        "head_occupation": st.one_of(st.none(), st.integers(1, 4)),
        "hit": st.sampled_from([["laid_off"], ["hours_cut"], ["furloughed"], []]),
    }
)


@st.composite
def priorities(draw: Any) -> dict[str, Any]:
    """Return a priority over all kinds of facts, with ties that agree."""
    criteria: list[dict[str, Any]] = []
    for name in NUMBERS:
        low = draw(st.integers(0, 6))
        ends = {"low": low, "high": low + draw(st.integers(1, 6))}
        need = draw(st.sampled_from(["more", "less"]))
        weight = draw(st.integers(0, 40))
        criteria.append({"fact": name, "weight": weight, "need": need, **ends})
    for name in ("female", "own_disability"):
        need = draw(st.sampled_from(["yes", "no"]))
        criteria.append({"fact": name, "weight": draw(st.integers(0, 9)), "need": need})
    work = {"1": draw(st.integers(0, 100)), "3": draw(st.integers(0, 100))}
    criteria.append({"fact": "head_occupation", "weight": 7, "need": work})
    criteria.append({"fact": "hit", "weight": draw(st.integers(0, 9)), "need": SHARES})
    ties = [{key: one[key] for key in ("fact", "need")} for one in criteria[:4]]
    return {"criteria": criteria, "ties": ties[: draw(st.integers(0, 4))]}


def told(rows: list[dict[str, Any]]) -> Telling:
    """Return a statement that tells of made-up people, as the kept facts do."""
    return _telling(rows, ["visit_recommends", "decile"])


def _telling(rows: list[dict[str, Any]], others: list[str]) -> Telling:
    params: dict[str, Any] = {}
    lines = []
    for at, row in enumerate(rows):
        cells = [str(at), f"'{cast.HERE}'"]
        for name in [*rows[0], *others]:
            params[f"v{at}_{name}"] = row.get(name)
            cells.append(f"%(v{at}_{name})s::{TYPES[_fact(name).kind]}")
        lines.append(f"({', '.join(cells)})")
    names = ", ".join(f'"{name}"' for name in [*rows[0], *others])
    sql = (
        f"SELECT * FROM (VALUES {', '.join(lines)}) AS v(unit_id, region_code, {names})"
    )
    return Telling(sql, params)


def _fact(name: str) -> Fact:
    return FACTS[name]


def needier(one: dict[str, Any], row: dict[str, Any]) -> dict[str, Any] | None:
    """Return the same person with more need by one criterion; None for the neediest."""
    name, need = one["fact"], one["need"]
    if isinstance(need, dict):
        best = max(need, key=lambda code: need[code])
        value: Any = [*row[name], best] if name == "hit" else int(best)
    elif need in {Need.YES, Need.NO}:
        value = need == Need.YES
    elif row[name] is None:
        value = 0
    else:
        value = row[name] + 1 if need == Need.MORE else max(row[name] - 1, 0)
    return None if value == row[name] else {**row, name: value}


@settings(max_examples=25)
@given(spec=priorities(), rows=st.lists(people, min_size=2, max_size=6), data=st.data())
def test_more_need_by_any_criterion_never_ranks_lower(
    spec: dict[str, Any], rows: list[dict[str, Any]], data: Any
) -> None:
    act_as(Acting.JOB)
    priority = parse(spec, FACTS)
    who = data.draw(st.integers(0, len(rows) - 1))
    before = list(rank(priority, "affected", told(rows)).ids).index(who)
    for one in spec["criteria"]:
        changed = needier(one, rows[who])
        if changed is not None:
            after = [changed if at == who else row for at, row in enumerate(rows)]
            ids = list(rank(priority, "affected", told(after)).ids)
            assert ids.index(who) <= before, one


@settings(max_examples=25)
@given(spec=priorities(), rows=st.lists(people, min_size=1, max_size=6))
def test_the_statement_counts_as_the_rules_do(
    spec: dict[str, Any], rows: list[dict[str, Any]]
) -> None:
    priority = parse(spec, FACTS)
    made = statement(priority, "affected", told(rows))
    columns = ", ".join(f"p{at}" for at in range(len(priority.criteria)))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT score, {columns} FROM ({made.sql}) AS s ORDER BY unit_id",
            made.params,
        )
        found = cursor.fetchall()
    for row, (score, *parts) in zip(rows, found, strict=True):
        expected = [points(one, row[one.fact]) for one in priority.criteria]
        assert parts == expected
        assert score == sum(expected)
    assert {"decile", "own_disability"} <= set(names_in(priority, "affected"))
