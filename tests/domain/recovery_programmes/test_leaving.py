"""People come to the end, or give up; their money and their place go on."""

import pytest

from smartkampung.ledger.queries import balances
from smartkampung.notify.models import Message
from smartkampung.recovery.programmes.actions.answering import NoReason
from smartkampung.recovery.programmes.actions.inviting import fill
from smartkampung.recovery.programmes.actions.leaving import CannotEnd, drop, finish
from smartkampung.recovery.programmes.actions.paying import hand_over
from smartkampung.recovery.programmes.rules.money import budget_of, due_of
from smartkampung.recovery.programmes.rules.states import Kind
from smartkampung.worklist.models import WorkItem
from tests.recovering import (
    DAY,
    FIRST_DAY,
    MONDAY,
    STARTS,
    accepted,
    form,
    running,
    there,
)

pytestmark = pytest.mark.django_db


def test_who_finished_is_asked_what_they_earn() -> None:
    made = accepted()
    there(made, "Ayu", "Bagus")
    for _twice in range(2):
        finish(seat=made.seat("Ayu"), by="sari", at=FIRST_DAY)
    assert made.states()["Ayu"] == "finished"
    assert WorkItem.objects.filter(kind="recovery.outcome").count() == 1


def test_the_wages_of_days_that_were_not_worked_go_back_to_the_budget() -> None:
    made = accepted()
    there(made, "Ayu")
    finish(seat=made.seat("Ayu"), by="sari", at=FIRST_DAY)
    codes = [due_of(made.seat("Ayu").pk), budget_of(made.offer.pk)]
    assert balances(codes) == {codes[0]: 80_000, codes[1]: 1_520_000}


def test_who_never_came_cannot_have_finished() -> None:
    made = accepted()
    with pytest.raises(CannotEnd, match="pernah hadir"):
        finish(seat=made.seat("Ayu"), by="sari", at=FIRST_DAY)


def test_who_did_not_accept_cannot_have_finished() -> None:
    with pytest.raises(CannotEnd):
        finish(seat=running().seat("Ayu"), by="sari", at=FIRST_DAY)


def test_nobody_finishes_before_the_money_was_handed_over() -> None:
    made = accepted(Kind.TOOLS)
    with pytest.raises(CannotEnd, match="diserahkan"):
        finish(seat=made.seat("Ayu"), by="sari", at=FIRST_DAY)
    hand_over(
        form_id=form(), receipt="KW-1", seat=made.seat("Ayu"), by="made", at=FIRST_DAY
    )
    finish(seat=made.seat("Ayu"), by="sari", at=FIRST_DAY)
    assert made.states()["Ayu"] == "finished"


def test_giving_up_early_invites_the_next_in_line() -> None:
    made = accepted()
    drop(seat=made.seat("Ayu"), reason="Pindah", by="sari", at=FIRST_DAY)
    assert fill(offer_id=made.offer.pk, at=FIRST_DAY) == 1
    assert made.states() == {"Ayu": "dropped", "Bagus": "accepted", "Citra": "invited"}
    assert Message.objects.filter(key__endswith=".dropped").count() == 1


def test_giving_up_late_leaves_the_place_empty_and_counted() -> None:
    made = accepted()
    late = FIRST_DAY + 14 * DAY
    drop(seat=made.seat("Ayu"), reason="Pindah", by="sari", at=late)
    assert made.seat("Ayu").holds
    assert fill(offer_id=made.offer.pk, at=late) == 0


def test_a_grant_that_was_handed_over_is_not_given_twice_for_one_place() -> None:
    made = accepted(Kind.TOOLS)
    hand_over(
        form_id=form(), receipt="KW-1", seat=made.seat("Ayu"), by="made", at=MONDAY
    )
    drop(seat=made.seat("Ayu"), reason="Pindah", by="sari", at=MONDAY)
    assert made.seat("Ayu").holds
    assert fill(offer_id=made.offer.pk, at=MONDAY) == 0


def test_who_comes_after_some_days_is_set_aside_the_rest_only() -> None:
    made = accepted()
    there(made, "Ayu", "Bagus")
    there(made, "Bagus", on=STARTS + DAY, at=FIRST_DAY + DAY)
    drop(seat=made.seat("Ayu"), reason="Sakit", by="sari", at=FIRST_DAY + DAY)
    assert fill(offer_id=made.offer.pk, at=FIRST_DAY + DAY) == 1
    assert made.seat("Citra").amount == 18 * 80_000


def test_giving_up_needs_a_reason() -> None:
    with pytest.raises(NoReason):
        drop(seat=accepted().seat("Ayu"), reason=" ", by="sari", at=FIRST_DAY)


def test_only_who_accepted_can_give_up() -> None:
    with pytest.raises(CannotEnd):
        drop(seat=running().seat("Ayu"), reason="x", by="sari", at=FIRST_DAY)
