"""Rules are read with every mistake, and compiled without their literals."""

from typing import Any

import pytest

from smartkampung.criteria.kinds import Base, Fact, Kind, Registry, Source, Words
from smartkampung.criteria.rules import (
    Fault,
    Faulty,
    as_data,
    criteria,
    parse,
    with_values,
)
from smartkampung.criteria.sql import Scope, compile_rules

W = Words("kata", "word")
ALL = Source("members", "p.family_id", "p", tail="GROUP BY p.family_id")


def _fact(name: str, kind: Kind, **more: Any) -> Fact:
    return Fact(name, kind, W, W, W, ALL, f"max(p.{name})", **more)


FACTS = {
    fact.name: fact
    for fact in (
        _fact("age", Kind.NUMBER),
        _fact("ill", Kind.YES_NO),
        _fact("work", Kind.CODE, choices={"1": W, "2": W}),
        _fact("aid", Kind.CODES, choices={"pkh": W}),
    )
}
OLD = {"fact": "age", "is": "at_least", "value": 60}
ILL = {"fact": "ill", "is": "is", "value": True}
WORK = {"fact": "work", "is": "one_of", "value": [1, 2]}
AID = {"fact": "aid", "is": "excludes", "value": "pkh"}
RULE = {"all": [AID, {"any": [OLD, {"at_least": 2, "of": [OLD, ILL, WORK]}]}]}


def test_a_rule_comes_back_as_it_was_written() -> None:
    assert as_data(parse(RULE, FACTS)) == RULE


@pytest.mark.parametrize(
    ("data", "place", "fault"),
    [
        ("text", "1", Fault.NOT_A_RULE),
        ({}, "1", Fault.NOT_A_RULE),
        ({"all": "x"}, "1", Fault.NOT_A_RULE),
        ({"all": [OLD], "any": [OLD]}, "1", Fault.NOT_A_RULE),
        ({"fact": "age"}, "1", Fault.NOT_A_RULE),
        ({"any": []}, "1", Fault.EMPTY),
        ({"all": [OLD, {"fact": "rich", "is": "is"}]}, "1.2", Fault.UNKNOWN_FACT),
        ({"fact": "age", "is": "one_of", "value": 3}, "1", Fault.WRONG_TEST),
        ({"fact": "age", "is": "at_least", "value": True}, "1", Fault.WRONG_VALUE),
        ({"fact": "age", "is": "at_least", "value": -1}, "1", Fault.WRONG_VALUE),
        ({"fact": "ill", "is": "is", "value": 1}, "1", Fault.WRONG_VALUE),
        ({"fact": "work", "is": "one_of", "value": [9]}, "1", Fault.WRONG_VALUE),
        ({"fact": "aid", "is": "includes", "value": "x"}, "1", Fault.WRONG_VALUE),
        ({"at_least": 3, "of": [OLD, ILL]}, "1", Fault.WRONG_COUNT),
        ({"all": [OLD] * 61}, "1", Fault.TOO_LONG),
        (
            {"all": [{"all": [{"all": [{"all": [{"all": [{"all": [OLD]}]}]}]}]}]},
            "1.1.1.1.1.1",
            Fault.TOO_DEEP,
        ),
    ],
)
def test_a_mistake_is_named_with_its_place(
    data: object, place: str, fault: Fault
) -> None:
    with pytest.raises(Faulty) as caught:
        parse(data, FACTS)
    assert (place, fault) in caught.value.faults


def test_every_mistake_is_named_at_once() -> None:
    with pytest.raises(Faulty) as caught:
        parse(
            {"all": [{"fact": "rich"}, {"fact": "age", "is": "is", "value": 1}]}, FACTS
        )
    assert [place for place, _fault in caught.value.faults] == ["1.1", "1.2"]


def test_what_if_changes_one_value_only() -> None:
    rule = with_values(parse(RULE, FACTS), {1: 70})
    assert [one.value for one in criteria(rule)] == ["pkh", 70, 60, True, [1, 2]]


def test_literals_travel_as_parameters_and_never_in_the_text() -> None:
    registry = Registry(Base("f", "f.id", "f.region_code", ALL), FACTS)
    one, two = (
        compile_rules([parse({**OLD, "value": value}, FACTS)], registry)
        for value in (60, 987654)
    )
    assert one.sql == two.sql
    assert two.values["r0c0"] == 987654
    assert Scope(region="35.10").params["inside"] == "35.10.%"
