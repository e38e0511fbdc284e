"""End an offer: before its time with a reason and a second person, or when it is done.

Nobody is lost on the way. Who was invited, had accepted or took part is sent home
first in line for the next offer of that kind; what they earned stays owed.
"""

from collections import Counter
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from smartkampung.audit.actions import record
from smartkampung.kernel.errors import Refused, atomic_or_refuse
from smartkampung.ledger.actions import transfer
from smartkampung.ledger.queries import balances
from smartkampung.recovery.programmes.actions.leaving import (
    AT_ONCE_PAID,
    end_as_finished,
    release,
)
from smartkampung.recovery.programmes.actions.places import with_offer
from smartkampung.recovery.programmes.actions.telling import reached, tell_news
from smartkampung.recovery.programmes.models import Closing, Offer, Seat
from smartkampung.recovery.programmes.queries.money import owed_to, paid_to
from smartkampung.recovery.programmes.rules.money import budget_of, source_of
from smartkampung.recovery.programmes.rules.states import LIVE, OfferState, SeatState
from smartkampung.worklist.actions import close_work, open_work

DECIDE_WITHIN = timedelta(days=2)
PAY_WITHIN = timedelta(days=14)
MANAGES = "recovery.programme_manage"


class CannotClose(Refused):
    """The offer cannot be ended so, or not by this person."""

    code = "cannot_close"


def ask_to_close(*, offer: Offer, reason: str, by: str, at: datetime) -> Closing:
    """Ask to end an offer before its time; it goes on until a second person agrees.

    Raises CannotClose.
    """
    if offer.state != OfferState.OPEN:
        raise CannotClose(_("Only an offer that is open can be closed."))
    refusals = {
        "closing_one_waiting": CannotClose(
            _("Somebody asked for this already. A second officer decides.")
        )
    }
    if not reason.strip():
        raise CannotClose(_("Say why it has to end: everybody in it reads the reason."))
    with atomic_or_refuse(refusals):
        wish = Closing.objects.create(
            offer=offer, reason=reason, asked_by=by, asked_at=at
        )
        open_work(
            kind="recovery.close_offer",
            target=wish,
            permission=MANAGES,
            region_code=offer.region_code,
            due_at=at + DECIDE_WITHIN,
            not_by=[by],
            urgent=True,
        )
        record(
            "recovery.closing_asked",
            target=offer,
            by=by,
            region_code=offer.region_code,
        )
    return wish


def decide_closing(*, wish: Closing, granted: bool, by: str, at: datetime) -> int:
    """Close an offer or let it go on; return how many people were sent home.

    Raises CannotClose for who asked, and when it was decided already; Busy.
    """
    own = CannotClose(_("You asked for this yourself, so another officer must decide."))
    with atomic_or_refuse({"closing_needs_two_people": own}):
        return with_offer(wish.offer_id, lambda: _decide(wish.pk, granted, by, at))


def _decide(wish_id: int, granted: bool, by: str, at: datetime) -> int:
    wish = Closing.objects.select_related("offer").get(pk=wish_id)
    if wish.decided_at is not None:
        raise CannotClose(_("Somebody else has decided already."))
    wish.granted, wish.decided_by, wish.decided_at = granted, by, at
    wish.save()
    close_work(target=wish, by=by)
    offer = wish.offer
    sent_home = _close(offer, wish.reason, by, at) if granted else Counter()
    record(
        "recovery.closing_decided",
        target=offer,
        by=by,
        region_code=offer.region_code,
        granted=granted,
        **sent_home,
    )
    return sum(sent_home.values())


def _close(offer: Offer, reason: str, by: str, at: datetime) -> Counter[str]:
    seats = list(
        Seat.objects.filter(offer=offer, state__in=LIVE)
        .select_related("offer", "person__family")
        .order_by("pk")
    )
    got_it = paid_to([seat.pk for seat in seats]) if offer.pays in AT_ONCE_PAID else {}
    _end(offer, OfferState.CLOSED, at)
    states = Counter[str]()
    for seat in seats:
        if seat.pk in got_it:
            # They hold what was promised; they are asked what came of it.
            end_as_finished(seat, by=by, at=at)
            continue
        states[seat.state] += 1
        _send_home(seat, reason, by, at)
    if owed_to(offer, Seat.objects.filter(offer=offer)):
        open_work(
            kind="recovery.pay_owed",
            target=offer,
            permission=MANAGES,
            region_code=offer.region_code,
            due_at=at + PAY_WITHIN,
        )
    _return_budget(offer, by, at)
    return states


def _send_home(seat: Seat, reason: str, by: str, at: datetime) -> None:
    seat.closed_from, seat.state = seat.state, SeatState.CLOSED
    seat.holds, seat.again = False, True
    seat.ended_at, seat.reason = at, reason
    seat.save()
    if seat.closed_from != SeatState.INVITED:
        release(seat, by=by, at=at)
    close_work(target=seat, by=by)
    reached(seat, "closed", at)
    tell_news(seat, "closed")
    record("recovery.closed", target=seat, by=by, region_code=seat.region_code)


def _end(offer: Offer, state: OfferState, at: datetime) -> None:
    offer.state, offer.ended_at = state, at
    offer.save(update_fields=["state", "ended_at"])


def _return_budget(offer: Offer, by: str, at: datetime) -> None:
    code = budget_of(offer.pk)
    left = balances([code]).get(code, 0)
    if left:
        transfer(
            key=f"recovery.return:{offer.pk}",
            kind="recovery.return",
            legs=[(code, -left), (source_of(offer.programme_id), left)],
            by=by,
            at=at,
        )


def end_offer(*, offer: Offer, by: str, at: datetime) -> None:
    """End an offer that is done: everybody in it has finished or stopped.

    Raises CannotClose, Busy.
    """
    with_offer(offer.pk, lambda: _end_done(offer.pk, by, at))
    offer.refresh_from_db()


def _end_done(offer_id: int, by: str, at: datetime) -> None:
    offer = Offer.objects.get(pk=offer_id)
    if offer.state != OfferState.OPEN:
        raise CannotClose(_("Only an offer that is open can end."))
    live = Seat.objects.filter(offer=offer, state__in=LIVE).count()
    if live:
        raise CannotClose(
            ngettext(
                "%(count)s person is still in it. Write down first how they ended, or"
                " ask to close it before its time.",
                "%(count)s people are still in it. Write down first how they ended, or"
                " ask to close it before its time.",
                live,
            )
            % {"count": live}
        )
    if Closing.objects.filter(offer=offer, decided_at=None).exists():
        raise CannotClose(
            _("A wish to close it waits for a decision. Decide about that first.")
        )
    _end(offer, OfferState.FINISHED, at)
    _return_budget(offer, by, at)
    record("recovery.offer_ended", target=offer, by=by, region_code=offer.region_code)
