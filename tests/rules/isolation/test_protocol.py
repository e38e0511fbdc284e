"""What can never be the protocol, in the order of its page."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from smartkampung.isolation.protocol.rules import Fault, Kind, begins_later, faults

F = Fault
LIMITS = {"fever": "38.0", "spo2": 95}
CLOCKS = {"exit_grace_hours": 24}
DAYS = {
    "contact_days": 14,
    "onset_days": 10,
    "specimen_days": 10,
    "symptom_free_days": 3,
}
CONTACT = {
    "code": "contact",
    "name": "Kontak",
    "name_en": "Contact",
    "group": "contact",
}
RUNG = {"told": ["puskesmas_officer"], "then": ["dinkes"], "minutes": 120}
NAMES = ("ill", "missed", "missed_again", "left", "exit_open")
LADDER: dict[str, Any] = {"again_after": 2, "rungs": dict.fromkeys(NAMES, RUNG)}


def ladder(trigger: str, **change: Any) -> dict[str, Any]:
    """Return the ladder with one rung changed."""
    body = deepcopy(LADDER)
    body["rungs"][trigger] = RUNG | change
    return body


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (Kind.LIMITS, LIMITS),
        (Kind.CLOCKS, CLOCKS),
        (Kind.RELEASE, DAYS),
        (Kind.CLASSES, {"classes": [CONTACT]}),
        (Kind.LADDER, LADDER),
    ],
)
def test_what_can_hold(kind: Kind, body: dict[str, Any]) -> None:
    assert faults(kind, body) == []


@pytest.mark.parametrize(
    ("kind", "body", "found"),
    [
        pytest.param(Kind.LIMITS, LIMITS | {"fever": "36.9"}, [F.FEVER], id="low"),
        pytest.param(Kind.LIMITS, LIMITS | {"fever": "hot"}, [F.FEVER], id="no number"),
        pytest.param(
            Kind.LIMITS, {"fever": "40.0", "spo2": 99}, [F.FEVER, F.SPO2], id="both"
        ),
        pytest.param(Kind.CLOCKS, {"exit_grace_hours": 0}, [F.HOURS], id="no grace"),
        pytest.param(Kind.RELEASE, DAYS | {"onset_days": 0}, [F.DAYS], id="no days"),
        pytest.param(
            Kind.RELEASE, DAYS | {"symptom_free_days": 15}, [F.DAYS], id="too free"
        ),
        pytest.param(Kind.CLASSES, {"classes": []}, [F.NO_CLASS], id="empty list"),
        pytest.param(
            Kind.CLASSES, {"classes": [CONTACT, CONTACT]}, [F.TWICE], id="twice"
        ),
        pytest.param(
            Kind.CLASSES,
            {"classes": [CONTACT | {"code": "A-1", "name_en": "", "group": "x"}]},
            [F.CODE, F.NAMELESS, F.GROUP],
            id="everything wrong with one class",
        ),
        pytest.param(
            Kind.LADDER, ladder("missed", told=[]), [F.NOBODY_TOLD], id="nobody"
        ),
        pytest.param(
            Kind.LADDER,
            ladder("ill", told=["babinsa"]),
            [F.CANNOT_ANSWER],
            id="a pillar is never told of health",
        ),
        pytest.param(
            Kind.LADDER, ladder("left", minutes=5), [F.MINUTES], id="in no time"
        ),
        pytest.param(Kind.LADDER, LADDER | {"again_after": 1}, [F.AGAIN], id="again"),
    ],
)
def test_what_cannot_hold(kind: Kind, body: dict[str, Any], found: list[Fault]) -> None:
    assert faults(kind, body) == found


def test_no_version_begins_on_a_day_that_has_begun() -> None:
    today = date(2020, 6, 30)
    assert not begins_later(today, today=today)
    assert begins_later(date(2020, 7, 1), today=today)
