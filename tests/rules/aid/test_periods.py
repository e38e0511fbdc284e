"""Benefit periods are half-open and begin on the first of a month."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartkampung.aid.rules.periods import Period, period_of

SINCE = date(2020, 4, 15)


@pytest.mark.parametrize(
    ("period", "on", "begin", "end"),
    [
        ("month", date(2026, 11, 24), date(2026, 11, 1), date(2026, 12, 1)),
        ("month", date(2026, 12, 31), date(2026, 12, 1), date(2027, 1, 1)),
        ("quarter", date(2026, 11, 24), date(2026, 10, 1), date(2027, 1, 1)),
        ("quarter", date(2026, 3, 31), date(2026, 1, 1), date(2026, 4, 1)),
        ("once", date(2026, 11, 24), date(2020, 4, 1), None),
    ],
)
def test_the_period_of_a_day(
    period: str, on: date, begin: date, end: date | None
) -> None:
    assert period_of(period, on=on, since=SINCE) == (begin, end)


@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.sampled_from([Period.MONTH, Period.QUARTER]),
)
def test_a_period_holds_its_day_and_the_next_begins_where_it_ends(
    on: date, period: Period
) -> None:
    begin, end = period_of(period, on=on, since=SINCE)
    assert end is not None
    assert begin <= on < end
    assert period_of(period, on=end, since=SINCE)[0] == end
    assert period_of(period, on=end - timedelta(days=1), since=SINCE) == (begin, end)
