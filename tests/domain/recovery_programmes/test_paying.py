"""Wages, grants and loans reach people once, and never more than was set aside."""

from typing import Any

import pytest
from django.db import transaction

from smartkampung.ledger.actions import BudgetExhausted
from smartkampung.ledger.models import Transfer
from smartkampung.ledger.queries import accounts_that_disagree, balances
from smartkampung.recovery.programmes.actions.answering import accept
from smartkampung.recovery.programmes.actions.attending import FormReused
from smartkampung.recovery.programmes.actions.following import reach
from smartkampung.recovery.programmes.actions.paying import (
    NoReceipt,
    NothingOwed,
    PaysOwnWord,
    hand_over,
    pay_wages,
)
from smartkampung.recovery.programmes.models import Instalment, Loan, Payout
from smartkampung.recovery.programmes.rules.money import (
    budget_of,
    due_of,
    loan_of,
    paid_of,
)
from smartkampung.recovery.programmes.rules.states import Kind, Milestone
from smartkampung.residents.models import Person
from smartkampung.worklist.models import WorkItem
from tests.domain.aid.test_promises import Broken
from tests.races import at_once
from tests.recovering import (
    DAY,
    FIRST_DAY,
    MONDAY,
    STARTS,
    Running,
    accepted,
    form,
    running,
    there,
)

pytestmark = pytest.mark.django_db


def pay(made: Running) -> int:
    """Pay what is owed to everybody."""
    return pay_wages(
        form_id=form(), receipt="KW-1", offer=made.offer, by="made", at=FIRST_DAY
    )


def test_a_wage_is_the_days_times_the_wage() -> None:
    made = accepted()
    there(made, "Ayu", "Bagus")
    there(made, "Ayu", on=STARTS + DAY, at=FIRST_DAY + DAY)
    assert pay(made) == 240_000
    amounts = dict(Payout.objects.values_list("seat__person__name", "amount"))
    assert amounts == {"Ayu": 160_000, "Bagus": 80_000}
    assert balances([paid_of(made.offer.pk)]) == {paid_of(made.offer.pk): 240_000}
    assert accounts_that_disagree() == []


def test_what_was_paid_is_not_paid_again() -> None:
    made = accepted()
    there(made, "Ayu")
    pay(made)
    with pytest.raises(NothingOwed):
        pay(made)
    there(made, "Ayu", on=STARTS + DAY, at=FIRST_DAY + DAY)
    assert pay(made) == 80_000


def test_the_same_form_pays_once() -> None:
    made = accepted()
    there(made, "Ayu")
    same = form()
    for _twice in range(2):
        paid = pay_wages(
            form_id=same, receipt="KW-1", offer=made.offer, by="made", at=FIRST_DAY
        )
        assert paid == 80_000
    assert Transfer.objects.filter(kind="recovery.pay").count() == 1


def test_nobody_is_owed_anything_before_working() -> None:
    with pytest.raises(NothingOwed):
        pay(accepted())


def test_who_gives_a_course_is_paid_for_the_part_that_was_given() -> None:
    made = accepted(Kind.TRAINING)
    there(made, "Ayu")
    assert pay(made) == 100_000


def test_a_grant_is_handed_over_whole_and_once() -> None:
    made = accepted(Kind.TOOLS)
    seat = made.seat("Ayu")
    assert WorkItem.objects.filter(kind="recovery.pay", closed_at=None).count() == 2
    hand_over(form_id=form(), receipt="KW-1", seat=seat, by="made", at=MONDAY)
    with pytest.raises(NothingOwed, match="sudah diserahkan"):
        hand_over(form_id=form(), receipt="KW-1", seat=seat, by="made", at=MONDAY)
    held = balances([due_of(seat.pk), paid_of(made.offer.pk)])
    assert held == {due_of(seat.pk): 0, paid_of(made.offer.pk): 2_000_000}
    assert made.states()["Ayu"] == "attending"
    assert WorkItem.objects.filter(kind="recovery.pay", closed_at=None).count() == 1


def test_a_loan_is_an_account_of_the_seat_with_a_plan() -> None:
    made = accepted(Kind.MICRO_CAPITAL)
    seat = made.seat("Ayu")
    same = form()
    for _twice in range(2):
        hand_over(form_id=same, receipt="KW-1", seat=seat, by="made", at=MONDAY)
    assert balances([loan_of(seat.pk)]) == {loan_of(seat.pk): 3_000_000}
    assert Loan.objects.get().amount == 3_000_000
    parts = Instalment.objects.order_by("number").values_list("due_on", "amount")
    assert len(parts) == 10
    assert (parts[0][0].isoformat(), parts[0][1]) == ("2020-09-03", 300_000)


