"""Loans come back, early or late; agreements are made anew and kept."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from smartkampung.kernel.clock import day
from smartkampung.ledger.queries import balances
from smartkampung.recovery.programmes.actions.answering import NoReason
from smartkampung.recovery.programmes.actions.attending import FormReused
from smartkampung.recovery.programmes.actions.lending import (
    CannotRepay,
    CannotReschedule,
    repay,
    reschedule,
    watch_loans,
)
from smartkampung.recovery.programmes.actions.paying import hand_over
from smartkampung.recovery.programmes.models import Loan, Plan, Repayment
from smartkampung.recovery.programmes.queries.money import lent_of
from smartkampung.recovery.programmes.rules.loans import Standing
from smartkampung.recovery.programmes.rules.money import loan_of, repaid_of
from smartkampung.recovery.programmes.rules.states import Kind
from smartkampung.worklist.models import WorkItem
from tests.recovering import MONDAY, accepted, form

pytestmark = pytest.mark.django_db
LATE = MONDAY + timedelta(days=70)  # 12 October: two instalments should have come


@pytest.fixture
def loan() -> Loan:
    """Return three million that Ayu pays back in ten months."""
    made = accepted(Kind.MICRO_CAPITAL)
    hand_over(
        form_id=form(), receipt="KW-1", seat=made.seat("Ayu"), by="made", at=MONDAY
    )
    return Loan.objects.select_related("seat__offer").get()


def back(loan: Loan, amount: int, at: datetime = LATE, **told: Any) -> Repayment:
    """Write down what came back."""
    values: dict[str, Any] = {"form_id": form(), "on": day(at)} | told
    return repay(loan=loan, amount=amount, by="made", at=at, **values)


def where(loan: Loan, at: datetime = LATE) -> Standing:
    """Return where the loan stands."""
    [lent] = lent_of([loan], on=day(at))
    return lent.standing


def held(loan: Loan) -> int:
    """Return what the ledger says is still to come back."""
    return balances([loan_of(loan.seat_id)])[loan_of(loan.seat_id)]


def overdue() -> int:
    """Return how many loans wait on the list."""
    return WorkItem.objects.filter(kind="recovery.arrears", closed_at=None).count()


@pytest.mark.closes("recovery.pay")
def test_what_comes_back_lowers_what_is_left_in_both_books(loan: Loan) -> None:
    back(loan, 300_000)
    assert (where(loan).left, held(loan)) == (2_700_000, 2_700_000)
    code = repaid_of(loan.seat.offer.programme_id)
    assert balances([code]) == {code: 300_000}


def test_a_late_instalment_waits_on_the_list_once_until_it_is_paid(loan: Loan) -> None:
    assert watch_loans(at=MONDAY) == 0
    for _twice in range(2):
        assert watch_loans(at=LATE) == 1
    assert (overdue(), where(loan).arrears) == (1, 600_000)
    back(loan, 300_000)
    assert overdue() == 1
    back(loan, 300_000)
    assert overdue() == 0


def test_paying_early_is_paying_ahead(loan: Loan) -> None:
    back(loan, 1_000_000, MONDAY)
    found = where(loan)
    assert (found.ahead, found.arrears) == (400_000, 0)
    assert found.next_due is not None
    assert found.next_due.number == 4


def test_too_much_is_refused_with_what_is_left(loan: Loan) -> None:
    back(loan, 2_900_000)
    with pytest.raises(CannotRepay, match=r"Rp100\.000.*Rp150\.000"):
        back(loan, 150_000)
    back(loan, 100_000)
    assert held(loan) == 0
    with pytest.raises(CannotRepay, match="lunas"):
        back(loan, 1)


@pytest.mark.parametrize("amount", [0, -5])
def test_nothing_is_no_repayment(loan: Loan, amount: int) -> None:
    with pytest.raises(CannotRepay):
        back(loan, amount)


@pytest.mark.parametrize("on", [date(2020, 8, 2), date(2020, 10, 13)])
def test_a_day_before_the_loan_or_to_come_is_refused(loan: Loan, on: date) -> None:
    with pytest.raises(CannotRepay, match="3 Agustus 2020"):
        back(loan, 1_000, on=on)


def test_the_same_form_is_one_repayment(loan: Loan) -> None:
    same = form()
    for _twice in range(2):
        back(loan, 300_000, form_id=same)
    assert Repayment.objects.count() == 1
    with pytest.raises(FormReused):
        back(loan, 200_000, form_id=same)


@pytest.mark.closes("recovery.arrears")
def test_a_new_plan_begins_with_what_is_left_and_the_old_one_stays(loan: Loan) -> None:
    back(loan, 500_000)
    watch_loans(at=LATE)
    reschedule(
        form_id=form(),
        loan=loan,
        months=5,
        first_on=date(2020, 11, 1),
        reason="Banjir",
        by="made",
        at=LATE,
    )
    assert [plan.number for plan in Plan.objects.order_by("pk")] == [1, 2]
    found = where(loan)
    assert (found.left, found.arrears, len(found.lines)) == (2_500_000, 0, 5)
    assert overdue() == 0
    back(loan, 500_000)
    assert where(loan).left == held(loan) == 2_000_000


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"months": 0}, CannotReschedule),
        ({"months": 61}, CannotReschedule),
        ({"first_on": date(2020, 10, 11)}, CannotReschedule),
        ({"first_on": date(2021, 10, 13)}, CannotReschedule),
        ({"first_on": date(9999, 12, 31)}, CannotReschedule),
        ({"reason": "  "}, NoReason),
    ],
)
def test_a_new_plan_that_cannot_be(
    loan: Loan, told: dict[str, Any], refusal: type[Exception]
) -> None:
    values: dict[str, Any] = {
        "months": 5,
        "first_on": date(2020, 11, 1),
        "reason": "Banjir",
    }
    with pytest.raises(refusal):
        reschedule(form_id=form(), loan=loan, by="made", at=LATE, **values | told)


def test_the_same_form_is_one_plan(loan: Loan) -> None:
    told: dict[str, Any] = {"first_on": date(2020, 11, 1), "reason": "Banjir"}
    same = form()
    for _twice in range(2):
        reschedule(form_id=same, loan=loan, months=5, by="made", at=LATE, **told)
    assert Plan.objects.count() == 2
    with pytest.raises(FormReused):
        reschedule(form_id=same, loan=loan, months=6, by="made", at=LATE, **told)


def test_what_is_paid_back_needs_no_new_plan(loan: Loan) -> None:
    back(loan, 3_000_000)
    with pytest.raises(CannotReschedule, match="lunas"):
        reschedule(
            form_id=form(),
            loan=loan,
            months=5,
            first_on=date(2020, 11, 1),
            reason="x",
            by="made",
            at=LATE,
        )
