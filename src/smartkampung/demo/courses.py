"""Recovery programmes of the last months, in bulk: who came, who stopped, who earns.

Rows as the actions would have left them, with the same movements in the ledger, one
for everybody of an offer.
"""

import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from smartkampung.demo.jobless import Jobless
from smartkampung.intake.models import CaseStep, TrackedCase
from smartkampung.intake.rules import CASE_LIFE
from smartkampung.kernel.clock import day, end_of_day
from smartkampung.kernel.months import months_later
from smartkampung.ledger.actions import Opening, open_accounts, transfer
from smartkampung.recovery.programmes.actions.planning import fund
from smartkampung.recovery.programmes.models import (
    Attendance,
    Closing,
    Instalment,
    Loan,
    MilestoneReached,
    Offer,
    Outcome,
    Payout,
    Plan,
    Programme,
    Repayment,
    Seat,
    Sheet,
)
from smartkampung.recovery.programmes.rules import money
from smartkampung.recovery.programmes.rules.loans import plan
from smartkampung.recovery.programmes.rules.states import (
    Milestone,
    OfferState,
    Pays,
    SeatState,
    Stage,
)

DAY = timedelta(days=1)
RUPIAH = "IDR"
PAPER = "Daftar tanda terima"
SHUT_BY = "Pasar ditutup karena pembatasan kegiatan"
S = SeatState


@dataclass(frozen=True)
class Course:
    """One offer of the past: how it went with whom."""

    programme: Programme
    scenario: Any
    words: dict[str, str]
    region: str
    starts_on: date
    weeks: int
    terms: dict[str, Any]
    state: OfferState
    stopped: int = 0  # how many of its people gave up
    months: int = 0  # since when incomes were asked
    milestone: Milestone | None = None


