"""Who may stand in for whom, without a database."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils.translation import override

from smartkampung.accounts.actor import Actor, Post
from smartkampung.accounts.labels import COVER_HINDRANCES, office_words
from smartkampung.accounts.roles import (
    NOT_LENT,
    PERMISSIONS,
    STANDING_IN,
    Permission,
    Role,
)
from smartkampung.accounts.rules import (
    CoverHindrance,
    Pair,
    cover_hindrances,
)

MONDAY = date(2026, 11, 30)
HERE = "35.10.09.2003"
FINE = Pair(
    oneself=False,
    colleagues=True,
    absent=frozenset({Role.VILLAGE_HEAD}),
    stand_in=frozenset({Role.VILLAGE_OFFICER}),
    stand_in_away=False,
    absent_stands_in=False,
)
PUSKESMAS, AUDITOR = frozenset({Role.PUSKESMAS_OFFICER}), frozenset({Role.AUDITOR})
ARMY = frozenset({Role.BABINSA})
OFFICE = replace(FINE, absent=frozenset({Role.ECONOMIC_OFFICE}))  # sees no families


def reasons(pair: Pair, *, since: date = MONDAY, days: int = 5) -> list[CoverHindrance]:
    """Return why not, as of Monday."""
    until = since + timedelta(days=days)
    return cover_hindrances(pair, since=since, until=until, today=MONDAY)


def test_a_village_officer_stands_in_for_the_head() -> None:
    assert reasons(FINE) == []
    assert reasons(FINE, days=90) == []


@pytest.mark.parametrize(
    ("pair", "days", "reason"),
    [
        (replace(FINE, oneself=True), 5, CoverHindrance.ONESELF),
        (replace(FINE, colleagues=False), 5, CoverHindrance.NOT_A_COLLEAGUE),
        (replace(FINE, stand_in_away=True), 5, CoverHindrance.STAND_IN_AWAY),
        (replace(FINE, absent_stands_in=True), 5, CoverHindrance.STANDS_IN_ALREADY),
        (replace(FINE, absent=frozenset()), 5, CoverHindrance.NO_OFFICE),
        (replace(OFFICE, stand_in=AUDITOR), 5, CoverHindrance.INDEPENDENT),
        (replace(FINE, stand_in=ARMY), 5, CoverHindrance.NOT_OF_RESIDENTS),
        (replace(FINE, absent=AUDITOR), 5, CoverHindrance.INDEPENDENT),
        (replace(FINE, absent=PUSKESMAS), 5, CoverHindrance.NOT_OF_HEALTH),
        (FINE, 0, CoverHindrance.ENDS_TOO_EARLY),
        (FINE, 91, CoverHindrance.TOO_LONG),
    ],
    ids=lambda value: str(value) if isinstance(value, CoverHindrance) else "",
)
def test_each_reason_alone(pair: Pair, days: int, reason: CoverHindrance) -> None:
    assert reasons(pair, days=days) == [reason]


def test_what_is_over_cannot_be_lent() -> None:
    last_week = MONDAY - timedelta(days=7)
    assert reasons(FINE, since=last_week) == [CoverHindrance.OVER_ALREADY]


def test_checkers_and_health_workers_stand_in_among_themselves() -> None:
    assert reasons(replace(FINE, absent=AUDITOR, stand_in=AUDITOR)) == []
    assert reasons(replace(FINE, absent=PUSKESMAS, stand_in=PUSKESMAS)) == []


def test_every_reason_has_words() -> None:
    assert set(COVER_HINDRANCES) == set(CoverHindrance)


def test_a_lent_office_allows_no_more_than_its_own_and_never_what_is_not_lent() -> None:
    for role in Role:
        lent = Post(role, (HERE,), "kades").permissions
        assert lent == PERMISSIONS[role] - NOT_LENT


def test_a_stand_in_neither_signs_letters_nor_lets_others_sign() -> None:
    head = Post(Role.VILLAGE_HEAD, (HERE,))
    lent = Post(Role.VILLAGE_HEAD, (HERE,), "kades")
    letters = {Permission.LETTER_SIGN, Permission.LETTER_RULES}
    assert letters <= head.permissions
    assert not letters & lent.permissions


def test_the_access_log_tells_a_lent_office_from_an_own_one() -> None:
    lent = Post(Role.VILLAGE_HEAD, (HERE,), "kades")
    own = Post(Role.RT_HEAD, (f"{HERE}.002.007",))
    both = Actor(1, "sari", (lent, own))
    assert both.role_for(Permission.RESIDENT_VIEW) == "rt_head"
    assert both.role_for(Permission.LIST_DECIDE) == "village_head" + STANDING_IN
    assert both.role_for(Permission.STAFF_MANAGE) == ""


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("village_head", "Village head"),
        ("village_head" + STANDING_IN, "Village head (standing in)"),
        ("job", ""),
        ("", ""),
    ],
)
def test_the_office_of_a_look_in_words(role: str, words: str) -> None:
    with override("en"):
        assert office_words(role) == words
