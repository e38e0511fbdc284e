"""The indicators of a zone: met, not met, or not decided; never an official score."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

import pytest

from smartkampung.reopening.guidance.rules.regency import Rule, Series, Wanted
from smartkampung.reopening.signals.rules.hearing import of_village
from smartkampung.reopening.signals.rules.kinds import Kind
from smartkampung.reopening.signals.rules.reading import Known, Told
from smartkampung.reopening.signals.rules.risk import judge

ON = date(2020, 7, 12)


def wanted(code: Series, rule: Rule, value: str = "0", days: int = 14) -> Wanted:
    return Wanted(code, "epidemiology", rule, Decimal(value), days, "", "", None)


def days(count: int) -> list[date]:
    return [ON - timedelta(days=back) for back in range(count)]


def known(
    cases: Mapping[date, int] | None = None, told: Mapping[Kind, list[Told]] = {}
) -> Known:
    counted = cases or {}
    every = [ON - timedelta(days=back) for back in range(90)]
    began = min(counted, default=None)
    return Known(counted, began, lambda _: 200_000, told, of_village(every))


def falling(now: int, before: int) -> Known:
    """So many a day in the last week, and so many in the weeks before."""
    return known({day: now if at < 7 else before for at, day in enumerate(days(40))})


@pytest.mark.parametrize(
    ("now", "before", "met"),
    [(5, 10, True), (6, 10, False), (10, 10, False), (20, 10, False), (0, 10, True)],
)
def test_cases_fell_by_half_from_the_peak_of_two_weeks(
    now: int, before: int, met: bool
) -> None:
    found = judge(wanted(Series.CASES, Rule.FALL, "50"), falling(now, before), ON)
    assert found.value == now * 7
    assert found.met is met
    assert found.against == max(now, before) * 7


@pytest.mark.parametrize(("now", "met"), [(9, True), (10, False), (11, False)])
def test_incidence_fell_at_all(now: int, met: bool) -> None:
    found = judge(wanted(Series.INCIDENCE, Rule.FALL), falling(now, 10), ON)
    assert found.met is met
    assert found.against == 35


@pytest.mark.parametrize(("rise", "met"), [("0", True), ("20", True), ("21", False)])
def test_more_are_tested_than_two_weeks_before(rise: str, met: bool) -> None:
    told = [Told("", day, 60 if at < 7 else 50, 5) for at, day in enumerate(days(30))]
    found = judge(
        wanted(Series.SPECIMENS, Rule.RISE, rise), known(told={Kind.TESTS: told}), ON
    )
    assert (found.value, found.against) == (Decimal(420), Decimal(350))
    assert found.met is met


def test_positivity_below_five_is_strict() -> None:
    told = [Told("", day, 100, 5) for day in days(7)]
    at_five = known(told={Kind.TESTS: told})
    assert judge(wanted(Series.POSITIVITY, Rule.BELOW, "5"), at_five, ON).met is False
    assert judge(wanted(Series.POSITIVITY, Rule.BELOW, "5.1"), at_five, ON).met is True
    assert judge(wanted(Series.POSITIVITY, Rule.LEAST, "5"), at_five, ON).met is True


def test_patients_in_beds_fell() -> None:
    told = [
        Told("RSUD", day, 60, 10 if at < 3 else 40) for at, day in enumerate(days(20))
    ]
    found = judge(
        wanted(Series.ADMITTED, Rule.FALL, "50"), known(told={Kind.BEDS: told}), ON
    )
    assert (found.value, found.against) == (Decimal(10), Decimal(40))
    assert found.met


@pytest.mark.parametrize(
    ("code", "rule", "why"),
    [
        (Series.SUSPECTS, Rule.FALL, "not_recorded"),
        (Series.RECOVERED_SHARE, Rule.RISE, "not_recorded"),
        (Series.BEDS_ALL, Rule.LEAST, "not_recorded"),
        (Series.CASES, Rule.FALL, "no_register"),
        (Series.DEATHS, Rule.FALL, "no_data"),
        (Series.ADMITTED, Rule.FALL, "no_data"),
    ],
)
def test_what_is_missing_is_not_decided(code: Series, rule: Rule, why: str) -> None:
    found = judge(wanted(code, rule, "50"), known(), ON)
    assert (found.value, found.met, found.missing) == (None, None, why)


def test_a_peak_with_a_hole_in_it_is_not_decided() -> None:
    told = [Told("", day, 3, 1) for day in days(21) if day != ON - timedelta(days=12)]
    found = judge(
        wanted(Series.DEATHS, Rule.FALL, "50"), known(told={Kind.PATIENTS: told}), ON
    )
    assert found.value == 7
    assert (found.met, found.missing) == (None, "some_days")
