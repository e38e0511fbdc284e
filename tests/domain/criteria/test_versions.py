"""Versions of a rule: written by one, brought into force by another, then kept."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from smartkampung.criteria.actions import (
    CannotApply,
    RuleFaulty,
    bring_into_force,
)
from smartkampung.criteria.models import RuleVersion
from smartkampung.criteria.queries import registry, rule_of, version_in_force, versions
from smartkampung.criteria.rules import as_data, parse
from smartkampung.criteria.words import reading, value
from tests.cases import NOW, TODAY
from tests.domain.aid.test_promises import Broken
from tests.rulings import POOR, draft, in_force

pytestmark = pytest.mark.django_db


def test_the_version_before_ends_when_the_next_begins() -> None:
    first = in_force()
    second = in_force(POOR, since=TODAY + timedelta(days=5))
    assert version_in_force("aid:apbd_food", on=TODAY) == first
    assert version_in_force("aid:apbd_food", on=second.since) == second
    assert [row.number for row in versions("aid:apbd_food")] == [2, 1]


def test_a_draft_holds_nowhere() -> None:
    draft()
    assert version_in_force("aid:apbd_food", on=TODAY) is None


def test_rule_version_needs_two_people() -> None:
    version = draft()
    with pytest.raises(CannotApply):
        bring_into_force(version=version, by="maya", at=NOW)
    with Broken("rule_version_needs_two_people"):
        RuleVersion.objects.update(approved_by="maya", approved_at=NOW)


@pytest.mark.parametrize("case", ["twice", "past", "later one"])
def test_what_cannot_come_into_force_says_why(case: str) -> None:
    version = draft(since=TODAY - timedelta(days=1) if case == "past" else TODAY)
    if case != "past":
        later = version if case == "twice" else draft()
        bring_into_force(version=later, by="joko", at=NOW)
    with pytest.raises(CannotApply):
        bring_into_force(version=version, by="joko", at=NOW)


def test_a_mistake_is_told_with_its_place() -> None:
    with pytest.raises(RuleFaulty, match=r"1\.1: "):
        draft({"all": [{"fact": "x", "is": "is", "value": 1}]})
    with pytest.raises(RuleFaulty):
        draft(until=TODAY)


def test_a_number_that_nobody_can_reach_is_told_with_the_most_there_can_be() -> None:
    with pytest.raises(RuleFaulty) as told:
        draft({"fact": "poverty_met", "is": "at_least", "value": 99})
    assert "99" in str(told.value.message)
    assert str(told.value.message).endswith("14.")
    draft({"fact": "poverty_met", "is": "at_least", "value": 14})


def test_an_older_rule_with_such_a_number_is_still_read() -> None:
    old = {"fact": "poverty_met", "is": "at_least", "value": 99}
    assert as_data(parse(old, registry().facts)) == old


def test_a_rule_reads_as_plain_lines() -> None:
    facts = registry().facts
    lines = reading(rule_of(draft()), facts)
    assert "9" in lines["parts"][0]["text"]
    assert value(facts["poverty_met"], None)
    assert value(facts["receives"], ["pkh"]) != "pkh"
    assert value(facts["receives"], [])


def test_rule_version_number_once() -> None:
    draft()
    with Broken("rule_version_number_once"):
        RuleVersion.objects.create(
            subject="aid:apbd_food",
            number=1,
            rule=POOR,
            since=TODAY,
            made_by="x",
            made_at=NOW,
        )


def test_rule_version_one_in_force() -> None:
    in_force()
    draft()
    with Broken("rule_version_one_in_force"):
        RuleVersion.objects.filter(number=2).update(approved_by="joko", approved_at=NOW)


def test_rule_version_ends_after_it_begins() -> None:
    draft()
    with Broken("rule_version_ends_after_it_begins"):
        RuleVersion.objects.update(until=TODAY)


def test_rule_version_approval_is_dated() -> None:
    draft()
    with Broken("rule_version_approval_is_dated"):
        RuleVersion.objects.update(approved_by="joko")


@pytest.mark.parametrize(
    "told", [{"rule": POOR}, {"since": date(2020, 1, 1)}, {"legal_reference": "x"}]
)
def test_rule_version_stays_as_approved(told: dict[str, Any]) -> None:
    in_force()
    with Broken("rule_version_stays_as_approved"):
        RuleVersion.objects.update(**told)


def test_rule_version_is_kept() -> None:
    draft()
    with pytest.raises(Exception, match="Cannot delete"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM criteria_ruleversion")
