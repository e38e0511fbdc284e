"""Dinsos changes programmes and rules; what was promised and decided stays."""

from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from smartkampung.aid.actions.programmes import (
    ChangedMeanwhile,
    RuleRefused,
    TermsRefused,
    change_programme,
    set_rule,
)
from smartkampung.aid.models import Conflict, Entitlement, Programme
from smartkampung.aid.queries.conflicts import red_lights
from smartkampung.aid.queries.programmes import matrix, rule_of, terms_of
from smartkampung.audit.models import Event
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.residents.models import Person
from tests import cases, population
from tests.cases import FOOD, NOW, TODAY

pytestmark = pytest.mark.django_db
FILL = import_module("smartkampung.aid.migrations.0012_fill_kept_contents").FILL
TOMORROW = TODAY + timedelta(days=1)


def change(**terms: Any) -> list[str]:
    """Change some terms of the food pack."""
    before = terms_of(cases.programme())
    return change_programme(
        programme=cases.programme(),
        terms=replace(before, **terms),
        seen=before.mark,
        by="dian",
        at=NOW,
    )


def test_new_terms_hold_for_the_next_and_not_for_the_last() -> None:
    desk = cases.desk(budget=10)
    old = cases.approved(desk)
    assert change(amount=2, contents="20 kg beras") == ["amount", "contents"]
    new = cases.approved(desk, population.person("Komang", "3510095505900001"))
    act_as(Kind.JOB)
    kept = Entitlement.objects.get(pk=old.pk)
    assert (kept.amount, kept.contents[:5]) == (1, "10 kg")
    assert (new.amount, new.contents) == (2, "20 kg beras")
    assert cases.held() == (7, 3, 0)


def test_the_change_is_written_down_with_before_and_after() -> None:
    cases.desk()
    change(amount=3, until=date(2027, 1, 1))
    event = Event.objects.get(name="aid.programme_changed")
    assert (event.by, event.target_id) == ("dian", FOOD)
    assert event.detail["changed"] == {
        "amount": ["1", "3"],
        "until": ["", "2027-01-01"],
    }


def test_saving_what_stands_there_changes_nothing() -> None:
    cases.desk()
    assert change() == []
    assert not Event.objects.filter(name="aid.programme_changed").exists()


def test_a_page_opened_before_another_change_overwrites_nothing() -> None:
    cases.desk()
    stale = terms_of(cases.programme())
    change(amount=3)
    with pytest.raises(ChangedMeanwhile):
        change_programme(
            programme=cases.programme(),
            terms=replace(stale, funding="APBD-P"),
            seen=stale.mark,
            by="siti",
            at=NOW,
        )
    assert cases.programme().amount == 3


@pytest.mark.parametrize(
    "terms", [{"until": date(2020, 4, 1)}, {"until": date(2019, 1, 1)}, {"amount": 0}]
)
def test_terms_that_contradict_themselves_are_refused(terms: dict[str, Any]) -> None:
    cases.desk()
    with pytest.raises(TermsRefused):
        change(**terms)


def test_programme_ends_after_it_begins() -> None:
    cases.desk()
    with (
        pytest.raises(IntegrityError, match="programme_ends_after_it_begins"),
        transaction.atomic(),
    ):
        Programme.objects.update(until=date(2000, 1, 1))


def test_entitlements_from_before_are_filled_once() -> None:
    desk = cases.desk(budget=10)
    old = cases.approved(desk)
    Entitlement.objects.update(contents="", contents_en="")
    other = cases.approved(desk, population.person("Komang", "3510095505900001"))
    Entitlement.objects.filter(pk=other.pk).update(contents="5 kg beras")
    with connection.cursor() as cursor:
        cursor.execute(FILL)
    found = dict(Entitlement.objects.values_list("pk", "contents"))
    assert found == {old.pk: cases.programme().contents, other.pk: "5 kg beras"}


# -- the matrix ---------------------------------------------------------------


def rule(
    first: str = "bst",
    second: str = FOOD,
    *,
    effect: str = "warn",
    since: date = TODAY,
    component: str = "",
    reach: str = "person",
) -> Conflict:
    """Set a rule."""
    return set_rule(
        pair=(cases.programme(first), cases.programme(second)),
        component=component,
        reach=reach,
        effect=effect,
        source=("Keputusan Bupati", "Decree of the regent"),
        since=since,
        by="dian",
        at=NOW,
    )


def effects(*, on: date) -> list[str]:
    """Return what stands against a food pack for a family that receives BST."""
    wayan = Person.objects.get()
    lights = red_lights(
        family_id=wayan.family_id,
        person_id=wayan.pk,
        programmes=[FOOD],
        on=on,
    )
    return [light.effect.value for light in lights]


def test_a_rule_holds_from_its_day_and_ends_the_one_before() -> None:
    cases.desk()
    cases.listed(population.wayan(), "bst")
    assert effects(on=TODAY) == ["block"]
    rule(effect="warn", since=TOMORROW)
    assert effects(on=TODAY) == ["block"]
    assert effects(on=TOMORROW) == ["warn"]
    rows = Conflict.objects.filter(first=FOOD, second="bst").order_by("since")
    assert [(row.effect, row.until) for row in rows] == [
        ("block", TOMORROW),
        ("warn", None),
    ]


def test_a_pair_without_a_rule_gets_one_in_either_order() -> None:
    cases.desk()
    rule("prakerja", "bpum", effect="block")
    found = rule_of(
        first="bpum", second="prakerja", component="", reach="person", on=TODAY
    )
    assert found is not None
    assert (found.first_id, found.effect) == ("bpum", "block")


def test_a_rule_of_the_same_day_is_replaced() -> None:
    cases.desk()
    rule(effect="warn")
    rule(effect="allow")
    rows = Conflict.objects.filter(first=FOOD, second="bst", until=None)
    assert [row.effect for row in rows] == ["allow"]


def test_a_rule_for_a_component_leaves_the_pair_alone() -> None:
    cases.desk()
    rule(FOOD, "pkh", component="pregnancy", effect="allow")
    kept = rule_of(first=FOOD, second="pkh", component="", reach="person", on=TODAY)
    assert kept is not None
    assert kept.effect == "block"


def test_the_past_cannot_be_ruled_on() -> None:
    cases.desk()
    with pytest.raises(RuleRefused):
        rule(since=TODAY - timedelta(days=1))


def test_no_rule_is_put_before_a_planned_one() -> None:
    cases.desk()
    rule(since=TODAY + timedelta(days=9))
    with pytest.raises(RuleRefused):
        rule(since=TOMORROW)
    planned = [row for row in matrix(TODAY) if row.since > TODAY]
    assert len(planned) == 1


def test_a_programme_is_no_pair_with_itself() -> None:
    cases.desk()
    with pytest.raises(RuleRefused):
        rule(FOOD, FOOD)
