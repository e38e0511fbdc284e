"""Every promise of the tables of programmes, broken past the actions, by its name."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest

from smartkampung.recovery.programmes.actions.answering import accept
from smartkampung.recovery.programmes.actions.planning import set_pairs
from smartkampung.recovery.programmes.models import (
    Attendance,
    Closing,
    Figure,
    Instalment,
    KindPair,
    Loan,
    MilestoneReached,
    Offer,
    Outcome,
    Payout,
    Plan,
    Repayment,
    Seat,
    Sheet,
)
from smartkampung.recovery.programmes.rules.states import Kind
from tests.domain.aid.test_promises import Broken, refuses, refuses_to_delete
from tests.recovering import MONDAY, Running, a_draft, running, there

pytestmark = pytest.mark.django_db
SIGNED = {"by": "sari", "at": MONDAY}
TODAY = date(2020, 8, 3)


@pytest.fixture
def made() -> Running:
    """Return an offer to which Ayu and Bagus are invited."""
    return running()


def changed(made: Running, name: str, **told: Any) -> None:
    """Change the seat of Ayu past the actions."""
    Seat.objects.filter(pk=made.seat(name).pk).update(**told)


# -- offers -----------------------------------------------------------------------


def test_offer_has_places() -> None:
    draft = a_draft()
    with Broken("offer_has_places"):
        Offer.objects.filter(pk=draft.pk).update(places=0)


def test_offer_days_in_order() -> None:
    draft = a_draft()
    with Broken("offer_days_in_order"):
        Offer.objects.update(ends_on=draft.starts_on - timedelta(days=1))


def test_offer_opened_by_another() -> None:
    draft = a_draft()
    own = {"state": "open", "opened_by": draft.made_by, "opened_at": MONDAY}
    with Broken("offer_opened_by_another"):
        Offer.objects.filter(pk=draft.pk).update(**own)


def test_offer_opening_is_signed() -> None:
    a_draft()
    with Broken("offer_opening_is_signed"):
        Offer.objects.update(state="open")


def test_offer_wages_are_the_cost() -> None:
    a_draft()
    with Broken("offer_wages_are_the_cost"):
        Offer.objects.update(days=7)


def test_offer_loan_has_months() -> None:
    a_draft()
    with Broken("offer_loan_has_months"):
        Offer.objects.update(loan_months=3)


@pytest.mark.parametrize(
    "told",
    [
        {"places": 9},
        {"wage": 1},
        {"region_code": "35"},
        {"cost_each": 1},
        # Past the action: who stands for it, and what people read.
        {"made_by": "x"},
        {"opened_by": "x"},
        {"text": "x"},
        {"answer_days": 1},
        {"ends_on": date(2020, 12, 31)},
    ],
)
def test_offer_fixed_once_open(made: Running, told: dict[str, Any]) -> None:
    with Broken("offer_fixed_once_open"):
        Offer.objects.filter(pk=made.offer.pk).update(**told)


def test_kind_pair_once() -> None:
    with Broken("kind_pair_once"):
        KindPair.objects.create(first="tools", second="tools")


def test_kind_pair_in_order() -> None:
    with Broken("kind_pair_in_order"):
        KindPair.objects.create(first="training", second="placement")


# -- early ends -------------------------------------------------------------------


def a_wish(made: Running, **told: Any) -> Closing:
    """Ask to close an offer, past the action."""
    values = {"reason": "Banjir", "asked_by": "made", "asked_at": MONDAY}
    return Closing.objects.create(offer=made.offer, **values | told)


def test_closing_one_waiting(made: Running) -> None:
    a_wish(made)
    with Broken("closing_one_waiting"):
        a_wish(made)


def test_closing_has_reason(made: Running) -> None:
    with Broken("closing_has_reason"):
        a_wish(made, reason="")


def test_closing_needs_two_people(made: Running) -> None:
    with Broken("closing_needs_two_people"):
        a_wish(made, decided_by="made", decided_at=MONDAY, granted=True)


def test_closing_decision_is_signed(made: Running) -> None:
    with Broken("closing_decision_is_signed"):
        a_wish(made, granted=True)


# -- seats ------------------------------------------------------------------------


def another_seat(made: Running, who: int, **told: Any) -> Seat:
    """Give somebody of the ranking a seat past the actions."""
    values = {
        "offer": made.offer,
        "person": made.people[who],
        "region_code": made.people[who].region_code,
        "number": 2,
        "place": who + 1,
        "code_hash": uuid.uuid4().bytes,
        "amount": 0,
        "by_phone": True,
        "invited_at": MONDAY,
        "answer_by": MONDAY,
    }
    return Seat.objects.create(**values | told)


def test_seat_once_in_an_offer(made: Running) -> None:
    changed(made, "Ayu", state="refused", holds=False)
    with Broken("seat_once_in_an_offer"):
        another_seat(made, 0, number=1)


def test_seat_number_once(made: Running) -> None:
    with Broken("seat_number_once"):
        another_seat(made, 2)


@pytest.mark.parametrize("number", [0, 3])
def test_seat_number_within_places(made: Running, number: int) -> None:
    with Broken("seat_number_within_places"):
        another_seat(made, 2, number=number)


@pytest.mark.parametrize(
    ("state", "holds"), [("accepted", False), ("refused", True), ("expired", True)]
)
def test_seat_holds_as_its_state(made: Running, state: str, holds: bool) -> None:
    with Broken("seat_holds_as_its_state"):
        changed(made, "Ayu", state=state, holds=holds)


def test_seat_excludes_others(made: Running) -> None:
    other = running(names=("Zaki",))
    with Broken("seat_excludes_others"):
        another_seat(other, 0, person=made.people[0])


def test_seat_excludes_others_lets_who_is_in_both_go_on(made: Running) -> None:
    set_pairs(pairs=[], by="maya")
    other = running(Kind.TRAINING, names=("Zaki",))
    seat = other.seat("Zaki")
    Seat.objects.filter(pk=seat.pk).update(person=made.people[0])
    set_pairs(pairs=[(Kind.CASH_FOR_WORK, Kind.TRAINING)], by="maya")
    accept(seat=made.seat("Ayu"), by="public", at=MONDAY)
    there(made, "Ayu")
    assert made.states()["Ayu"] == "attending"


@pytest.mark.parametrize("to", ["attending", "finished", "dropped"])
def test_seat_steps_in_order(made: Running, to: str) -> None:
    with Broken("seat_steps_in_order"):
        changed(made, "Ayu", state=to, reason="Sakit")


def test_seat_end_has_reason(made: Running) -> None:
    with Broken("seat_end_has_reason"):
        changed(made, "Ayu", state="closed", holds=False)


def test_seat_code_once(made: Running) -> None:
    with Broken("seat_code_once"):
        changed(made, "Ayu", code_hash=made.seat("Bagus").code_hash)


# -- facts ------------------------------------------------------------------------


def a_sheet(made: Running) -> Sheet:
    """Return a sheet with nobody on it yet."""
    return Sheet.objects.create(id=uuid.uuid4(), offer=made.offer, on=TODAY, **SIGNED)


def test_sheet_append_only(made: Running) -> None:
    a_sheet(made)
    refuses("recovery_sheet")


def test_attendance_once_a_sheet(made: Running) -> None:
    sheet, seat = a_sheet(made), made.seat("Ayu")
    Attendance.objects.create(sheet=sheet, seat=seat, present=True)
    with Broken("attendance_once_a_sheet"):
        Attendance.objects.create(sheet=sheet, seat=seat, present=False)


def test_attendance_append_only(made: Running) -> None:
    Attendance.objects.create(sheet=a_sheet(made), seat=made.seat("Ayu"), present=True)
    refuses_to_delete("recovery_attendance")


def reached(made: Running) -> MilestoneReached:
    """Let Ayu get her tools, past the action."""
    return MilestoneReached.objects.create(
        seat=made.seat("Ayu"), what="tools_received", on=TODAY, **SIGNED
    )


def test_milestone_once(made: Running) -> None:
    reached(made)
    with Broken("milestone_once"):
        reached(made)


def test_milestone_append_only(made: Running) -> None:
    reached(made)
    refuses("recovery_milestonereached")


def asked(made: Running, **told: Any) -> Outcome:
    """Ask Ayu what she earns, past the action."""
    values = {"stage": "end", "income": 900_000, "on": TODAY}
    return Outcome.objects.create(seat=made.seat("Ayu"), **SIGNED, **values | told)


def test_outcome_once(made: Running) -> None:
    asked(made)
    with Broken("outcome_once"):
        asked(made, income=1)


def test_outcome_income_possible(made: Running) -> None:
    with Broken("outcome_income_possible"):
        asked(made, income=-1)


def test_outcome_append_only(made: Running) -> None:
    asked(made)
    refuses("recovery_outcome")


# -- money ------------------------------------------------------------------------


def paid(made: Running, amount: int = 80_000, receipt: str = "KW-1") -> Payout:
    """Pay Ayu past the action."""
    seat = made.seat("Ayu")
    return Payout.objects.create(
        id=uuid.uuid4(), seat=seat, amount=amount, receipt=receipt, **SIGNED
    )


def test_payout_pays_something(made: Running) -> None:
    with Broken("payout_pays_something"):
        paid(made, 0)


def test_payout_has_receipt(made: Running) -> None:
    with Broken("payout_has_receipt"):
        paid(made, receipt="")


def test_payout_by_another(made: Running) -> None:
    sheet, seat = a_sheet(made), made.seat("Ayu")
    line = Attendance.objects.create(sheet=sheet, seat=seat, present=True)
    assert line.sheet.by == SIGNED["by"]
    with Broken("payout_by_another"):
        paid(made)


def test_payout_append_only(made: Running) -> None:
    paid(made)
    refuses("recovery_payout")


def lent(made: Running) -> Plan:
    """Lend to Ayu past the action."""
    loan = Loan.objects.create(seat=made.seat("Ayu"), amount=300_000, at=MONDAY)
    return Plan.objects.create(loan=loan, number=1, **SIGNED)


def test_loan_once(made: Running) -> None:
    lent(made)
    with Broken("loan_once"):
        Loan.objects.create(seat=made.seat("Ayu"), amount=1, at=MONDAY)


def test_plan_number_once(made: Running) -> None:
    plan = lent(made)
    with Broken("plan_number_once"):
        Plan.objects.create(loan=plan.loan, number=1, **SIGNED)


def test_plan_form_once(made: Running) -> None:
    plan, same = lent(made), uuid.uuid4()
    Plan.objects.create(loan=plan.loan, number=2, form=same, **SIGNED)
    with Broken("plan_form_once"):
        Plan.objects.create(loan=plan.loan, number=3, form=same, **SIGNED)


def test_plan_append_only(made: Running) -> None:
    lent(made)
    refuses("recovery_plan")


def part(plan: Plan, **told: Any) -> Instalment:
    """Add an instalment past the action."""
    values = {"number": 1, "due_on": TODAY, "amount": 30_000}
    return Instalment.objects.create(plan=plan, **values | told)


def test_instalment_once(made: Running) -> None:
    plan = lent(made)
    part(plan)
    with Broken("instalment_once"):
        part(plan)


def test_instalment_asks_something(made: Running) -> None:
    with Broken("instalment_asks_something"):
        part(lent(made), amount=0)


def test_instalment_append_only(made: Running) -> None:
    part(lent(made))
    refuses_to_delete("recovery_instalment")


def back(made: Running, amount: int = 30_000) -> Repayment:
    """Pay back past the action."""
    loan = lent(made).loan
    values = {"id": uuid.uuid4(), "on": TODAY, "amount": amount}
    return Repayment.objects.create(loan=loan, **SIGNED, **values)


def test_repayment_pays_something(made: Running) -> None:
    with Broken("repayment_pays_something"):
        back(made, 0)


def test_repayment_append_only(made: Running) -> None:
    back(made)
    refuses("recovery_repayment")


def test_figure_of_recovery_once() -> None:
    values = {"kind": "tools", "measure": "places", "counted_at": MONDAY}
    Figure.objects.create(value=3, **values)
    with Broken("figure_of_recovery_once"):
        Figure.objects.create(value=None, **values)
