"""What whoever writes guidance has to mend, before it holds for anybody."""

from copy import deepcopy
from importlib import import_module
from typing import Any

import pytest

from smartkampung.reopening.guidance.rules.faults import Fault, faults, unreached
from smartkampung.reopening.guidance.rules.kinds import Kind

FIRST: Any = import_module(
    "smartkampung.reopening.guidance.migrations.0002_first_versions"
)
LATER: Any = import_module(
    "smartkampung.reopening.guidance.migrations.0003_regency_and_levels"
)
SEEDED = {kind: body for kind, _, body, _, _ in FIRST.VERSIONS + LATER.VERSIONS}


@pytest.mark.parametrize("kind", list(Kind))
def test_what_the_sources_say_can_hold(kind: Kind) -> None:
    assert faults(kind, SEEDED[kind]) == []


@pytest.mark.parametrize(
    ("kind", "path", "value", "fault"),
    [
        ("rt_zone", ("days",), 0, Fault.DAYS),
        ("rt_zone", ("bands", 1, "least"), 2, Fault.BANDS),
        ("rt_zone", ("bands", 3, "most"), 9, Fault.BANDS),
        ("rt_zone", ("bands", 3, "colour"), "green", Fault.BANDS),
        ("rt_zone", ("bands", 3, "actions", 0, "text_en"), "", Fault.ACTIONS),
        ("phases", ("phases",), [], Fault.NO_PHASE),
        ("phases", ("phases", 0, "name_en"), "", Fault.PHASE_NAME),
        ("phases", ("phases", 0, "code"), "recovery", Fault.PHASE_TWICE),
        ("phases", ("phases", 0, "settings", "mosque"), 101, Fault.CAPACITY),
        ("phases", ("phases", 0, "settings", "moon"), 1, Fault.CAPACITY),
        ("phases", ("colours", "red", "gathering"), 0, Fault.GATHERING),
        ("gates", ("gates",), [], Fault.NO_GATE),
        ("gates", ("gates", 0, "needs"), [], Fault.NEED),
        ("gates", ("gates", 0, "needs", 0, "days"), 0, Fault.NEED),
        ("gates", ("gates", 0, "needs", 0, "below"), "few", Fault.NEED),
        ("gates", ("gates", 0, "needs", 0, "least"), "1", Fault.NEED),
        ("gates", ("gates", 0, "signs"), [], Fault.NO_SIGN),
        ("gates", ("worse", 0, "again_below"), "101", Fault.WORSE),
        ("gates", ("decide_hours",), 0, Fault.HOURS),
        ("regency_zone", ("bands", 1, "least"), "3", Fault.LEVELS),
        ("ppkm", ("transmission", 0, "bands", 0, "below"), "60", Fault.LEVELS),
        ("ppkm", ("capacity", 1, "good"), "5", Fault.LEVELS),
    ],
)
def test_what_cannot_hold_is_named(
    kind: str, path: tuple[Any, ...], value: Any, fault: Fault
) -> None:
    body = deepcopy(SEEDED[kind])
    part = body
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    assert fault in faults(Kind(kind), body)


def phased(**caps: dict[str, Any]) -> dict[str, Any]:
    """Return two phases, the first closed, with caps of colours."""
    names = {"name": "a", "name_en": "a"}
    return {
        "phases": [
            {"code": "a", **names, "settings": {}},
            {"code": "b", **names, "settings": {"mosque": 50}},
        ],
        "colours": caps,
    }


def test_the_first_phase_opens_nothing_that_a_later_one_closes() -> None:
    body = phased()
    assert faults(Kind.PHASES, body) == []
    body["phases"].reverse()
    assert faults(Kind.PHASES, body) == [Fault.LOOSE_FIRST]


@pytest.mark.parametrize(
    ("caps", "found"),
    [
        ({"yellow": {"settings": {"mosque": 50}}}, [Fault.LOOSE_COLOUR]),
        ({"red": {"settings": {"mosque": 0}, "gathering": 3}}, []),
        ({"orange": {"gathering": 3}, "red": {"gathering": 5}}, [Fault.LOOSE_COLOUR]),
        ({"orange": {"gathering": 3}, "red": {"gathering": 3}}, []),
    ],
)
def test_a_redder_zone_closes_no_less(caps: dict[str, Any], found: list[Fault]) -> None:
    assert faults(Kind.PHASES, phased(**caps)) == found


def test_there_is_always_a_way_back_and_a_way_on() -> None:
    assert faults(Kind.GATES, {**SEEDED[Kind.GATES], "worse": []}) == [Fault.NO_WORSE]
    gates = {"gates": [{"to": "b"}]}
    assert list(unreached(phased(), gates)) == []
    assert list(unreached(phased(), {"gates": []})) == [Fault.NO_WAY]
    assert list(unreached(phased(), None)) == [Fault.NO_WAY]
