"""Who may give which office where."""

from datetime import date
from typing import Any

import pytest

from smartkampung.accounts.roles import PERMISSIONS, Permission, Role
from smartkampung.accounts.rules import (
    LEVELS,
    Hindrance,
    account_hindrances,
    covered,
    grant_hindrances,
    reset_hindrances,
)

TODAY, TOMORROW = date(2026, 11, 24), date(2026, 11, 25)
YESTERDAY = date(2026, 11, 23)
FINE: dict[str, Any] = {
    "role": Role.VILLAGE_OFFICER,
    "level": "village",
    "inside_area": True,
    "own": False,
    "since": TODAY,
    "until": None,
    "today": TODAY,
}


def test_a_village_officer_for_a_village_in_the_area() -> None:
    assert grant_hindrances(**FINE) == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"own": True}, Hindrance.OWN_ACCOUNT),
        ({"inside_area": False}, Hindrance.OUTSIDE_AREA),
        ({"level": "kecamatan"}, Hindrance.WRONG_LEVEL),
        ({"level": "health_centre"}, Hindrance.WRONG_LEVEL),
        ({"until": TODAY}, Hindrance.ENDS_TOO_EARLY),
        ({"until": YESTERDAY}, Hindrance.ENDS_TOO_EARLY),
        ({"since": YESTERDAY, "until": TODAY}, Hindrance.OVER_ALREADY),
    ],
    ids=str,
)
def test_one_thing_against_it(change: dict[str, object], reason: Hindrance) -> None:
    assert grant_hindrances(**{**FINE, **change}) == [reason]


def test_every_reason_is_told_at_once() -> None:
    wrong = {"own": True, "inside_area": False, "level": "rt", "until": YESTERDAY}
    assert len(grant_hindrances(**{**FINE, **wrong})) == 4


def test_it_may_end_tomorrow() -> None:
    assert grant_hindrances(**{**FINE, "until": TOMORROW}) == []


def test_a_lost_phone_needs_two_people() -> None:
    same = reset_hindrances(
        asked_by="ayu", decided_by="ayu", own=False, inside_area=True
    )
    assert same == [Hindrance.SAME_PERSON]
    other = reset_hindrances(
        asked_by="ayu", decided_by="dwi", own=False, inside_area=True
    )
    assert other == []


def test_nobody_touches_their_own_account() -> None:
    own = account_hindrances(own=True, inside_area=True)
    assert own == [Hindrance.OWN_ACCOUNT]


@pytest.mark.parametrize(
    ("places", "regions", "expected"),
    [
        (["35.10.09.2003"], ["35.10"], True),
        (["35.10"], ["35.10"], True),
        (["35.10"], ["35.10.09"], False),
        (["35.10.09.2003", "35.11"], ["35.10"], False),
        (["35.101"], ["35.10"], False),
        (["35.10.09"], [], False),
        ([], [], True),
    ],
)
def test_an_area_covers_what_lies_below_it(
    places: list[str], regions: list[str], expected: bool
) -> None:
    assert covered(places, regions) is expected


def test_every_role_has_a_place_and_the_desk() -> None:
    for role in Role:
        assert LEVELS[role]
        assert Permission.DESK in PERMISSIONS[role]


def test_who_manages_accounts_does_not_see_residents() -> None:
    admin = PERMISSIONS[Role.SYSTEM_ADMIN]
    assert not {p for p in admin if p.value.startswith(("resident.", "aid."))}
