"""R comes out as the authors of the method publish it, and not where it cannot."""

from datetime import date, timedelta
from math import exp, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartkampung.reopening.signals.rules.gamma import below, quantile
from smartkampung.reopening.signals.rules.reproduction import (
    COVID,
    LONGEST,
    Estimate,
    Interval,
    Missing,
    posterior,
    reproduction,
    reproduction_by_day,
    weights,
)

# Pandemic influenza in a school in Pennsylvania, 27 April to 28 May 2009 (Cauchemez et
# al., PNAS 2011), as data set Flu2009 of EpiEstim has it; printed whole in the README
# of the R package "incidence" that takes it as its example.
FLU = [
    *(1, 1, 0, 2, 5, 3, 3, 3, 6, 2, 5, 9, 13, 12, 13, 11),
    *(12, 6, 6, 6, 3, 1, 0, 2, 0, 0, 0, 0, 2, 0, 2, 0),
]
FLU_INTERVAL = Interval(2.6, 1.5, "Ferguson et al. 2005, Nature 437:209")
# Of the vignette "EpiEstim: a demonstration" (Anne Cori, EpiEstim 2.2-4, 2020-12-09,
# mrc-ide/EpiEstim articles/demo.html): Flu2009$si_distr, and head(R) of estimate_R
# with parametric_si, mean_si 2.6, std_si 1.5.
# Day of the end: mean, deviation, quantiles 0.025, 0.5, 0.975.
PUBLISHED_WEIGHTS = (
    *(0.000, 0.233, 0.359, 0.198, 0.103, 0.053),
    *(0.027, 0.014, 0.007, 0.003, 0.002, 0.001),
)
PUBLISHED = {
    8: (1.735798, 0.4091314, 1.0287437, 1.703761, 2.624781),
    9: (1.749168, 0.3647267, 1.1088223, 1.723884, 2.533119),
    10: (1.537058, 0.3074116, 0.9947030, 1.516613, 2.195540),
    11: (1.431839, 0.2705921, 0.9514466, 1.414830, 2.008849),
    12: (1.422725, 0.2515046, 0.9731426, 1.407932, 1.956336),
    13: (1.635373, 0.2523436, 1.1786332, 1.622413, 2.165745),
}


@pytest.mark.parametrize("day", PUBLISHED)
def test_flu_of_2009_comes_out_as_published(day: int) -> None:
    found = reproduction(FLU, interval=FLU_INTERVAL)[day - 1]
    assert isinstance(found, Estimate)
    ours = (found.mean, found.deviation, found.low, found.median, found.high)
    assert ours == pytest.approx(PUBLISHED[day], rel=1e-6)


def test_the_serial_interval_comes_out_as_published() -> None:
    ours = weights(FLU_INTERVAL, longest=11)
    assert [round(one, 3) for one in ours] == list(PUBLISHED_WEIGHTS)


def test_the_interval_of_covid_keeps_its_mean_and_leaves_nothing_out() -> None:
    ours = weights(COVID)
    assert ours[0] == 0
    assert sum(ours) == pytest.approx(1, abs=1e-4)
    mean = sum(days * part for days, part in enumerate(ours))
    assert mean == pytest.approx(COVID.mean, abs=0.01)
    assert len(ours) == LONGEST + 1


def test_as_many_every_day_is_one() -> None:
    last = reproduction([100] * 60)[-1]
    assert isinstance(last, Estimate)
    assert last.mean == pytest.approx(1, abs=0.01)
    assert last.low < 1 < last.high


def test_doubling_is_above_one_and_halving_below() -> None:
    rising = reproduction([round(10 * 2 ** (day / 7)) for day in range(50)])[-1]
    falling = reproduction([round(2000 / 2 ** (day / 7)) for day in range(50)])[-1]
    assert isinstance(rising, Estimate)
    assert isinstance(falling, Estimate)
    assert rising.low > 1
    assert falling.high < 1


def test_the_posterior_by_hand() -> None:
    """Prior gamma(1, 5); 19 cases on a force of 9.8: gamma(20, 1 / 10)."""
    found = posterior(19, 9.8)
    assert found.mean == pytest.approx(2.0)
    assert found.deviation == pytest.approx(20**0.5 / 10)


@pytest.mark.parametrize(
    ("cases", "why"),
    [
        ([1] * 7, Missing.NOBODY_BEFORE),
        ([0] * 10 + [11] + [0] * 6 + [0], Missing.TOO_FEW_CASES),
        ([0] * 20 + [0] * 6 + [11], Missing.NOBODY_BEFORE),
        ([1] * 9 + [2], Missing.TOO_FEW_CASES),
        ([9] * 20 + [None] + [9] * 6, Missing.GAP),
        ([9] * 20 + [None] + [9] * 30, Missing.GAP),
    ],
    ids=[
        "seven days have nothing before them",
        "the eleven lie before the window",
        "nobody can have infected them",
        "ten days, eight cases in seven",
        "a day of the window is not known",
        "a day that still passes on is not known",
    ],
)
def test_no_number_where_there_can_be_none(
    cases: list[int | None], why: Missing
) -> None:
    assert reproduction(cases)[-1] is why


def test_eleven_cases_are_enough_and_ten_are_not() -> None:
    before = [3] * 20
    assert reproduction([*before, 2, 2, 2, 2, 1, 1, 0])[-1] is Missing.TOO_FEW_CASES
    assert isinstance(reproduction([*before, 2, 2, 2, 2, 1, 1, 1])[-1], Estimate)


def test_a_gap_is_over_once_nobody_of_it_passes_on() -> None:
    found = reproduction([9] * 20 + [None] + [9] * (LONGEST + 7))
    assert found[-2] is Missing.GAP
    assert isinstance(found[-1], Estimate)


def test_days_without_cases_count_as_none_and_the_asked_days_come_back() -> None:
    first = date(2020, 4, 1)
    cases: dict[date, int | None] = {first: 5, first + timedelta(days=4): 20}
    until = first + timedelta(days=9)
    found = reproduction_by_day(cases, since=first + timedelta(days=7), until=until)
    straight = reproduction([5, 0, 0, 0, 20, 0, 0, 0, 0])
    assert list(found.values()) == straight[7:]
    assert list(found) == [first + timedelta(days=7), first + timedelta(days=8)]


@given(
    shape=st.floats(0.5, 5000),
    part=st.sampled_from([0.001, 0.025, 0.5, 0.975, 0.999]),
    scale=st.floats(0.001, 50),
)
def test_a_quantile_is_where_its_part_lies_below(
    shape: float, part: float, scale: float
) -> None:
    value = quantile(part, shape=shape, scale=scale)
    assert below(value, shape=shape, scale=scale) == pytest.approx(part, abs=1e-7)


def test_known_values_of_the_gamma_distribution() -> None:
    """Shape 1 is exponential; 0.05 quantile of chi-square with 10: 3.940299."""
    assert isclose(below(2, shape=1), 1 - exp(-2), rel_tol=1e-12)
    assert 2 * quantile(0.05, shape=5) == pytest.approx(3.940299, abs=1e-6)
    assert below(0, shape=3) == below(-1, shape=3) == 0


@given(st.lists(st.integers(0, 400), min_size=40, max_size=60))
def test_the_median_lies_inside_its_interval(cases: list[int]) -> None:
    (last,) = reproduction(cases, first=len(cases) - 1)
    if isinstance(last, Estimate):
        assert 0 < last.low < last.median < last.high
