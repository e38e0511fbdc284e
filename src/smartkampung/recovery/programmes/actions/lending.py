"""Loans that come back, early or late, and agreements that are made anew."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.months import months_later
from smartkampung.kernel.wording import rupiah, short_day
from smartkampung.ledger.actions import transfer
from smartkampung.recovery.programmes.actions.answering import NoReason
from smartkampung.recovery.programmes.actions.attending import USED, FormReused
from smartkampung.recovery.programmes.actions.places import with_offer
from smartkampung.recovery.programmes.actions.telling import reached
from smartkampung.recovery.programmes.models import Instalment, Loan, Plan, Repayment
from smartkampung.recovery.programmes.queries.money import Lent, lent_of
from smartkampung.recovery.programmes.rules.loans import plan
from smartkampung.recovery.programmes.rules.money import loan_of, repaid_of
from smartkampung.worklist.actions import close_work, open_all_work

MOST_MONTHS = 60
WITHIN_MONTHS = 12  # the first instalment of a new plan
ARREARS = "recovery.arrears"


class CannotRepay(Refused):
    """This sum cannot come back, or not on that day."""

    code = "cannot_repay"


class CannotReschedule(Refused):
    """The loan cannot be agreed anew like this."""

    code = "cannot_reschedule"


def repay(
    *, form_id: UUID, loan: Loan, amount: int, on: date, by: str, at: datetime
) -> Repayment:
    """Write down money that came back; paying early is paying ahead.

    The same form is one repayment. More than is left is refused with what is left.
    Raises CannotRepay, FormReused, Busy.
    """
    row = Repayment(id=form_id, loan=loan, amount=amount, on=on, by=by, at=at)
    return with_offer(loan.seat.offer_id, lambda: _repay(row))


def _repay(row: Repayment) -> Repayment:
    earlier = Repayment.objects.filter(pk=row.pk).first()
    if earlier is not None:
        mine = (row.loan_id, row.amount, row.on)
        if (earlier.loan_id, earlier.amount, earlier.on) != mine:
            raise FormReused(USED)
        return earlier
    [lent] = lent_of([row.loan], on=day(row.at))
    _check(row, lent)
    seat = row.loan.seat
    transfer(
        key=f"recovery.repay:{row.pk}",
        kind="recovery.repay",
        legs=[
            (loan_of(seat.pk), -row.amount),
            (repaid_of(seat.offer.programme_id), row.amount),
        ],
        by=row.by,
        at=row.at,
    )
    row.save(force_insert=True)
    if row.amount >= lent.standing.arrears:
        close_work(target=row.loan, by=row.by)
    if row.amount == lent.standing.left:
        reached(seat, "repaid", row.at)
    record(
        "recovery.repaid",
        target=row.loan,
        by=row.by,
        region_code=seat.region_code,
        amount=row.amount,
    )
    return row


def _check(row: Repayment, lent: Lent) -> None:
    if not day(row.loan.at) <= row.on <= day(row.at):
        raise CannotRepay(
            _("Choose a day from %(first)s, when the loan began, to today.")
            % {"first": short_day(row.loan.at)}
        )
    if not lent.standing.left:
        raise CannotRepay(_("This loan is paid back whole. Nothing is left to pay."))
    if row.amount <= 0:
        raise CannotRepay(_("Type how many rupiah came back."))
    if row.amount > lent.standing.left:
        raise CannotRepay(
            _(
                "%(left)s are left to pay, so %(amount)s are too much. Take only what"
                " is left, and give the rest back."
            )
            % {"left": rupiah(lent.standing.left), "amount": rupiah(row.amount)}
        )


def reschedule(
    *,
    form_id: UUID,
    loan: Loan,
    months: int,
    first_on: date,
    reason: str,
    by: str,
    at: datetime,
) -> Plan:
    """Agree anew about what is left; earlier plans stay to be read.

    The same form is one plan. Raises CannotReschedule, NoReason, FormReused, Busy.
    """
    if not reason.strip():
        raise NoReason(_("Say why the plan changes, in a few words."))
    if not 1 <= months <= MOST_MONTHS:
        raise CannotReschedule(
            _("Choose from 1 to %(most)d instalments.") % {"most": MOST_MONTHS}
        )
    if first_on < day(at):
        raise CannotReschedule(_("The first instalment cannot be due in the past."))
    latest = months_later(day(at), WITHIN_MONTHS)
    if first_on > latest:
        raise CannotReschedule(
            _("The first instalment is due within a year. Choose a day until %(day)s.")
            % {"day": short_day(latest)}
        )
    terms = Plan(form=form_id, loan=loan, reason=reason, by=by, at=at)
    return with_offer(loan.seat.offer_id, lambda: _reschedule(terms, months, first_on))


def _reschedule(agreed: Plan, months: int, first_on: date) -> Plan:
    earlier = Plan.objects.filter(form=agreed.form).first()
    if earlier is not None:
        return _same_plan(earlier, agreed, months, first_on)
    [lent] = lent_of([agreed.loan], on=day(agreed.at))
    left = lent.standing.left
    if not left:
        raise CannotReschedule(
            _("This loan is paid back whole. Nothing is left to pay.")
        )
    agreed.number, agreed.paid_before = lent.plan.number + 1, lent.repaid
    agreed.save(force_insert=True)
    Instalment.objects.bulk_create(
        Instalment(plan=agreed, **vars(due))
        for due in plan(left, months=months, first_on=first_on)
    )
    close_work(target=agreed.loan, by=agreed.by)
    record(
        "recovery.rescheduled",
        target=agreed.loan,
        by=agreed.by,
        region_code=agreed.loan.seat.region_code,
        left=left,
        months=months,
    )
    return agreed


def _same_plan(earlier: Plan, agreed: Plan, months: int, first_on: date) -> Plan:
    days = list(earlier.instalments.order_by("number").values_list("due_on", flat=True))
    known = (earlier.loan_id, len(days), days[0], earlier.reason)
    if known != (agreed.loan_id, months, first_on, agreed.reason):
        raise FormReused(USED)
    return earlier


def watch_loans(*, at: datetime) -> int:
    """Put every loan with a late instalment on the list; return how many are late.

    Safe to run at any time: a loan waits there once.
    """
    loans = Loan.objects.select_related("seat").order_by("pk")
    late = [
        (lent.loan, lent.loan.seat.region_code)
        for lent in lent_of(loans, on=day(at))
        if lent.standing.arrears
    ]
    open_all_work(
        kind=ARREARS,
        targets=late,
        permission="recovery.repayment_record",
        due_at=at,
        urgent=False,
    )
    return len(late)
