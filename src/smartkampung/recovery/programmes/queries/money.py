"""What was paid, what is owed, and where loans stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Sum

from smartkampung.recovery.programmes.models import (
    Instalment,
    Loan,
    Offer,
    Payout,
    Plan,
    Repayment,
    Seat,
)
from smartkampung.recovery.programmes.queries.days import days_present
from smartkampung.recovery.programmes.rules.loans import Due, Standing, standing
from smartkampung.recovery.programmes.rules.money import Done, Terms, owed
from smartkampung.recovery.programmes.rules.states import Pays, SeatState

NEVER_PROMISED = (SeatState.INVITED, SeatState.REFUSED, SeatState.EXPIRED)


def terms_of(offer: Offer) -> Terms:
    """Return what an offer pays, as the rules take it."""
    return Terms(Pays(offer.pays), offer.cost_each, offer.wage, offer.days)


def paid_to(seat_ids: Iterable[int]) -> dict[int, int]:
    """Return what each seat was paid so far; who got nothing is left out."""
    rows = Payout.objects.filter(seat__in=list(seat_ids)).values_list("seat_id")
    return dict(rows.annotate(sum=Sum("amount")))


def done_by(seats: Iterable[Seat]) -> dict[int, Done]:
    """Return what each seat did and got so far."""
    rows = list(seats)
    ids = [seat.pk for seat in rows]
    days, paid = days_present(ids), paid_to(ids)
    return {
        seat.pk: Done(
            attended=days.get(seat.pk, 0),
            paid=paid.get(seat.pk, 0),
            finished=seat.state == SeatState.FINISHED,
        )
        for seat in rows
    }


def owed_to(offer: Offer, seats: Iterable[Seat]) -> dict[int, int]:
    """Return what is owed to each seat for what was done; noughts are left out."""
    rows = [seat for seat in seats if seat.state not in NEVER_PROMISED]
    terms, done = terms_of(offer), done_by(rows)
    found = {seat.pk: owed(terms, done[seat.pk], amount=seat.amount) for seat in rows}
    return {pk: amount for pk, amount in found.items() if amount}


@dataclass(frozen=True)
class Lent:
    """A loan, its plan in force, what came back, and where that stands."""

    loan: Loan
    plan: Plan
    repaid: int
    standing: Standing


def lent_of(loans: Iterable[Loan], *, on: date) -> list[Lent]:
    """Return where loans stand on a day, each by the newest plan of it."""
    rows = {loan.pk: loan for loan in loans}
    newest = Plan.objects.filter(loan__in=rows).values("loan").annotate(n=Max("number"))
    wanted = {(row["loan"], row["n"]) for row in newest}
    plans = [
        plan
        for plan in Plan.objects.filter(loan__in=rows).order_by("loan_id")
        if (plan.loan_id, plan.number) in wanted
    ]
    parts: dict[int, list[Due]] = {}
    for part in Instalment.objects.filter(plan__in=plans).order_by("plan", "number"):
        due = Due(part.number, part.due_on, part.amount)
        parts.setdefault(part.plan_id, []).append(due)
    back = Repayment.objects.filter(loan__in=rows).values_list("loan_id")
    repaid = dict(back.annotate(sum=Sum("amount")))
    return [
        _lent(rows[plan.loan_id], plan, parts.get(plan.pk, []), repaid, on)
        for plan in plans
    ]


def _lent(
    loan: Loan, plan: Plan, parts: list[Due], repaid: dict[int, int], on: date
) -> Lent:
    back = repaid.get(loan.pk, 0)
    where = standing(parts, paid=back - plan.paid_before, on=on)
    return Lent(loan, plan, back, where)
