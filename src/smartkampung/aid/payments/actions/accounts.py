"""Write down a person's account, and let a second person confirm it."""

import uuid
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.models import BankAccount
from smartkampung.aid.payments.models.accounts import NUMBER
from smartkampung.aid.payments.rules.accounts import (
    AccountFault,
    account_faults,
    digits,
)
from smartkampung.audit.actions import record
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.errors import Refused, atomic_or_refuse
from smartkampung.kernel.sealed import Sealed, blind_index
from smartkampung.residents.models import Person
from smartkampung.worklist.actions import close_work, open_work

CONFIRM_WITHIN = timedelta(days=3)
BUSY = _("Somebody else is working on this account. Please try again in a moment.")
WORDS = {
    AccountFault.BANK: _("Choose a bank from the list."),
    AccountFault.NUMBER: _("The account number has 6 to 20 digits. Check it again."),
    AccountFault.HOLDER: _("Write the name of the account holder as at the bank."),
}


class AccountRefused(Refused):
    """The account cannot be written down or confirmed like that."""

    code = "account_refused"


def record_account(
    *,
    form_id: uuid.UUID,
    person: Person,
    bank: str,
    number: str,
    holder: str,
    by: Actor,
    at: datetime,
) -> BankAccount:
    """Write down an account, to be confirmed by another; the same form twice is one.

    The account in force stays so until then. Raises AccountRefused.
    """
    number = digits(number)
    found = account_faults(bank=bank, number=number, holder=holder)
    if found:
        raise AccountRefused(" ".join(str(WORDS[fault]) for fault in found))
    earlier = BankAccount.objects.filter(form_id=form_id, person=person).first()
    if earlier is not None:
        told = (earlier.bank_code, earlier.number.open(), earlier.holder)
        if told != (bank, number, holder.strip()):
            raise AccountRefused(
                _(
                    "This form was sent before with something else in it. Open a new one."
                )
            )
        return earlier
    waits = AccountRefused(
        _("An account of this person waits to be confirmed already.")
    )
    once = {"bank_account_one_waiting": waits, "bank_account_form_once": waits}
    with atomic_or_refuse(once):
        row = BankAccount.objects.create(
            form_id=form_id,
            person=person,
            region_code=person.region_code,
            bank_code=bank,
            number=Sealed.of(number, NUMBER),
            number_index=blind_index(number, NUMBER),
            holder=holder.strip(),
            asked_by_id=by.staff_id,
            asked_at=at,
        )
        open_work(
            kind="aid.confirm_account",
            target=row,
            permission=Permission.ACCOUNT_CONFIRM,
            region_code=row.region_code,
            due_at=at + CONFIRM_WITHIN,
            not_by=[by.username],
        )
        _note("aid.account_recorded", row, by)
    return row


def decide_account(
    *, account: BankAccount, confirmed: bool, number: str = "", by: Actor, at: datetime
) -> None:
    """Bring an account into force in place of the one before, or refuse it.

    Who confirms types the number again from the paper: so two people read it, and no
    page ever shows it. Raises AccountRefused: by who wrote it down, for another number,
    or for another person's account.
    """

    def take() -> None:
        row = BankAccount.objects.get(pk=account.pk)
        if row.state != BankAccount.State.WAITING:
            raise AccountRefused(_("This account was decided on already."))
        if row.asked_by_id == by.staff_id:
            raise own
        if confirmed and digits(number) != row.number.open():
            raise AccountRefused(
                _(
                    "This is not the number that was written down. Look at the paper again;"
                    " if it is right, refuse this account and let it be written anew."
                )
            )
        state = BankAccount.State.REFUSED
        if confirmed:
            state = BankAccount.State.IN_FORCE
            BankAccount.objects.filter(person=row.person_id, state=state).update(
                state=BankAccount.State.REPLACED
            )
        row.state, row.decided_by_id, row.decided_at = state, by.staff_id, at
        row.save(update_fields=["state", "decided_by", "decided_at"])
        close_work(target=row, by=by.username)
        _note("aid.account_decided", row, by, confirmed=confirmed)

    own = AccountRefused(
        _("You wrote this account down yourself, so somebody else must confirm it.")
    )
    other = AccountRefused(
        _("This account is in force for another person. Ask both families.")
    )
    claim_scarce(
        locks=[
            Lock(Rank.PERSON, Person.objects.filter(pk=account.person_id)),
            Lock(Rank.PERSON, BankAccount.objects.filter(person=account.person_id)),
        ],
        take=take,
        refusals={
            "bank_account_needs_two_people": own,
            "bank_account_of_one_person": other,
        },
        busy=Busy(BUSY),
    )


def _note(name: str, row: BankAccount, by: Actor, **detail: object) -> None:
    record(name, target=row, by=by.username, region_code=row.region_code, **detail)
