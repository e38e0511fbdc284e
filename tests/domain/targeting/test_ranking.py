"""Everybody has a place, the same each time, that adds up to its parts."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from smartkampung.criteria.queries import registry
from smartkampung.criteria.sql import Scope
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.recovery.affected.models import Situation
from smartkampung.recovery.programmes.models import Seat
from smartkampung.recovery.targeting.bulk import keep_facts
from smartkampung.recovery.targeting.models import Ranked
from smartkampung.recovery.targeting.queries.known import facts_of, kept, live
from smartkampung.recovery.targeting.queries.outcome import outcome
from smartkampung.recovery.targeting.queries.ranking import names_in
from smartkampung.recovery.targeting.rules.priority import points
from tests import cast, population, recovering
from tests.cases import NOW, TODAY
from tests.targeting import (
    FEMALE,
    HIT,
    INCOME,
    MILLION,
    SPEC,
    WOMEN,
    affected,
    approved,
    priority,
    ranked,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(db: None) -> None:
    act_as(Kind.JOB)  # who was hit stands behind row-level security
    cast.places()


def test_more_need_comes_first_and_the_budget_ends_the_list() -> None:
    well_off = affected("Budi", income_after=3 * MILLION, dependants=0)
    wayan = affected(income_after=0, dependants=4)
    made = affected("Made", income_after=MILLION)
    found = ranked(places=2)
    assert list(found.ranking.ids) == [wayan.pk, made.pk, well_off.pk]
    assert found.chosen == [wayan.pk, made.pk]
    assert found.tallies.by_village == {cast.HERE: 2}


def test_the_score_is_worked_by_hand_and_is_the_sum_of_its_parts() -> None:
    # 50 x (3 - 1)/3 of a million, 30 x 3/4, no woman, half of 10 for hours cut.
    affected(income_after=MILLION, dependants=3, kind="hours_cut")
    approved()
    row = Ranked.objects.get()
    assert row.parts == [
        ["income_after", MILLION, 33_333],
        ["dependants", 3, 22_500],
        ["female", False, 0],
        ["hit", ["hours_cut"], 5_000],
    ]
    assert row.score == 60_833


def test_every_row_is_explained_by_its_parts() -> None:
    for at in range(12):
        affected(f"Warga {at}", income_after=at * 317_003, dependants=at % 7)
    approved()
    rows = list(Ranked.objects.order_by("place"))
    assert [row.place for row in rows] == list(range(1, 13))
    assert all(row.score == sum(part[2] for part in row.parts) for row in rows)
    criteria = priority().criteria
    for row in rows:
        said = [points(one, p[1]) for one, p in zip(criteria, row.parts, strict=True)]
        assert said == [part[2] for part in row.parts]


def test_it_is_the_same_each_time_and_equals_keep_the_order_of_registration() -> None:
    rows = [affected(f"Warga {at}") for at in range(6)]
    assert list(ranked().ranking.ids) == [row.pk for row in rows]
    assert ranked().ranking.ids == ranked().ranking.ids


def test_ties_are_decided_by_facts_before_age_of_registration() -> None:
    first, second = affected("Budi", debts=1), affected("Made", debts=2)
    assert list(ranked().ranking.ids) == [second.pk, first.pk]


def test_who_is_not_verified_stands_in_no_ranking() -> None:
    affected(state="to_verify", verified_at=None, verified_by="")
    assert not ranked().ranking.ids


def test_who_is_helped_already_is_left_out() -> None:
    spec = {**SPEC, "exclude": {"fact": "debts", "is": "at_least", "value": 5}}
    affected("Budi", debts=9)
    made = affected("Made")
    found = ranked(spec, places=5)
    assert found.chosen == [made.pk]
    assert (found.tallies.ranked, found.tallies.left_out, found.places) == (1, 1, 1)


def test_who_has_a_place_in_a_programme_can_be_left_out() -> None:
    made = recovering.running()
    told = [{"fact": "in_programme", "is": "is", "value": True}]
    found = ranked({**SPEC, "exclude": {"any": told}}, places=9, on=date(2030, 1, 1))
    placed = Seat.objects.filter(offer=made.offer, holds=True)
    assert found.tallies.left_out == placed.count() > 0
    assert not {row.affected_id for row in placed} & set(found.chosen)


def test_a_quota_reaches_further_down_and_says_so() -> None:
    men = [affected(f"Budi {at}", income_after=0) for at in range(3)]
    woman = affected("Luh Sari", income_after=3 * MILLION, sex="P")
    found = ranked({**SPEC, "quotas": [WOMEN]}, places=2)
    assert found.chosen == [men[0].pk, woman.pk]
    assert [found.way(at) for at in range(4)] == ["rank", "", "", "Perempuan"]


def test_seats_of_villages_are_in_proportion() -> None:
    for at in range(6):
        affected(f"Warga {at}", income_after=0)
    for at in range(3):
        affected(f"Tetangga {at}", region=population.RT_NEXT_DOOR, dependants=0)
    found = ranked({**SPEC, "seats": True}, places=3)
    assert found.tallies.by_village == {cast.HERE: 2, cast.NEXT_DOOR: 1}


def test_a_quota_of_a_place_counts_who_lives_there() -> None:
    here = affected("Budi", income_after=0)
    there = affected("Made", region=population.RT_NEXT_DOOR)
    most = {"name": "Sini", "where": cast.HERE, "most": 0, "unit": "places"}
    found = ranked({**SPEC, "quotas": [{**most, "least": None}]}, places=2)
    assert found.chosen == [there.pk]
    assert here.pk not in found.chosen


def test_kept_facts_rank_as_the_facts_themselves() -> None:
    spec = {
        "criteria": [INCOME, FEMALE, HIT, {"fact": "decile", "weight": 3, **_LESS}],
        "exclude": {"fact": "receives", "is": "includes", "value": "pkh"},
    }
    for at in range(5):
        affected(f"Warga {at}", income_after=at * 700_000, sex="LP"[at % 2])
    read = priority(spec)
    names = names_in(read, "affected")
    keep_facts("affected", on=TODAY, at=NOW)
    from_kept = outcome(read, "affected", kept("affected", names), places=2)
    assert from_kept.ranking == ranked(spec, places=2).ranking


_LESS = {"need": "less", "low": 1, "high": 10}


def test_families_are_ranked_by_the_same_compiler() -> None:
    wayan = population.wayan()
    for year in (1950, 1951):
        population.person(
            "Kakek", household=wayan.family, relation=7, born_on=_born(year)
        )
    other = population.person("Budi")
    spec = {"criteria": [{"fact": "elderly", "weight": 9, **_MORE}]}
    found = ranked(spec, about="families", places=1)
    assert list(found.ranking.ids) == [wayan.family_id, other.family_id]


_MORE = {"need": "more", "low": 0, "high": 2}


def _born(year: int) -> Any:
    return population.WAYAN_BORN.replace(year=year)


def test_a_scope_of_one_person_tells_the_facts_of_the_family() -> None:
    wayan, _other = affected(), affected("Budi")
    names = ["family_size", "income_lost", "own_disability"]
    told = live("affected", names, on=TODAY, scope=Scope(families=(wayan.pk,)))
    with connection.cursor() as cursor:
        cursor.execute(told.sql, told.params)
        assert cursor.fetchall() == [(wayan.pk, wayan.region_code, 1, 75, False)]


def test_rules_of_aid_are_not_offered_what_only_affected_people_have() -> None:
    beyond = {"income_after", "female_head", "visit_recommends"}
    assert beyond <= set(facts_of("affected"))
    assert not beyond & set(registry().facts)
    assert "income_after" not in facts_of("families")


def test_what_was_told_last_is_the_income_now() -> None:
    """Budi earns again, and says so: Wayan, who has less now, comes first."""
    budi = affected("Budi", income_after=0)
    wayan = affected("I Wayan Sudarma", income_after=MILLION)
    again = {"work": "job", "direction": "better", "income": 2 * MILLION}
    Situation.objects.create(affected=budi, told_at=NOW, **{**again, "income": 5})
    Situation.objects.create(affected=budi, told_at=NOW + timedelta(days=1), **again)
    spec = {"criteria": [INCOME]}
    assert ranked(spec).chosen == [wayan.pk]
    lost = {**INCOME, "fact": "income_lost", "need": "more", "low": 0, "high": 100}
    assert ranked({"criteria": [lost]}).chosen == [wayan.pk]


@pytest.mark.parametrize("fact", ["income_after", "income_lost", "dependants", "debts"])
def test_what_nobody_told_is_not_known_and_gives_no_points(fact: str) -> None:
    nothing = {"income_after": None, "dependants": None, "debts": None}
    affected("Budi", **nothing)
    wayan = affected("I Wayan Sudarma", income_after=MILLION, dependants=1, debts=9)
    need = {"need": "less", "low": 0, "high": 10 * MILLION, "weight": 5}
    found = ranked({"criteria": [{"fact": fact, **need}]}, places=1)
    assert found.chosen == [wayan.pk]
