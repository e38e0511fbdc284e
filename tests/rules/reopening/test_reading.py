"""Every indicator has a value or says what is missing; nothing missing is a nought."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from smartkampung.reopening.guidance.rules.kinds import Indicator
from smartkampung.reopening.signals.rules.hearing import (
    GRACE_DAYS,
    Hearing,
    of_village,
    of_villages,
)
from smartkampung.reopening.signals.rules.kinds import Kind
from smartkampung.reopening.signals.rules.reading import Known, Told, read

ON = date(2020, 7, 12)
RSUD, CLINIC = "RSUD Contoh", "Klinik Contoh"


def days(count: int, *, until: date = ON) -> list[date]:
    return [until - timedelta(days=back) for back in range(count - 1, -1, -1)]


EVERY_DAY = of_villages(dict.fromkeys(days(200, until=ON + timedelta(days=40)), 9), 9)


def told(
    kind: Kind, first: int, second: int, on: Sequence[date], place: str = ""
) -> dict[Kind, list[Told]]:
    return {kind: [Told(place, day, first, second) for day in on]}


def known(
    reports: Mapping[Kind, Sequence[Told]] | None = None,
    cases: Mapping[date, int] | None = None,
    people: int = 200_000,
) -> Known:
    counted = cases or {}
    began = min(counted, default=None)
    return Known(counted, began, lambda _: people, reports or {}, EVERY_DAY)


def value(known: Known, indicator: Indicator, on: date = ON) -> Decimal | None:
    return read(known, on)[indicator].value


def missing(known: Known, indicator: Indicator, on: date = ON) -> str:
    found = read(known, on)[indicator]
    assert found.value is None
    return found.missing


def test_without_anything_every_indicator_says_what_is_missing() -> None:
    found = read(known(), ON)
    assert set(found) == set(Indicator)
    assert {one.value for one in found.values()} == {None}
    assert all(one.missing for one in found.values())


def test_cases_of_a_week_per_100_000() -> None:
    cases = {**dict.fromkeys(days(8), 10), ON + timedelta(days=1): 500}
    assert value(known(cases=cases), Indicator.CASES_WEEKLY) == Decimal("35.00")


def test_no_case_is_nought_only_where_a_register_is_kept() -> None:
    assert missing(known(), Indicator.CASES_WEEKLY) == "no_register"
    assert value(kept(EVERY_DAY), Indicator.CASES_WEEKLY) == 0
    later = replace(known(), kept_since=ON + timedelta(days=1))
    assert missing(later, Indicator.CASES_WEEKLY) == "no_register"
    assert missing(later, Indicator.REPRODUCTION) == "no_register"


def kept(heard: Hearing, cases: Mapping[date, int] | None = None) -> Known:
    """Return a register that is kept for two months, with what was told of."""
    began = ON - timedelta(days=60)
    return replace(known(cases=cases), kept_since=began, heard=heard)


def test_a_village_is_told_of_every_day_but_one_of_a_week() -> None:
    silent = kept(of_village(()))
    assert missing(silent, Indicator.CASES_WEEKLY) == "not_heard"
    one_day = kept(of_village([ON - timedelta(days=6)]))
    assert missing(one_day, Indicator.CASES_WEEKLY) == "not_heard"
    week = days(7)
    assert value(kept(of_village(week)), Indicator.CASES_WEEKLY) == 0
    assert GRACE_DAYS == 1
    for late in week:
        six = [day for day in week if day != late]
        assert value(kept(of_village(six)), Indicator.CASES_WEEKLY) == 0
    assert missing(kept(of_village(week[2:])), Indicator.CASES_WEEKLY) == "not_heard"


@pytest.mark.parametrize(
    ("told_of", "villages", "enough"),
    [(9, 10, True), (8, 10, False), (196, 217, True), (195, 217, False), (0, 0, False)],
)
def test_a_regency_is_told_of_where_nine_in_ten_villages_are(
    told_of: int, villages: int, enough: bool
) -> None:
    told = dict.fromkeys(days(7), villages)
    heard = of_villages({**told, ON - timedelta(days=3): told_of}, villages)
    found = read(kept(heard), ON)[Indicator.CASES_WEEKLY]
    assert (found.value, found.missing) == ((0, "") if enough else (None, "few_heard"))


def test_two_silent_months_are_not_without_cases() -> None:
    silent = kept(of_villages({}, 217), {ON - timedelta(days=60): 5})
    assert missing(silent, Indicator.CASES_WEEKLY) == "few_heard"
    assert missing(silent, Indicator.REPRODUCTION) == "gap"


@pytest.mark.parametrize("back", [0, 3, 20, 36])
def test_rt_does_not_fall_by_silence(back: int) -> None:
    cases = dict.fromkeys(days(60), 100)
    whole = dict.fromkeys(days(61), 10)
    assert value(kept(of_villages(whole, 10), cases), Indicator.REPRODUCTION)
    holed = of_villages({**whole, ON - timedelta(days=back): 8}, 10)
    assert missing(kept(holed, cases), Indicator.REPRODUCTION) == "gap"


def test_what_no_longer_passes_on_is_no_gap() -> None:
    cases = dict.fromkeys(days(60), 100)
    heard = of_villages(dict.fromkeys(days(37), 10), 10)
    assert value(kept(heard, cases), Indicator.REPRODUCTION) is not None


def test_nobody_lives_there_so_there_is_no_rate() -> None:
    empty = known(cases={ON: 3}, people=0)
    assert missing(empty, Indicator.CASES_WEEKLY) == "no_population"


def test_rt_is_said_from_eleven_cases_on() -> None:
    enough = known(cases=dict.fromkeys(days(40), 2))
    found = value(enough, Indicator.REPRODUCTION)
    assert found is not None
    assert abs(found - 1) < Decimal("0.1")  # 15 / 14.2: few cases lean on the prior
    few = known(cases=dict.fromkeys(days(40), 1))
    assert missing(few, Indicator.REPRODUCTION) == "too_few_cases"


def test_a_value_is_held_against_limits_as_it_is() -> None:
    """Rounded, 150.0044 would be level 3, and 3,499.996 tests would open a gate."""
    cases = value(known(cases={ON: 2550}, people=1_699_950), Indicator.CASES_WEEKLY)
    assert cases is not None
    assert Decimal(150) < cases < Decimal("150.005")
    tests = told(Kind.TESTS, 849_999, 0, [ON])
    found = value(known(tests, people=242_857_143), Indicator.TESTS)
    assert found is not None
    assert Decimal("3499.99") < found < 3500


def test_admitted_and_died_per_100_000() -> None:
    week = known(told(Kind.PATIENTS, 4, 1, days(7)))
    assert value(week, Indicator.ADMISSIONS_WEEKLY) == 14
    assert value(week, Indicator.DEATHS_WEEKLY) == Decimal("3.50")


WEEKLY = [
    (Kind.PATIENTS, Indicator.ADMISSIONS_WEEKLY),
    (Kind.PATIENTS, Indicator.DEATHS_WEEKLY),
    (Kind.TESTS, Indicator.POSITIVITY),
    (Kind.TRACING, Indicator.CONTACTS_TRACED),
]


@pytest.mark.parametrize(("kind", "indicator"), WEEKLY)
def test_a_day_without_a_report_is_not_a_nought(
    kind: Kind, indicator: Indicator
) -> None:
    week = days(7)
    assert value(known(told(kind, 9, 3, week)), indicator) is not None
    holed = [day for day in week if day != ON - timedelta(days=2)]
    assert missing(known(told(kind, 9, 3, holed)), indicator) == "some_days"
    old = days(7, until=ON - timedelta(days=20))
    assert missing(known(told(kind, 9, 3, old)), indicator) == "old"
    assert missing(known(), indicator) == "no_data"


def test_a_laboratory_that_falls_silent_is_waited_for_two_weeks() -> None:
    rsud = [Told(RSUD, day, 50, 5) for day in days(20)]
    silent = ON - timedelta(days=8)
    clinic = [Told(CLINIC, day, 10, 5) for day in days(5, until=silent)]
    both = known({Kind.TESTS: [*rsud, *clinic]})
    assert missing(both, Indicator.POSITIVITY) == "some_days"
    gone = silent + timedelta(days=14)
    late = [Told(RSUD, day, 50, 5) for day in days(40, until=gone)]
    both = known({Kind.TESTS: [*late, *clinic]})
    assert missing(both, Indicator.POSITIVITY, gone - timedelta(days=1)) == "some_days"
    assert value(both, Indicator.POSITIVITY, gone) == 10


def test_positive_of_those_tested() -> None:
    assert value(known(told(Kind.TESTS, 60, 3, days(7))), Indicator.POSITIVITY) == 5
    nobody = known(told(Kind.TESTS, 0, 0, days(7)))
    assert missing(nobody, Indicator.POSITIVITY) == "nobody_tested"


def test_tests_so_far_per_million() -> None:
    found = known(told(Kind.TESTS, 100, 3, days(7)))
    assert value(found, Indicator.TESTS) == 3_500
    assert value(found, Indicator.TESTS, ON + timedelta(days=6)) == 3_500
    assert missing(found, Indicator.TESTS, ON + timedelta(days=7)) == "old"
    before = ON - timedelta(days=8)
    assert missing(found, Indicator.TESTS, before) == "no_data"


def test_beds_are_those_of_all_hospitals_today_or_yesterday() -> None:
    yesterday = ON - timedelta(days=1)
    beds = [
        Told(RSUD, yesterday, 60, 30),
        Told(CLINIC, ON, 20, 26),
        Told(CLINIC, yesterday, 20, 1),
    ]
    assert value(known({Kind.BEDS: beds}), Indicator.BED_OCCUPANCY) == 70
    tomorrow = ON + timedelta(days=1)
    late = known({Kind.BEDS: beds})
    assert missing(late, Indicator.BED_OCCUPANCY, tomorrow) == "some_hospitals"
    gone = ON + timedelta(days=14)
    assert missing(late, Indicator.BED_OCCUPANCY, gone) == "old"
    none = known(told(Kind.BEDS, 0, 0, [ON], RSUD))
    assert missing(none, Indicator.BED_OCCUPANCY) == "no_beds"


def test_contacts_for_each_case_that_was_followed() -> None:
    found = known(told(Kind.TRACING, 3, 42, days(7)))
    assert value(found, Indicator.CONTACTS_TRACED) == 14
    nobody = known(told(Kind.TRACING, 0, 0, days(7)))
    assert missing(nobody, Indicator.CONTACTS_TRACED) == "nobody_followed"


def test_compliance_is_asked_elsewhere() -> None:
    assert missing(known(), Indicator.COMPLIANCE) == "asked_elsewhere"


def test_what_comes_later_changes_no_day_before() -> None:
    """Replay: a day is read as it was, whatever was told of later days."""
    early = known(told(Kind.TESTS, 100, 3, days(20)), dict.fromkeys(days(40), 2))
    after = days(10, until=ON + timedelta(days=10))
    tests = [*early.told[Kind.TESTS], *told(Kind.TESTS, 7, 7, after)[Kind.TESTS]]
    late = known({Kind.TESTS: tests}, {**early.cases, **dict.fromkeys(after, 50)})
    assert read(late, ON) == read(early, ON)