class Teller:
    """Writes courses of the past down, each with its people."""

    def __init__(self, *, by: Sequence[str], at: datetime, seed: int) -> None:
        self.by, self.at = by, at
        self.chance = random.Random(f"{seed}:courses")

    def tell(self, course: Course, people: Sequence[Jobless]) -> Offer:
        """Write one course down with all its people."""
        offer = self._offer(course, len(people))
        fund(offer, by=self.by[1], at=self._began(offer))
        seats = self._seats(course, offer, people)
        self._aside(offer, seats)
        days = self._attendance(offer, seats)
        if offer.pays == Pays.LOAN:
            self._lend(offer, seats)
        else:
            self._pay(offer, seats, days)
        self._follow(course, seats)
        return offer

    def _began(self, offer: Offer) -> datetime:
        return self.at - (day(self.at) - offer.starts_on)

    def _offer(self, course: Course, places: int) -> Offer:
        ends_on = course.starts_on + timedelta(weeks=course.weeks) - DAY
        made = self.at - (day(self.at) - course.starts_on) - 24 * DAY
        ended = course.state in (OfferState.FINISHED, OfferState.CLOSED)
        # What was closed before its time missed its last week.
        early = 7 * DAY if course.state == OfferState.CLOSED else 0 * DAY
        return Offer.objects.create(
            programme=course.programme,
            scenario=course.scenario,
            state=course.state,
            region_code=course.region,
            places=places,
            starts_on=course.starts_on,
            ends_on=ends_on,
            made_by=self.by[0],
            made_at=made,
            opened_by=self.by[1],
            opened_at=made + DAY,
            ended_at=self.at - (day(self.at) - ends_on) - early if ended else None,
            **course.words,
            **course.terms,
        )

    def _seats(
        self, course: Course, offer: Offer, people: Sequence[Jobless]
    ) -> list[Seat]:
        last = S.FINISHED if course.state == OfferState.FINISHED else S.ATTENDING
        if course.state == OfferState.CLOSED:
            last = S.CLOSED
        began = self._began(offer)
        seats = [
            self._seat(offer, one, number, began)
            for number, one in enumerate(people, 1)
        ]
        for seat in seats:
            seat.state = last
            if last != S.ATTENDING:
                seat.ended_at = offer.ended_at
        for seat in seats[: course.stopped]:
            seat.state, seat.ended_at = S.DROPPED, began + 9 * DAY
            seat.reason = "Sudah mendapat pekerjaan lain"
        for seat in seats:
            if seat.state == S.CLOSED:
                seat.holds, seat.again, seat.closed_from = False, True, S.ATTENDING
                seat.reason = SHUT_BY
        if course.state == OfferState.CLOSED:
            self._why(offer)
        rows = Seat.objects.bulk_create(seats)
        self._cases(rows, began)
        return rows

    def _why(self, offer: Offer) -> None:
        """Write down who wished that an offer ends early, and who agreed."""
        ended = offer.ended_at or self.at
        Closing.objects.create(
            offer=offer,
            reason=SHUT_BY,
            asked_by=self.by[0],
            asked_at=ended - DAY,
            decided_by=self.by[1],
            decided_at=ended,
            granted=True,
        )

    def _seat(self, offer: Offer, one: Jobless, number: int, began: datetime) -> Seat:
        invited = began - 20 * DAY
        return Seat(
            offer=offer,
            person_id=one.person,
            affected_id=one.affected,
            region_code=one.region,
            number=number,
            place=number,
            way="rank",
            code_hash=self.chance.randbytes(33),
            amount=offer.cost_each,
            income_then=one.income,
            by_phone=True,
            invited_at=invited,
            answer_by=end_of_day(day(invited + 7 * DAY)),
            answered_at=invited + 2 * DAY,
            answered_through="public",
        )

    def _cases(self, seats: Sequence[Seat], began: datetime) -> None:
        TrackedCase.objects.bulk_create(
            TrackedCase(
                code_hash=seat.code_hash,
                kind="recovery",
                opened_at=seat.invited_at,
                expires_at=seat.invited_at + CASE_LIFE,
                region_code=seat.region_code,
            )
            for seat in seats
        )
        CaseStep.objects.bulk_create(
            CaseStep(case_id=seat.code_hash, step=step, at=at)
            for seat in seats
            for step, at in (
                ("invited", seat.invited_at),
                ("accepted", seat.answered_at),
                ("attending", began),
                (seat.state, seat.ended_at),
            )
            if at is not None
        )

    def _aside(self, offer: Offer, seats: Sequence[Seat]) -> None:
        open_accounts([Opening(money.due_of(seat.pk), RUPIAH) for seat in seats])
        self._move(
            "commit",
            offer,
            [(money.budget_of(offer.pk), -sum(seat.amount for seat in seats))]
            + [(money.due_of(seat.pk), seat.amount) for seat in seats],
        )

    def _move(self, what: str, offer: Offer, legs: list[tuple[str, int]]) -> None:
        moved = [(code, amount) for code, amount in legs if amount]
        if moved:
            transfer(
                key=f"demo.recovery.{what}:{offer.pk}",
                kind=f"recovery.{what}",
                legs=moved,
                by=self.by[0],
                at=self._began(offer),
            )

    def _attendance(self, offer: Offer, seats: Sequence[Seat]) -> dict[int, int]:
        """Write a sheet for each day that was held; return the days of each seat."""
        until = min(day(self.at) - DAY, day(offer.ended_at or self.at), offer.ends_on)
        held = [
            offer.starts_on + number * DAY
            for number in range((until - offer.starts_on).days + 1)
            if (offer.starts_on + number * DAY).weekday() < 5
        ][: offer.days]
        sheets = Sheet.objects.bulk_create(
            Sheet(
                id=uuid.UUID(int=self.chance.getrandbits(128)),
                offer=offer,
                on=on,
                by="sari",
                at=self.at - (day(self.at) - on),
            )
            for on in held
        )
        days = dict.fromkeys((seat.pk for seat in seats), 0)
        lines = []
        for sheet in sheets:
            for seat in seats:
                if seat.state == S.DROPPED and sheet.on > day(seat.ended_at or self.at):
                    continue
                there = self.chance.random() < 0.93
                days[seat.pk] += there
                lines.append(Attendance(sheet=sheet, seat=seat, present=there))
        Attendance.objects.bulk_create(lines)
        return days

    def _pay(self, offer: Offer, seats: Sequence[Seat], days: dict[int, int]) -> None:
        """Pay what was earned; what is left goes back, unless they still take part."""
        earned = {seat.pk: self._earned(offer, seat, days[seat.pk]) for seat in seats}
        self._move(
            "pay",
            offer,
            [(money.due_of(pk), -amount) for pk, amount in earned.items()]
            + [(money.paid_of(offer.pk), sum(earned.values()))],
        )
        Payout.objects.bulk_create(
            Payout(
                receipt=PAPER,
                id=uuid.UUID(int=self.chance.getrandbits(128)),
                seat=seat,
                amount=earned[seat.pk],
                days=days[seat.pk],
                by=self.by[0],
                at=seat.ended_at or self.at - DAY,
            )
            for seat in seats
            if earned[seat.pk]
        )
        rest = {
            seat.pk: seat.amount - earned[seat.pk]
            for seat in seats
            if seat.state != S.ATTENDING
        }
        back = sum(rest.values())
        where = money.budget_of(offer.pk)
        if offer.state != OfferState.OPEN:
            where = money.source_of(offer.programme_id)
        self._move(
            "release",
            offer,
            [(money.due_of(pk), -amount) for pk, amount in rest.items()]
            + [(where, back)],
        )

    @staticmethod
    def _earned(offer: Offer, seat: Seat, days: int) -> int:
        terms = money.Terms(Pays(offer.pays), offer.cost_each, offer.wage, offer.days)
        if terms.pays == Pays.GRANT:
            return seat.amount
        done = money.Done(attended=days, finished=seat.state == S.FINISHED)
        return money.earned(terms, done, amount=seat.amount)

    def _lend(self, offer: Offer, seats: Sequence[Seat]) -> None:
        """Hand every loan over on the first day; most pay back, a few are late."""
        began = self._began(offer)
        open_accounts([Opening(money.loan_of(seat.pk), RUPIAH) for seat in seats])
        legs = [(money.due_of(seat.pk), -seat.amount) for seat in seats]
        legs += [(money.loan_of(seat.pk), seat.amount) for seat in seats]
        self._move("lend", offer, legs)
        Payout.objects.bulk_create(
            Payout(
                receipt=PAPER,
                id=uuid.UUID(int=self.chance.getrandbits(128)),
                seat=seat,
                amount=seat.amount,
                by=self.by[0],
                at=began,
            )
            for seat in seats
        )
        loans = Loan.objects.bulk_create(
            Loan(seat=seat, amount=seat.amount, at=began) for seat in seats
        )
        plans = Plan.objects.bulk_create(
            Plan(loan=loan, number=1, by=self.by[0], at=began) for loan in loans
        )
        parts = plan(
            offer.cost_each,
            months=offer.loan_months,
            first_on=months_later(day(began), 1),
        )
        Instalment.objects.bulk_create(
            Instalment(plan=one, **vars(due)) for one in plans for due in parts
        )
        due = [part for part in parts if part.due_on <= day(self.at)]
        back = [
            Repayment(
                id=uuid.UUID(int=self.chance.getrandbits(128)),
                loan=loan,
                amount=part.amount,
                on=part.due_on,
                by=self.by[0],
                at=self.at - (day(self.at) - part.due_on),
            )
            for number, loan in enumerate(loans)
            # Every sixth has missed the last two.
            for part in (due[:-2] if number % 6 == 0 else due)
        ]
        Repayment.objects.bulk_create(back)
        returned = [(money.loan_of(row.loan.seat_id), -row.amount) for row in back]
        repaid = (
            money.repaid_of(offer.programme_id),
            sum(row.amount for row in back),
        )
        self._move("repay", offer, [*returned, repaid])

    def _follow(self, course: Course, seats: Sequence[Seat]) -> None:
        finished = [seat for seat in seats if seat.state == S.FINISHED]
        stages = [Stage.END, Stage.THREE_MONTHS] if course.months >= 3 else [Stage.END]
        told = []
        for stage in stages:
            later = 0 if stage == Stage.END else 92
            for seat in finished:
                # One in eight was not reached yet.
                if self.chance.random() < 0.125:
                    continue
                at = (seat.ended_at or self.at) + later * DAY
                more = self.chance.uniform(0.9, 3.2) * (1 + later / 300)
                income = round((seat.income_then or 0) * more, -4)
                told.append(
                    Outcome(
                        seat=seat,
                        stage=stage,
                        income=int(income),
                        on=day(at),
                        by="sari",
                        at=at,
                    )
                )
        Outcome.objects.bulk_create(told)
        if course.milestone is not None:
            MilestoneReached.objects.bulk_create(
                MilestoneReached(
                    seat=seat,
                    what=course.milestone,
                    on=day(seat.ended_at or self.at),
                    by="sari",
                    at=seat.ended_at or self.at,
                )
                for seat in seats
                if seat.state in (S.FINISHED, S.ATTENDING)
                and self.chance.random() < 0.8
            )
