"""An offer that is closed before its time loses nobody, and owes what was earned."""

import pytest

from smartkampung.ledger.queries import balances
from smartkampung.notify.models import Message
from smartkampung.recovery.programmes.actions.answering import (
    AnswerGone,
    accept,
    refuse,
)
from smartkampung.recovery.programmes.actions.attending import (
    CannotAttend,
    record_sheet,
)
from smartkampung.recovery.programmes.actions.closing import (
    CannotClose,
    ask_to_close,
    decide_closing,
    end_offer,
)
from smartkampung.recovery.programmes.actions.inviting import fill
from smartkampung.recovery.programmes.actions.leaving import drop, finish
from smartkampung.recovery.programmes.actions.paying import hand_over, pay_wages
from smartkampung.recovery.programmes.models import Offer, Payout, Seat
from smartkampung.recovery.programmes.queries.money import owed_to
from smartkampung.recovery.programmes.rules.money import (
    budget_of,
    due_of,
    source_of,
)
from smartkampung.recovery.programmes.rules.states import Kind
from smartkampung.recovery.targeting.models import Scenario
from smartkampung.worklist.models import WorkItem
from tests.recovering import (
    FIRST_DAY,
    MONDAY,
    STARTS,
    Running,
    a_scenario,
    accepted,
    an_offer,
    form,
    ranked,
    running,
    there,
)

pytestmark = pytest.mark.django_db
NAMES = ("Ayu", "Bagus", "Citra", "Dewa", "Eka", "Fitri", "Gede", "Hasan")


def close(made: Running, *, granted: bool = True) -> int:
    """Close an offer: Made asks, Putu decides."""
    wish = ask_to_close(offer=made.offer, reason="Banjir", by="made", at=FIRST_DAY)
    sent = decide_closing(wish=wish, granted=granted, by="putu", at=FIRST_DAY)
    made.offer.refresh_from_db()
    return sent


def in_every_state() -> Running:
    """Return an offer of six places with somebody in every state that there is."""
    made = running(names=NAMES, chosen=8, places=6)
    for name in ("Bagus", "Citra", "Dewa", "Eka"):
        accept(seat=made.seat(name), by="public", at=MONDAY)
    refuse(seat=made.seat("Fitri"), reason="", by="public", at=MONDAY)
    fill(offer_id=made.offer.pk, at=MONDAY)  # Gede
    there(made, "Citra", "Dewa", "Eka")
    finish(seat=made.seat("Dewa"), by="sari", at=FIRST_DAY)
    drop(seat=made.seat("Eka"), reason="Sakit", by="sari", at=FIRST_DAY)
    return made


BEFORE = {
    "Ayu": "invited",
    "Bagus": "accepted",
    "Citra": "attending",
    "Dewa": "finished",
    "Eka": "dropped",
    "Fitri": "refused",
    "Gede": "invited",
}


def test_nobody_is_lost_whatever_their_state() -> None:
    made = in_every_state()
    assert made.states() == BEFORE
    assert close(made) == 4
    after = made.states()
    assert len(after) == len(BEFORE)
    home = {"Ayu", "Bagus", "Citra", "Gede"}
    assert {name for name, state in after.items() if state == "closed"} == home
    assert {name: after[name] for name in BEFORE if name not in home} == {
        "Dewa": "finished",
        "Eka": "dropped",
        "Fitri": "refused",
    }


def test_each_of_them_has_a_reason_a_message_and_the_first_place_in_line() -> None:
    made = in_every_state()
    close(made)
    home = Seat.objects.filter(state="closed")
    assert {seat.reason for seat in home} == {"Banjir"}
    assert all(seat.again and not seat.holds for seat in home)
    told = Message.objects.filter(key__endswith=".closed").count()
    assert told == len(home) == 4
    assert {seat.closed_from for seat in home} == {"invited", "accepted", "attending"}


@pytest.mark.closes("recovery.pay_owed")
def test_what_was_earned_is_still_owed_and_can_be_paid() -> None:
    made = in_every_state()
    close(made)
    seats = Seat.objects.filter(offer=made.offer)
    owed = owed_to(made.offer, seats)
    names = {Seat.objects.get(pk=pk).person.name: sum_ for pk, sum_ in owed.items()}
    assert names == {"Citra": 80_000, "Dewa": 80_000, "Eka": 80_000}
    assert WorkItem.objects.filter(kind="recovery.pay_owed", closed_at=None).exists()
    pay_wages(form_id=form(), receipt="KW-1", offer=made.offer, by="made", at=FIRST_DAY)
    assert not WorkItem.objects.filter(
        kind="recovery.pay_owed", closed_at=None
    ).exists()
    assert owed_to(made.offer, seats) == {}


def test_all_other_money_goes_back_to_where_it_came_from() -> None:
    made = in_every_state()
    close(made)
    codes = [budget_of(made.offer.pk), source_of(made.offer.programme_id)]
    assert balances(codes) == {codes[0]: 0, codes[1]: -240_000}
    dues = balances(due_of(pk) for pk in Seat.objects.values_list("pk", flat=True))
    assert sum(dues.values()) == 240_000


