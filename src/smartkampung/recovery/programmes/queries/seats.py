"""People in offers: the lists of staff, one person's thread, and what a code opens."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.http import Http404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.intake.models import CaseStep
from smartkampung.intake.queries import case_by_code
from smartkampung.kernel.clock import day
from smartkampung.recovery.programmes.models import (
    Loan,
    Offer,
    Payout,
    Plan,
    Repayment,
    Seat,
)
from smartkampung.recovery.programmes.queries.days import days_of
from smartkampung.recovery.programmes.queries.money import (
    Lent,
    done_by,
    lent_of,
    owed_to,
)
from smartkampung.recovery.programmes.rules.money import Done
from smartkampung.recovery.programmes.rules.states import (
    Pays,
    SeatState,
    Stage,
    stages_due,
)
from smartkampung.regions.codes import within

CASE_KIND = "recovery"
P = Permission
ON_SHEET = (SeatState.ACCEPTED, SeatState.ATTENDING)
ASKED = (SeatState.FINISHED, SeatState.DROPPED)


def seats_for(actor: Actor, permission: Permission = P.RECOVERY_VIEW) -> QuerySet[Seat]:
    """Return the people in offers who live in an officer's area."""
    rows = Seat.objects.filter(within("region_code", actor.regions_where(permission)))
    return rows.select_related("offer__programme", "person")


def seat_for(
    actor: Actor, seat_id: int, permission: Permission = P.RECOVERY_VIEW
) -> Seat:
    """Return one of them; 404 for anybody else."""
    row = seats_for(actor, permission).filter(pk=seat_id).first()
    if row is None:
        raise Http404
    return row


def people_of(actor: Actor, offer: Offer, states: Iterable[str] = ()) -> QuerySet[Seat]:
    """Return the people of an offer who live in an officer's area, by place."""
    rows = seats_for(actor).filter(offer=offer)
    wanted = list(states)
    rows = rows.filter(state__in=wanted) if wanted else rows
    return rows.order_by("number", "-holds", "pk")


def sheet_of(actor: Actor, offer: Offer) -> QuerySet[Seat]:
    """Return who stands on a sheet of attendance that an officer writes, by place."""
    rows = seats_for(actor, P.RECOVERY_ATTEND)
    return rows.filter(offer=offer, state__in=ON_SHEET).order_by("number", "pk")


def to_ask(actor: Actor, on: date) -> list[tuple[Seat, Stage]]:
    """Return who is to be asked what they earn, with the oldest question, by its day."""
    rows = seats_for(actor).filter(state__in=ASKED).prefetch_related("outcomes")
    found = []
    for seat in rows.order_by("ended_at", "pk"):
        if seat.ended_at is None:
            continue
        known = {outcome.stage for outcome in seat.outcomes.all()}
        due = stages_due(ended_on=day(seat.ended_at), on=on)
        missing = [stage for stage in due if stage.value not in known]
        if missing:
            found.append((seat, missing[0]))
    return found


def stages_open(seat: Seat, on: date) -> list[Stage]:
    """Return the questions about income that have come and were not answered."""
    if seat.state not in ASKED or seat.ended_at is None:
        return []
    known = set(seat.outcomes.values_list("stage", flat=True))
    due = stages_due(ended_on=day(seat.ended_at), on=on)
    return [stage for stage in due if stage.value not in known]


@dataclass(frozen=True)
class Thread:
    """Everything about one person in one offer."""

    seat: Seat
    reached: dict[str, datetime]
    days: list[tuple[date, bool]]
    done: Done
    owed: int
    lent: Lent | None
    others: list[Seat]


def thread_for(actor: Actor, seat: Seat, on: date) -> Thread:
    """Return all that happened to somebody in an offer, and their other offers."""
    steps = CaseStep.objects.filter(case_id=bytes(seat.code_hash))
    loans = lent_of(Loan.objects.filter(seat=seat), on=on)
    others = seats_for(actor).filter(person=seat.person_id).exclude(pk=seat.pk)
    return Thread(
        seat=seat,
        reached=dict(steps.values_list("step", "at")),
        days=days_of(seat.pk),
        done=done_by([seat])[seat.pk],
        owed=owed_to(seat.offer, [seat]).get(seat.pk, 0),
        lent=loans[0] if loans else None,
        others=list(others.order_by("-invited_at")),
    )


def payouts_of(seat: Seat) -> QuerySet[Payout]:
    """Return what somebody was paid, newest first."""
    return Payout.objects.filter(seat=seat).order_by("-at")


# -- loans ------------------------------------------------------------------------


def loans_for(actor: Actor, on: date) -> list[Lent]:
    """Return the loans of an officer's area, those longest late first."""
    inside = within("seat__region_code", actor.regions_where(P.RECOVERY_VIEW))
    rows = Loan.objects.filter(inside).select_related("seat__person", "seat__offer")
    return sorted(
        lent_of(rows, on=on),
        key=lambda lent: (
            lent.standing.late_since is None,
            lent.standing.late_since or date.max,
            lent.standing.left == 0,
            lent.loan.pk,
        ),
    )


def loan_for(actor: Actor, loan_id: int, permission: Permission) -> Loan:
    """Return one loan of an officer's area; 404 for any other."""
    inside = within("seat__region_code", actor.regions_where(permission))
    rows = Loan.objects.select_related("seat__person", "seat__offer__programme")
    row = rows.filter(inside, pk=loan_id).first()
    if row is None:
        raise Http404
    return row


def plans_of(loan: Loan) -> QuerySet[Plan]:
    """Return every plan of a loan, the one in force first."""
    return loan.plans.prefetch_related("instalments").order_by("-number")


def repayments_of(loan: Loan) -> QuerySet[Repayment]:
    """Return what came back, newest first."""
    return loan.repayments.order_by("-on", "-at")


# -- by code ----------------------------------------------------------------------


@dataclass(frozen=True)
class Opened:
    """What a code opens: nothing that says who holds it."""

    seat: Seat
    reached: dict[str, datetime]
    days: int
    paid: int
    owed: int
    milestones: dict[str, date]
    lent: Lent | None = None

    @property
    def lends(self) -> bool:
        """Say whether this is a loan."""
        return self.seat.offer.pays == Pays.LOAN


def seat_by_code(typed: str, *, at: datetime) -> Opened | None:
    """Return what a code opens to the public; None for one that opens nothing now."""
    case = case_by_code(typed, at=at)
    if case is None or case.kind != CASE_KIND:
        return None
    rows = Seat.objects.select_related("offer__programme")
    seat = rows.filter(code_hash=case.code_hash).first()
    if seat is None:
        return None
    done = done_by([seat])[seat.pk]
    return Opened(
        seat=seat,
        reached=case.reached,
        days=done.attended,
        paid=done.paid,
        owed=owed_to(seat.offer, [seat]).get(seat.pk, 0),
        milestones=dict(seat.milestones.values_list("what", "on")),
        lent=next(iter(lent_of(seat.loans.all(), on=day(at))), None),
    )