def test_one_form_hands_over_to_one_person() -> None:
    made = accepted(Kind.TOOLS)
    same = form()
    hand_over(form_id=same, receipt="KW-1", seat=made.seat("Ayu"), by="made", at=MONDAY)
    with pytest.raises(FormReused):
        hand_over(
            form_id=same, receipt="KW-1", seat=made.seat("Bagus"), by="made", at=MONDAY
        )


def test_nothing_is_handed_over_to_who_has_not_accepted() -> None:
    with pytest.raises(NothingOwed):
        hand_over(
            form_id=form(),
            receipt="KW-1",
            seat=running(Kind.TOOLS).seat("Ayu"),
            by="made",
            at=MONDAY,
        )


def test_nothing_is_handed_over_to_the_dead() -> None:
    made = accepted(Kind.MICRO_CAPITAL)
    Person.objects.filter(name="Ayu").update(status="dead")
    with pytest.raises(NothingOwed, match="meninggal"):
        hand_over(
            form_id=form(), receipt="KW-1", seat=made.seat("Ayu"), by="made", at=MONDAY
        )
    assert not Loan.objects.exists()


def test_a_wage_is_not_handed_over_at_once() -> None:
    with pytest.raises(NothingOwed):
        hand_over(
            form_id=form(),
            receipt="KW-1",
            seat=accepted().seat("Ayu"),
            by="made",
            at=MONDAY,
        )


def test_the_budget_cannot_go_below_nought() -> None:
    """Past the action that counts what is left: the ledger has the last word."""
    made = running(places=2)
    seat = made.seat("Ayu")
    seat.amount = 9_000_000
    seat.save(update_fields=["amount"])
    with pytest.raises(BudgetExhausted):
        accept_now(made)
    assert balances([budget_of(made.offer.pk)])[budget_of(made.offer.pk)] == 3_200_000


def accept_now(made: Running) -> None:
    """Let Ayu accept."""
    accept(seat=made.seat("Ayu"), by="public", at=MONDAY)


def test_who_wrote_attendance_does_not_pay_it() -> None:
    made = accepted()
    there(made, "Ayu")
    with pytest.raises(PaysOwnWord, match="petugas lain"):
        pay_wages(
            form_id=form(), receipt="KW-1", offer=made.offer, by="sari", at=FIRST_DAY
        )
    assert not Payout.objects.exists()
    assert pay(made) == 80_000


@pytest.mark.parametrize("answered_by", ["public", "sari"])
def test_who_wrote_the_answer_down_does_not_hand_over(answered_by: str) -> None:
    made = running(Kind.TOOLS)
    accept(seat=made.seat("Ayu"), by=answered_by, at=MONDAY)
    if answered_by == "public":
        reach(
            seat=made.seat("Ayu"),
            what=Milestone.TOOLS_RECEIVED,
            on=MONDAY.date(),
            by="sari",
            at=MONDAY,
        )
    given: dict[str, Any] = {"form_id": form(), "receipt": "KW-1", "at": MONDAY}
    with pytest.raises(PaysOwnWord, match="petugas lain"):
        hand_over(seat=made.seat("Ayu"), by="sari", **given)
    assert hand_over(seat=made.seat("Ayu"), by="made", **given).receipt == "KW-1"


def test_past_the_action_who_wrote_the_answer_hands_nothing_over() -> None:
    seat = running(Kind.TOOLS).seat("Ayu")
    accept(seat=seat, by="sari", at=MONDAY)
    told = {"receipt": "KW-1", "amount": 1, "by": "sari", "at": MONDAY}
    with Broken("payout_by_another"):
        Payout.objects.create(id=form(), seat=seat, **told)


def test_nothing_is_paid_without_a_receipt() -> None:
    made = accepted()
    there(made, "Ayu")
    with pytest.raises(NoReceipt, match="kuitansi"):
        pay_wages(form_id=form(), receipt=" ", offer=made.offer, by="made", at=MONDAY)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_officers_who_pay_at_once_pay_once() -> None:
    with transaction.atomic():
        made = accepted()
        there(made, "Ayu")

    def press() -> str:
        try:
            with transaction.atomic():
                return str(pay(made))
        except NothingOwed as refused:
            return refused.code

    assert sorted(at_once(3, press)) == ["80000", "nothing_owed", "nothing_owed"]
