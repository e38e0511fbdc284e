"""Whose birthday it is this week, and how old they are."""

from datetime import date

import pytest

from smartkampung.frontline.today.rules import age_on, birthday_within


@pytest.mark.parametrize(
    ("born", "on", "day"),
    [
        (date(1950, 11, 30), date(2026, 11, 30), date(2026, 11, 30)),
        (date(1950, 12, 6), date(2026, 11, 30), date(2026, 12, 6)),
        (date(1950, 12, 7), date(2026, 11, 30), None),
        (date(1950, 11, 29), date(2026, 11, 30), None),
        (date(1950, 1, 2), date(2026, 12, 29), date(2027, 1, 2)),
        (date(1948, 2, 29), date(2026, 2, 25), date(2026, 2, 28)),
        (date(1948, 2, 29), date(2028, 2, 25), date(2028, 2, 29)),
    ],
)
def test_birthday_within_a_week(born: date, on: date, day: date | None) -> None:
    assert birthday_within(born, on) == day


def test_age() -> None:
    assert age_on(date(1950, 12, 1), date(2026, 11, 30)) == 75
    assert age_on(date(1950, 11, 30), date(2026, 11, 30)) == 76
