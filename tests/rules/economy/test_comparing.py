"""Indices, changes and sums against figures that were worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest

from smartkampung.recovery.economy.rules.adding import Sum, sums
from smartkampung.recovery.economy.rules.comparing import (
    Said,
    Why,
    before,
    change,
    index,
    index_before,
    months_between,
    moving,
    part,
    until,
)
from smartkampung.recovery.economy.rules.curves import CURVES
from smartkampung.recovery.economy.rules.kinds import (
    MEASURES,
    PARENTS,
    TAX,
    TOTAL,
    Kind,
    below,
    depth,
    kind_of,
    parts_of,
)
from smartkampung.recovery.economy.rules.known import contradicts, own_percent

MAY_2019, MAY_2020 = date(2019, 5, 1), date(2020, 5, 1)
# Hotel tax in millions: 2019 as it was, 2020 with a fall from March on.
IN_2019 = [600, 580, 640, 660, 650, 820, 900, 760, 640, 620, 600, 930]
IN_2020 = [610, 590, 400, 90, 65, 120, 240, 300, 280, 330, 310, 420]
HOTEL = {
    date(year, number, 1): Decimal(value)
    for year, values in ((2019, IN_2019), (2020, IN_2020))
    for number, value in enumerate(values, 1)
}


def test_the_month_of_the_fall_stands_at_a_tenth() -> None:
    assert index(HOTEL, MAY_2020, baseline=2019) == Said(10.0)  # 65 of 650
    assert index_before(HOTEL, MAY_2020) == Said(-90.0)
    assert index(HOTEL, MAY_2019, baseline=2019) == Said(100.0)


def test_the_moving_year_smooths_the_season() -> None:
    december = date(2020, 12, 1)
    # 2019 sums to 8,400 and 2020 to 3,755.
    said = moving(HOTEL, december, baseline=2019)
    assert said.value == pytest.approx(44.702, abs=0.001)
    # June 2019 to May 2020: 5,270 and 1,755.
    assert moving(HOTEL, MAY_2020, baseline=2019).value == pytest.approx(83.631, 1e-4)


def test_a_missing_month_is_a_gap_and_never_nought() -> None:
    holed = {month: value for month, value in HOTEL.items() if month != MAY_2020}
    assert index(holed, MAY_2020, baseline=2019) == Said(None, Why.NO_FIGURE)
    december = date(2020, 12, 1)
    assert moving(holed, december, baseline=2019) == Said(None, Why.MONTHS_MISSING)
    assert until(holed, MAY_2020) is None
    assert until(HOTEL, MAY_2020) == 1755
    assert until(HOTEL, date(2020, 1, 1)) == 610


def test_without_a_base_nothing_can_be_said() -> None:
    assert index(HOTEL, MAY_2020, baseline=2018) == Said(None, Why.NO_BASE)
    assert moving(HOTEL, MAY_2020, baseline=2018) == Said(None, Why.NO_BASE)
    for base in (0, -5):
        series = {MAY_2019: Decimal(base), MAY_2020: Decimal(5)}
        said = index(series, MAY_2020, baseline=2019)
        assert said == Said(None, Why.BASE_NOT_POSITIVE)


def test_a_month_in_which_more_was_paid_back_than_collected() -> None:
    assert change(Decimal(-50), Decimal(100)) == Said(-150.0)
    assert part(Decimal(-50), Decimal(100)) == Said(-50.0)


def test_months_are_counted_over_the_turn_of_years() -> None:
    assert before(date(2020, 1, 1), months=1) == date(2019, 12, 1)
    assert before(date(2020, 1, 1), months=12) == date(2019, 1, 1)
    around = months_between(date(2019, 11, 1), date(2020, 2, 1))
    assert [month.month for month in around] == [11, 12, 1, 2]


def leaves(**values: int) -> dict[str, Decimal]:
    return {code: Decimal(value) for code, value in values.items()}


def test_a_total_is_the_sum_of_its_parts() -> None:
    told = leaves(hotel=10, restaurant=20, levies=5)
    found = sums(told, expected=set(told))
    assert found[TAX] == Sum(None, Decimal(30))
    assert found[TOTAL].value == 35
    assert found["parking"].value is None


def test_a_total_that_differs_is_shown_and_never_replaced() -> None:
    told = leaves(hotel=10, restaurant=20, levies=5, total=36)
    found = sums(told, expected={"hotel", "restaurant", "levies"})
    assert found[TOTAL].value == 36
    assert found[TOTAL].difference == 1
    assert sums(told | leaves(total=35), expected=set(told))[TOTAL].difference is None
    # A told sum of taxes carries upwards, and its own difference stays visible.
    found = sums(told | leaves(tax=31), expected=set(told))
    assert found[TAX].difference == 1
    assert found[TOTAL].difference is None


def test_a_sum_without_one_of_its_parts_is_not_known() -> None:
    found = sums(leaves(hotel=10), expected={"hotel", "restaurant", "levies"})
    assert found[TAX] == Sum(None, None, ("restaurant",))
    assert found[TOTAL].missing == (TAX, "levies")
    assert found[TOTAL].value is None
    told = sums(leaves(hotel=10, total=99), expected={"hotel", "restaurant"})
    assert told[TOTAL].value == 99
    assert told[TOTAL].difference is None


def test_the_tree_has_one_root_and_every_curve_stands_in_it() -> None:
    assert [code for code, parent in PARENTS.items() if not parent] == [TOTAL]
    assert {depth(code) for code in PARENTS} == {0, 1, 2}
    assert set(below(TOTAL)) == {code for code in PARENTS if not parts_of(code)}
    for curve in CURVES.values():
        assert not curve.item or curve.item in PARENTS
        assert set(curve.measures) <= set(MEASURES[curve.kind])
    assert [kind_of(one) for pair in MEASURES.values() for one in pair][::2] == [*Kind]


def test_a_percentage_of_a_source_is_held_against_its_own_figures() -> None:
    stated = Decimal("46.48")
    assert contradicts(stated, Decimal(592), Decimal(295))
    own = own_percent(Decimal(592), Decimal(295))
    assert own is not None
    assert round(own, 1) == Decimal("49.8")
    assert not contradicts(Decimal("85.5"), Decimal("565.19"), Decimal("483.22"))
    assert not contradicts(None, Decimal(592), Decimal(295))
    assert own_percent(Decimal(0), Decimal(1)) is None
    assert own_percent(None, Decimal(1)) is None
