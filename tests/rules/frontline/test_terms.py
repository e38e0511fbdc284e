"""When a term of office cannot be handed over, each reason alone."""

from datetime import date
from typing import Any

import pytest

from smartkampung.frontline.offices.rules import TermHindrance, term_hindrances
from smartkampung.frontline.offices.words import TERM_HINDRANCES

TODAY = date(2026, 11, 30)
FINE: dict[str, Any] = {
    "by": 1,
    "leaver": 2,
    "follower": 3,
    "follower_open": True,
    "follower_new": False,
    "may_invite": False,
    "counterpart": False,
    "since": date(2026, 1, 1),
    "until": None,
    "next_until": None,
    "ended": False,
    "on": TODAY,
    "today": TODAY,
}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"by": 2}, TermHindrance.OWN_TERM),
        ({"by": 3}, TermHindrance.ONESELF_FOLLOWS),
        ({"follower": 2}, TermHindrance.SAME_PERSON),
        ({"ended": True}, TermHindrance.ENDED),
        ({"on": date(2026, 11, 29)}, TermHindrance.DAY_IS_PAST),
        ({"on": date(2027, 12, 1)}, TermHindrance.TOO_FAR),
        ({"on": date(2027, 1, 30)}, TermHindrance.TOO_FAR),
        ({"since": TODAY}, TermHindrance.NOT_BEGUN),
        ({"until": date(2026, 11, 1)}, TermHindrance.ENDS_BEFORE),
        ({"follower_open": False}, TermHindrance.FOLLOWER_CLOSED),
        ({"follower_new": True}, TermHindrance.FOLLOWER_NEW),
        ({"counterpart": True}, TermHindrance.COUNTERPART),
        ({"until": TODAY}, TermHindrance.NO_END),
        ({"until": TODAY, "next_until": TODAY}, TermHindrance.NO_END),
        ({"until": TODAY, "next_until": date(2027, 10, 31)}, TermHindrance.NO_END),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_reason_alone(change: dict[str, Any], reason: TermHindrance) -> None:
    assert term_hindrances(**FINE) == []
    assert term_hindrances(**{**FINE, **change}) == [reason]


def test_sixty_days_ahead_is_fine_and_a_past_day_is_only_past() -> None:
    assert term_hindrances(**{**FINE, "on": date(2027, 1, 29)}) == []
    past = {"on": date(2025, 12, 1)}
    assert term_hindrances(**{**FINE, **past}) == [TermHindrance.DAY_IS_PAST]


def test_a_new_account_is_fine_for_an_administrator() -> None:
    new = {"follower_new": True, "may_invite": True}
    assert term_hindrances(**{**FINE, **new}) == []


def test_a_term_as_long_as_the_one_that_ends_is_fine() -> None:
    same = {"until": TODAY, "next_until": TODAY + (TODAY - FINE["since"])}
    assert term_hindrances(**{**FINE, **same}) == []


def test_every_reason_has_words() -> None:
    assert set(TERM_HINDRANCES) == set(TermHindrance)
