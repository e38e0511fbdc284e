"""Hundreds of random acts: places always add up, money too, and nobody is lost."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.ledger.models import Account
from smartkampung.ledger.queries import accounts_that_disagree, balances
from smartkampung.recovery.programmes.actions.answering import accept, expire, refuse
from smartkampung.recovery.programmes.actions.attending import record_sheet
from smartkampung.recovery.programmes.actions.closing import (
    ask_to_close,
    decide_closing,
)
from smartkampung.recovery.programmes.actions.inviting import fill_all
from smartkampung.recovery.programmes.actions.leaving import drop, finish
from smartkampung.recovery.programmes.actions.lending import repay
from smartkampung.recovery.programmes.actions.paying import hand_over, pay_wages
from smartkampung.recovery.programmes.models import Closing, Loan, Offer, Seat
from smartkampung.recovery.programmes.queries.line import free_numbers
from smartkampung.recovery.programmes.rules.money import loan_of
from smartkampung.recovery.programmes.rules.states import LIVE, Kind
from tests.recovering import MONDAY, a_scenario, an_offer, form, ranked

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PEOPLE = [f"Orang {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
ACTS = 200


class Office:
    """Anybody does anything with four offers that run side by side."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.at = MONDAY
        self.tally: Counter[str] = Counter()
        self.seen: dict[int, set[int]] = {}
        self.scenario = scenario = a_scenario()
        ranked(scenario, PEOPLE, chosen=12, ways={PEOPLE[4]: "women"})
        for kind in (Kind.CASH_FOR_WORK, Kind.TRAINING, Kind.TOOLS, Kind.MICRO_CAPITAL):
            an_offer(kind, scenario, places=4)

    def do_something(self) -> None:
        """Do one act; a refusal is an answer like any other."""
        acts: list[Callable[[], object]] = [
            self.fill,
            self.say_yes,
            self.say_yes,
            self.say_no,
            self.attend,
            self.attend,
            self.give_up,
            self.come_to_the_end,
            self.pay,
            self.hand_over,
            self.pay_back,
            self.wait,
            self.close,
        ]
        # An offer is closed rarely: otherwise nothing would go on.
        weights = [4] * (len(acts) - 1) + [0.3]
        act = self.chance.choices(acts, weights)[0]
        try:
            act()
            self.tally[act.__name__] += 1
        except Refused as refused:
            self.tally[refused.code] += 1
        self.look()

    def seat(self) -> Seat:
        """Return anybody's seat, in whatever state."""
        fill_all(at=self.at)
        rows = list(Seat.objects.order_by("pk"))
        live = [seat for seat in rows if seat.state in LIVE]
        return self.chance.choice(live if live and self.chance.random() < 0.8 else rows)

    def offer(self) -> Offer:
        """Return any offer, open or not."""
        rows = list(Offer.objects.order_by("pk"))
        running = [offer for offer in rows if offer.state == "open"]
        return self.chance.choice(running if self.chance.random() < 0.8 else rows)

    def fill(self) -> None:
        """Let the job of the night run."""
        expire(at=self.at)
        fill_all(at=self.at)

    def say_yes(self) -> None:
        """Accept, whoever it is."""
        accept(seat=self.seat(), by="public", at=self.at)

    def say_no(self) -> None:
        """Refuse, whoever it is."""
        refuse(seat=self.seat(), reason="", by="public", at=self.at)

    def attend(self) -> None:
        """Write a sheet of some day for everybody who takes part."""
        offer = self.offer()
        takes = Seat.objects.filter(offer=offer, state__in=["accepted", "attending"])
        shown = [seat.pk for seat in takes]
        record_sheet(
            form_id=form(),
            offer=offer,
            on=day(self.at),
            shown=shown,
            present=[pk for pk in shown if self.chance.random() < 0.8],
            by="sari",
            at=self.at,
        )

    def give_up(self) -> None:
        """Drop out, whoever it is."""
        drop(seat=self.seat(), reason="Pindah", by="sari", at=self.at)

    def come_to_the_end(self) -> None:
        """Finish, whoever it is."""
        finish(seat=self.seat(), by="sari", at=self.at)

    def pay(self) -> None:
        """Pay what is owed in some offer."""
        pay_wages(
            form_id=form(), receipt="KW-1", offer=self.offer(), by="made", at=self.at
        )

    def hand_over(self) -> None:
        """Hand a grant or loan over, whoever it is."""
        hand_over(
            form_id=form(), receipt="KW-1", seat=self.seat(), by="made", at=self.at
        )

    def pay_back(self) -> None:
        """Pay some sum back on some loan."""
        loans = list(Loan.objects.select_related("seat__offer").order_by("pk"))
        if loans:
            repay(
                form_id=form(),
                loan=self.chance.choice(loans),
                amount=self.chance.randint(1, 2_000_000),
                on=day(self.at),
                by="made",
                at=self.at,
            )

    def wait(self) -> None:
        """Let some days pass."""
        self.at += timedelta(days=self.chance.randint(0, 2))

    def close(self) -> None:
        """Ask to close an offer, decide about it, and open another of its kind."""
        offer = self.offer()
        live = Seat.objects.filter(offer=offer, state__in=LIVE).count()
        wish = ask_to_close(offer=offer, reason="Banjir", by="made", at=self.at)
        decide_closing(wish=wish, granted=True, by="putu", at=self.at)
        assert not Seat.objects.filter(offer=offer, state__in=LIVE).exists()
        assert Closing.objects.filter(granted=True).exists()
        self.tally["sent home"] += live
        an_offer(Kind(offer.programme.kind), self.scenario, places=4)

    def look(self) -> None:
        """Hold everything that must hold, whatever was done."""
        for offer in Offer.objects.all():
            seats = list(Seat.objects.filter(offer=offer))
            holding = sum(seat.holds for seat in seats)
            assert holding + len(free_numbers(offer)) == offer.places
            before = self.seen.get(offer.pk, set())
            self.seen[offer.pk] = {seat.person_id for seat in seats}
            assert before <= self.seen[offer.pk], "somebody was lost"
        assert not Account.objects.filter(
            balance__lt=0, may_go_below_zero=False
        ).exists()
        self.look_for_doubles()

    def look_for_doubles(self) -> None:
        """Find nobody twice in an offer, or in two that exclude each other."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT s.person_id FROM recovery_seat s JOIN recovery_seat t"
                " ON t.person_id = s.person_id AND t.id > s.id"
                " JOIN recovery_offer o ON o.id = s.offer_id"
                " JOIN recovery_programme p ON p.id = o.programme_id"
                " JOIN recovery_offer u ON u.id = t.offer_id"
                " JOIN recovery_programme q ON q.id = u.programme_id"
                " JOIN recovery_kindpair k ON k.first = least(p.kind, q.kind)"
                "  AND k.second = greatest(p.kind, q.kind)"
                " WHERE s.state = ANY(%s) AND t.state = ANY(%s)",
                [list(LIVE), list(LIVE)],
            )
            assert cursor.fetchall() == []


@pytest.mark.parametrize("seed", [1, 2])
def test_places_and_money_add_up_whatever_anybody_does(seed: int) -> None:
    office = Office(seed)
    for _act in range(ACTS):
        office.do_something()
    assert accounts_that_disagree() == []
    for loan in Loan.objects.all():
        back = sum(loan.repayments.values_list("amount", flat=True))
        assert balances([loan_of(loan.seat_id)])[loan_of(loan.seat_id)] == (
            loan.amount - back
        )
    # What matters came about: otherwise nothing was shown.
    for act in ("say_yes", "say_no", "attend", "give_up", "pay", "hand_over"):
        assert office.tally[act], (act, office.tally)
    assert office.tally["come_to_the_end"], office.tally
