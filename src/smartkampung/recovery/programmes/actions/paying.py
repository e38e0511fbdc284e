"""Money that reaches people: from what was set aside for them, once a form."""

from datetime import datetime
from uuid import UUID, uuid5

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.months import months_later
from smartkampung.ledger.actions import Leg, Opening, open_accounts, transfer
from smartkampung.recovery.programmes.actions.attending import USED, FormReused
from smartkampung.recovery.programmes.actions.places import with_offer
from smartkampung.recovery.programmes.actions.planning import RUPIAH
from smartkampung.recovery.programmes.actions.telling import reached
from smartkampung.recovery.programmes.models import (
    Attendance,
    Instalment,
    Loan,
    Offer,
    Payout,
    Plan,
    Seat,
)
from smartkampung.recovery.programmes.queries.days import days_present
from smartkampung.recovery.programmes.queries.money import owed_to, paid_to
from smartkampung.recovery.programmes.rules.loans import plan
from smartkampung.recovery.programmes.rules.money import due_of, loan_of, paid_of
from smartkampung.recovery.programmes.rules.states import (
    Pays,
    SeatState,
)
from smartkampung.residents.models import Person
from smartkampung.worklist.actions import close_work

MAY_GET = (SeatState.ACCEPTED, SeatState.ATTENDING, SeatState.FINISHED)


class NothingOwed(Refused):
    """There is nothing to pay."""

    code = "nothing_owed"


class PaysOwnWord(Refused):
    """Whoever wrote down what is paid does not pay it."""

    code = "pays_own_word"


class NoReceipt(Refused):
    """A payment leaves a paper behind, and its number is missing."""

    code = "no_receipt"


def pay_wages(
    *, form_id: UUID, offer: Offer, receipt: str, by: str, at: datetime
) -> int:
    """Pay everybody of an offer what is owed for what was done; return the rupiah.

    Also of an offer that was closed: what was earned stays owed. The same form pays
    once. Raises NothingOwed, NoReceipt, Busy, and PaysOwnWord for who wrote a sheet
    that is paid.
    """
    paper = _paper(receipt)
    return with_offer(offer.pk, lambda: _pay_all(form_id, offer, paper, by, at))


def _paper(receipt: str) -> str:
    if not receipt.strip():
        raise NoReceipt(_("Type the number of the receipt, or a note that proves it."))
    return receipt.strip()


def _pay_all(form_id: UUID, offer: Offer, receipt: str, by: str, at: datetime) -> int:
    key = f"recovery.pay:{form_id}"
    seats = list(Seat.objects.filter(offer=offer).order_by("pk"))
    ids = {uuid5(form_id, str(seat.pk)): seat for seat in seats}
    earlier = Payout.objects.filter(pk__in=list(ids))
    if earlier:
        return sum(payout.amount for payout in earlier)
    owed = owed_to(offer, seats)
    if not owed:
        raise NothingOwed(
            _("Everything that was earned so far is paid. Write attendance down first.")
        )
    if Attendance.objects.filter(seat__in=owed, present=True, sheet__by=by).exists():
        raise PaysOwnWord(
            _("You wrote attendance of this offer, so another officer must pay it.")
        )
    total = sum(owed.values())
    legs: list[Leg] = [(due_of(pk), -amount) for pk, amount in owed.items()]
    transfer(
        key=key,
        kind="recovery.pay",
        legs=[*legs, (paid_of(offer.pk), total)],
        by=by,
        at=at,
    )
    days = days_present(owed)
    Payout.objects.bulk_create(
        Payout(
            id=form,
            seat=seat,
            amount=owed[seat.pk],
            days=days.get(seat.pk, 0),
            receipt=receipt,
            by=by,
            at=at,
        )
        for form, seat in ids.items()
        if seat.pk in owed
    )
    close_work(target=offer, by=by, kinds=("recovery.pay_owed",))
    record(
        "recovery.wages_paid",
        target=offer,
        by=by,
        region_code=offer.region_code,
        people=len(owed),
        amount=total,
    )
    return total


def hand_over(
    *, form_id: UUID, seat: Seat, receipt: str, by: str, at: datetime
) -> Payout:
    """Write down that a grant or loan reached somebody, whole and once.

    A loan begins here: its first instalment is due a month later. The same form is one
    hand-over. Raises NothingOwed, NoReceipt, FormReused, Busy, and PaysOwnWord for who
    wrote down the answer, or what was reached.
    """
    row = Payout(id=form_id, seat=seat, receipt=_paper(receipt), by=by, at=at)
    return with_offer(seat.offer_id, lambda: _hand_over(row), people=[seat.person_id])


def _hand_over(payout: Payout) -> Payout:
    seat = Seat.objects.select_related("offer", "person").get(pk=payout.seat_id)
    earlier = Payout.objects.filter(pk=payout.pk).first()
    if earlier is not None:
        if earlier.seat_id != seat.pk:
            raise FormReused(USED)
        return earlier
    _check_hand_over(seat, payout.by)
    by, at, offer = payout.by, payout.at, seat.offer
    lends = offer.pays == Pays.LOAN
    if lends:
        open_accounts([Opening(loan_of(seat.pk), RUPIAH)])
    transfer(
        key=f"recovery.hand_over:{seat.pk}",
        kind="recovery.lend" if lends else "recovery.grant",
        legs=[
            (due_of(seat.pk), -seat.amount),
            (loan_of(seat.pk) if lends else paid_of(offer.pk), seat.amount),
        ],
        by=by,
        at=at,
    )
    payout.amount = seat.amount
    payout.save(force_insert=True)
    if lends:
        _begin_loan(seat, by, at)
    _take_part(seat, at)
    close_work(target=seat, by=by, kinds=("recovery.pay",))
    record(
        "recovery.handed_over",
        target=seat,
        by=by,
        region_code=seat.region_code,
        amount=seat.amount,
    )
    return payout


def _check_hand_over(seat: Seat, by: str) -> None:
    if seat.offer.pays not in (Pays.GRANT, Pays.LOAN) or seat.state not in MAY_GET:
        raise NothingOwed(_("Nothing is handed over at once to this person."))
    # Asked again under the lock: a death may have been told since the invitation.
    if seat.person.status != Person.Status.LIVING:
        raise NothingOwed(
            _("The registry says that this person died or moved away. Ask the village.")
        )
    if paid_to([seat.pk]) or not seat.amount:
        raise NothingOwed(_("This was handed over already."))
    own = Q(answered_through=by) | Q(milestones__by=by)
    if Seat.objects.filter(own, pk=seat.pk).exists():
        raise PaysOwnWord(
            _(
                "You wrote down the answer of this person, or what they reached, so"
                " another officer must hand it over."
            )
        )


def _begin_loan(seat: Seat, by: str, at: datetime) -> None:
    loan = Loan.objects.create(seat=seat, amount=seat.amount, at=at)
    first = months_later(day(at), 1)
    agreed = Plan.objects.create(loan=loan, number=1, by=by, at=at)
    Instalment.objects.bulk_create(
        Instalment(plan=agreed, **vars(due))
        for due in plan(seat.amount, months=seat.offer.loan_months, first_on=first)
    )


def _take_part(seat: Seat, at: datetime) -> None:
    if seat.state == SeatState.ACCEPTED:
        seat.state = SeatState.ATTENDING
        seat.save(update_fields=["state"])
    reached(seat, "handed_over", at)
