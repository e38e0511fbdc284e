"""How a seat ends: finished, given up, or with its offer; the money goes with it."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.ledger.actions import transfer
from smartkampung.ledger.queries import balances
from smartkampung.recovery.programmes.actions.answering import NoReason
from smartkampung.recovery.programmes.actions.places import with_offer
from smartkampung.recovery.programmes.actions.planning import refill_later
from smartkampung.recovery.programmes.actions.telling import reached, tell_news
from smartkampung.recovery.programmes.models import Seat
from smartkampung.recovery.programmes.queries.money import owed_to, paid_to
from smartkampung.recovery.programmes.rules.money import budget_of, due_of
from smartkampung.recovery.programmes.rules.states import (
    Pays,
    SeatState,
    is_early,
    may_step,
)
from smartkampung.worklist.actions import close_work, open_work

ASK_WITHIN = timedelta(days=14)
AT_ONCE_PAID = (Pays.GRANT, Pays.LOAN)


class CannotEnd(Refused):
    """This seat cannot end so."""

    code = "cannot_end"


def finish(*, seat: Seat, by: str, at: datetime) -> None:
    """Say that somebody came to the end; they are asked what they earn.

    Finishing twice is finishing once. Raises CannotEnd, Busy.
    """
    with_offer(seat.offer_id, lambda: _finish(seat.pk, by, at))
    seat.refresh_from_db()


def _finish(seat_id: int, by: str, at: datetime) -> None:
    seat = Seat.objects.select_related("offer").get(pk=seat_id)
    if seat.state == SeatState.FINISHED:
        return
    if not may_step(SeatState(seat.state), SeatState.FINISHED):
        raise CannotEnd(_("Only who takes part can come to the end."))
    if seat.offer.pays in AT_ONCE_PAID and not paid_to([seat.pk]):
        raise CannotEnd(_("The money was not handed over yet. Write that down first."))
    if seat.offer.pays not in AT_ONCE_PAID and seat.state != SeatState.ATTENDING:
        raise CannotEnd(_("Nobody has written yet that this person was ever there."))
    end_as_finished(seat, by=by, at=at)


def end_as_finished(seat: Seat, *, by: str, at: datetime) -> None:
    """Let a seat under the lock of its offer come to its end."""
    seat.state, seat.ended_at = SeatState.FINISHED, at
    seat.save()
    release(seat, by=by, at=at)
    close_work(target=seat, by=by)
    ask_outcome(seat, at=at)
    _note(seat, "finished", by, at)


def ask_outcome(seat: Seat, *, at: datetime) -> None:
    """Put on the list that somebody is to be asked what they earn."""
    open_work(
        kind="recovery.outcome",
        target=seat,
        permission="recovery.attendance_record",
        region_code=seat.region_code,
        due_at=at + ASK_WITHIN,
    )


def drop(*, seat: Seat, reason: str, by: str, at: datetime) -> None:
    """Write down that somebody gave up; early enough, the next in line is invited.

    What they earned stays theirs. Raises NoReason, CannotEnd, Busy.
    """
    if not reason.strip():
        raise NoReason(_("Say why this person stops, in a few words."))
    with_offer(seat.offer_id, lambda: _drop(seat.pk, reason, by, at))
    seat.refresh_from_db()


def _drop(seat_id: int, reason: str, by: str, at: datetime) -> None:
    seat = Seat.objects.select_related("offer").get(pk=seat_id)
    if not may_step(SeatState(seat.state), SeatState.DROPPED):
        raise CannotEnd(_("Only who accepted and has not finished can give up."))
    offer = seat.offer
    early = is_early(starts_on=offer.starts_on, ends_on=offer.ends_on, on=day(at))
    got_it = offer.pays in AT_ONCE_PAID and bool(paid_to([seat.pk]))
    seat.state, seat.ended_at, seat.reason = SeatState.DROPPED, at, reason
    seat.holds = got_it or not early
    seat.save()
    release(seat, by=by, at=at)
    close_work(target=seat, by=by)
    _note(seat, "dropped", by, at)
    tell_news(seat, "dropped")
    if not seat.holds:
        refill_later(offer.pk)


def release(seat: Seat, *, by: str, at: datetime) -> None:
    """Give back to the budget what was set aside and is not owed; it happens once."""
    held = balances([due_of(seat.pk)]).get(due_of(seat.pk), 0)
    rest = held - owed_to(seat.offer, [seat]).get(seat.pk, 0)
    if rest <= 0:
        return
    transfer(
        key=f"recovery.release:{seat.pk}",
        kind="recovery.release",
        legs=[(due_of(seat.pk), -rest), (budget_of(seat.offer_id), rest)],
        by=by,
        at=at,
    )


def _note(seat: Seat, step: str, by: str, at: datetime) -> None:
    reached(seat, step, at)
    record(f"recovery.{step}", target=seat, by=by, region_code=seat.region_code)
