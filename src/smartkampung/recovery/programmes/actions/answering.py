"""Accept or refuse an invitation; what is not answered in time goes to the next."""

from datetime import datetime, timedelta
from functools import partial

from django.utils.translation import gettext_lazy as _

from smartkampung.audit.actions import record
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import long_day
from smartkampung.ledger.actions import Opening, open_accounts, transfer
from smartkampung.recovery.programmes.actions.places import ROBOT, with_offer
from smartkampung.recovery.programmes.actions.planning import RUPIAH, refill_later
from smartkampung.recovery.programmes.actions.telling import reached, tell_news
from smartkampung.recovery.programmes.models import Seat
from smartkampung.recovery.programmes.rules.money import budget_of, due_of
from smartkampung.recovery.programmes.rules.states import OfferState, Pays, SeatState
from smartkampung.worklist.actions import close_work, open_work

State = SeatState
PAY_WITHIN = timedelta(days=14)


class AnswerGone(Refused):
    """The invitation can no longer be answered."""

    code = "answer_gone"


class NoReason(Refused):
    """Something needs a reason and has none."""

    code = "no_reason"


def accept(*, seat: Seat, by: str, at: datetime) -> None:
    """Take the place; its money is set aside. Accepting twice is accepting once.

    Raises AnswerGone, BudgetExhausted, Busy.
    """
    with_offer(seat.offer_id, lambda: _accept(seat.pk, by, at), people=[seat.person_id])
    seat.refresh_from_db()


def _accept(seat_id: int, by: str, at: datetime) -> None:
    seat = Seat.objects.select_related("offer").get(pk=seat_id)
    if seat.state in (State.ACCEPTED, State.ATTENDING, State.FINISHED):
        return
    _check_open(seat, at)
    _answered(seat, State.ACCEPTED, by, at)
    seat.save()
    if seat.amount:
        set_aside(seat, by=by, at=at)
    _note(seat, "accepted", by, at)
    if seat.offer.pays in (Pays.GRANT, Pays.LOAN):
        open_work(
            kind="recovery.pay",
            target=seat,
            permission="recovery.programme_manage",
            region_code=seat.region_code,
            due_at=at + PAY_WITHIN,
        )


def set_aside(seat: Seat, *, by: str, at: datetime) -> None:
    """Move the money of a seat from the budget to what is due to it, once."""
    open_accounts([Opening(due_of(seat.pk), RUPIAH)])
    transfer(
        key=f"recovery.commit:{seat.pk}",
        kind="recovery.commit",
        legs=[
            (budget_of(seat.offer_id), -seat.amount),
            (due_of(seat.pk), seat.amount),
        ],
        by=by,
        at=at,
    )


def refuse(*, seat: Seat, reason: str, by: str, at: datetime) -> None:
    """Give the place to the next in line; the reason may be left out.

    Refusing twice is refusing once. Raises AnswerGone, Busy.
    """
    with_offer(seat.offer_id, lambda: _refuse(seat.pk, reason, by, at))
    seat.refresh_from_db()


def _refuse(seat_id: int, reason: str, by: str, at: datetime) -> None:
    seat = Seat.objects.select_related("offer").get(pk=seat_id)
    if seat.state == State.REFUSED:
        return
    _check_open(seat, at)
    _answered(seat, State.REFUSED, by, at)
    seat.holds, seat.ended_at, seat.reason = False, at, reason
    seat.save()
    _note(seat, "refused", by, at)
    refill_later(seat.offer_id)


def _check_open(seat: Seat, at: datetime) -> None:
    if seat.state != State.INVITED or seat.offer.state != OfferState.OPEN:
        raise AnswerGone(
            _(
                "This invitation can no longer be answered. The page says what became"
                " of it; the village office knows more."
            )
        )
    if at > seat.answer_by:
        raise AnswerGone(
            _(
                "The last day to answer was %(day)s. The place goes to the next in"
                " line. Ask at the village office about the next offer."
            )
            % {"day": long_day(seat.answer_by)}
        )


def _answered(seat: Seat, state: SeatState, by: str, at: datetime) -> None:
    seat.state, seat.answered_at, seat.answered_through = state, at, by


def _note(seat: Seat, step: str, by: str, at: datetime) -> None:
    close_work(target=seat, by=by)
    reached(seat, step, at)
    record(f"recovery.{step}", target=seat, by=by, region_code=seat.region_code)


def expire(*, at: datetime) -> int:
    """End the invitations that nobody answered in time; return how many.

    Their places are filled by the job that follows. Safe to run at any time.
    """
    late = Seat.objects.filter(state=State.INVITED, answer_by__lt=at)
    offers = sorted(set(late.values_list("offer_id", flat=True)))
    return sum(with_offer(pk, partial(_expire, pk, at)) for pk in offers)


def _expire(offer_id: int, at: datetime) -> int:
    rows = Seat.objects.filter(
        offer=offer_id, state=State.INVITED, answer_by__lt=at
    ).select_related("person__family")
    seats = list(rows.order_by("pk"))
    for seat in seats:
        seat.state, seat.holds, seat.ended_at = State.EXPIRED, False, at
        seat.save()
        _note(seat, "expired", ROBOT, at)
        tell_news(seat, "expired")
    refill_later(offer_id)
    return len(seats)
