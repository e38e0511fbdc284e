"""What a seat may cost, and what is owed for what was done."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartkampung.recovery.programmes.rules.money import (
    Done,
    Terms,
    amount_for,
    earned,
    owed,
)
from smartkampung.recovery.programmes.rules.states import Pays

WORK = Terms(Pays.WAGE, cost=1_600_000, wage=80_000, days=20)
COURSE = Terms(Pays.COURSE, cost=1_000_000, wage=0, days=10)
LOAN = Terms(Pays.LOAN, cost=3_000_000, wage=0, days=0)


@pytest.mark.parametrize(
    ("terms", "held", "amount"),
    [
        (WORK, 0, 1_600_000),
        (WORK, 5, 1_200_000),
        (WORK, 20, 80_000),
        (COURSE, 5, 1_000_000),
        (LOAN, 0, 3_000_000),
    ],
)
def test_who_comes_late_is_set_aside_the_days_that_are_left(
    terms: Terms, held: int, amount: int
) -> None:
    assert amount_for(terms, held=held) == amount


@pytest.mark.parametrize(
    ("terms", "done", "due"),
    [
        pytest.param(WORK, Done(), 0, id="nobody came"),
        pytest.param(WORK, Done(attended=3), 240_000, id="three days"),
        pytest.param(WORK, Done(attended=3, paid=80_000), 160_000, id="one is paid"),
        pytest.param(WORK, Done(attended=2, paid=240_000), 0, id="corrected since"),
        pytest.param(WORK, Done(attended=30), 1_600_000, id="more days than there are"),
        pytest.param(COURSE, Done(attended=4), 400_000, id="a part of the course"),
        pytest.param(COURSE, Done(4, 0, finished=True), 1_000_000, id="the course"),
        pytest.param(LOAN, Done(), 0, id="not handed over"),
        pytest.param(LOAN, Done(paid=3_000_000), 0, id="handed over"),
    ],
)
def test_what_is_owed(terms: Terms, done: Done, due: int) -> None:
    assert owed(terms, done, amount=amount_for(terms, held=0)) == due


@given(
    st.sampled_from([WORK, COURSE, LOAN]),
    st.integers(0, 40),
    st.integers(0, 2_000_000),
    st.booleans(),
)
def test_nothing_is_owed_beyond_what_was_set_aside(
    terms: Terms, attended: int, paid: int, finished: bool
) -> None:
    done = Done(attended, min(paid, terms.cost), finished)
    assert done.paid + owed(terms, done, amount=terms.cost) <= terms.cost
    assert earned(terms, done, amount=terms.cost) <= terms.cost