def test_they_come_first_in_the_next_offer_of_that_kind() -> None:
    made = in_every_state()
    close(made)
    other = a_scenario()
    ranked(other, ("Zaki", "Yuni"), chosen=2)
    offer = an_offer(Kind.CASH_FOR_WORK, other, places=5)
    fill(offer_id=offer.pk, at=FIRST_DAY)
    names = Seat.objects.filter(offer=offer).order_by("number")
    assert list(names.values_list("person__name", flat=True)) == [
        "Ayu",
        "Bagus",
        "Citra",
        "Gede",
        "Zaki",
    ]
    assert not Seat.objects.filter(again=True).exists()


def test_in_an_offer_of_another_kind_they_stand_as_the_ranking_says() -> None:
    made = accepted()
    close(made)
    offer = an_offer(Kind.TRAINING, Scenario.objects.get(), places=1)
    fill(offer_id=offer.pk, at=FIRST_DAY)
    assert Seat.objects.get(offer=offer).person.name == "Ayu"
    # Her turn in the next offer of the closed kind stays.
    assert Seat.objects.filter(again=True).count() == 2


def test_who_holds_the_whole_grant_has_finished() -> None:
    made = accepted(Kind.TOOLS)
    hand_over(
        form_id=form(), receipt="KW-1", seat=made.seat("Ayu"), by="made", at=MONDAY
    )
    assert close(made) == 1
    assert made.states() == {"Ayu": "finished", "Bagus": "closed"}
    assert Payout.objects.count() == 1


def test_an_offer_that_was_let_go_on_goes_on() -> None:
    made = accepted()
    assert close(made, granted=False) == 0
    assert made.offer.state == "open"
    assert close(made) == 2


def test_who_asks_does_not_decide() -> None:
    made = accepted()
    wish = ask_to_close(offer=made.offer, reason="Banjir", by="made", at=MONDAY)
    with pytest.raises(CannotClose, match="petugas lain"):
        decide_closing(wish=wish, granted=True, by="made", at=MONDAY)
    assert made.states() == {"Ayu": "accepted", "Bagus": "accepted"}


@pytest.mark.closes("recovery.close_offer")
def test_it_is_decided_once() -> None:
    made = accepted()
    wish = ask_to_close(offer=made.offer, reason="Banjir", by="made", at=MONDAY)
    decide_closing(wish=wish, granted=True, by="putu", at=MONDAY)
    with pytest.raises(CannotClose):
        decide_closing(wish=wish, granted=False, by="putu", at=MONDAY)


def test_one_wish_waits_at_a_time_and_has_a_reason() -> None:
    made = accepted()
    with pytest.raises(CannotClose, match="alasan"):
        ask_to_close(offer=made.offer, reason=" ", by="made", at=MONDAY)
    ask_to_close(offer=made.offer, reason="Banjir", by="made", at=MONDAY)
    with pytest.raises(CannotClose, match="sudah diminta"):
        ask_to_close(offer=made.offer, reason="Banjir", by="putu", at=MONDAY)


@pytest.mark.closes("recovery.answer")
def test_nothing_happens_in_a_closed_offer() -> None:
    made = running()
    seat = made.seat("Ayu")
    close(made)
    assert fill(offer_id=made.offer.pk, at=MONDAY) == 0
    with pytest.raises(AnswerGone):
        accept(seat=seat, by="public", at=MONDAY)
    with pytest.raises(CannotClose):
        ask_to_close(offer=made.offer, reason="x", by="made", at=MONDAY)
    with pytest.raises(CannotAttend):
        record_sheet(
            form_id=form(),
            offer=made.offer,
            on=STARTS,
            shown=[seat.pk],
            present=[],
            by="sari",
            at=FIRST_DAY,
        )


def test_an_offer_ends_when_everybody_has_ended() -> None:
    made = accepted()
    there(made, "Ayu", "Bagus")
    finish(seat=made.seat("Ayu"), by="sari", at=FIRST_DAY)
    with pytest.raises(CannotClose, match="1 orang"):
        end_offer(offer=made.offer, by="made", at=FIRST_DAY)
    finish(seat=made.seat("Bagus"), by="sari", at=FIRST_DAY)
    end_offer(offer=made.offer, by="made", at=FIRST_DAY)
    assert Offer.objects.get().state == "finished"
    assert balances([budget_of(made.offer.pk)]) == {budget_of(made.offer.pk): 0}
    with pytest.raises(CannotClose):
        end_offer(offer=made.offer, by="made", at=FIRST_DAY)


def test_an_offer_does_not_end_while_a_wish_waits() -> None:
    made = running(names=())
    ask_to_close(offer=made.offer, reason="Banjir", by="made", at=MONDAY)
    with pytest.raises(CannotClose, match="menunggu"):
        end_offer(offer=made.offer, by="putu", at=MONDAY)
