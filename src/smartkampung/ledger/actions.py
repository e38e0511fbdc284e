"""The only writer of money and goods."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.sealed import blind_index
from smartkampung.ledger.bulk import write_transfer
from smartkampung.ledger.models import Account, Transfer
from smartkampung.ledger.rules.chain import ACCOUNT, account_text

Leg = tuple[str, int]


class Opening(NamedTuple):
    """An account that is wanted."""

    code: str
    commodity: str
    may_go_below_zero: bool = False


class BudgetExhausted(Refused):
    """An account holds less than was asked of it."""

    code = "budget_exhausted"


class TransferKeyReused(Refused):
    """A key that named one movement came again for another one."""

    code = "transfer_key_reused"


EXHAUSTED = _(
    "The budget of this programme is used up. Choose another programme, or ask Dinsos"
    " to add to the budget."
)
REUSED = _("This movement was already written down with other amounts.")
BUSY = _("Many people are using this budget right now. Please try again in a moment.")


def open_account(
    *, code: str, commodity: str, may_go_below_zero: bool = False
) -> Account:
    """Return the account of that code, made now if it is new.

    Raises ValueError when it exists for another commodity: a bug, not a wish.
    """
    return open_accounts([Opening(code, commodity, may_go_below_zero)])[code]


def open_accounts(wanted: Iterable[Opening]) -> dict[str, Account]:
    """Return the accounts by code, made now where they are new, all at once.

    Raises ValueError like ``open_account``.
    """
    made = {opening.code: _account(opening) for opening in sorted(wanted)}
    Account.objects.bulk_create(made.values(), ignore_conflicts=True)
    found = Account.objects.in_bulk(list(made))
    for code, account in found.items():
        if account.commodity != made[code].commodity:
            raise ValueError(
                f"account {code} holds {account.commodity}, not {made[code].commodity}"
            )
    return found


def _account(opening: Opening) -> Account:
    text = account_text(**opening._asdict())
    return Account(**opening._asdict(), mac=blind_index(text, ACCOUNT))


def transfer(
    *, key: str, kind: str, legs: Sequence[Leg], by: str, at: datetime
) -> Transfer:
    """Move amounts between accounts once; return the movement.

    ``legs`` are (account code, amount), amounts below zero leave the account; they
    sum to zero for each commodity, else ValueError. The same key with the same legs
    returns the first movement and moves nothing. Raises ``BudgetExhausted`` when an
    account would go below zero, ``TransferKeyReused``, ``Busy``.
    """
    codes = sorted({code for code, _amount in legs})
    return claim_scarce(
        locks=[Lock(Rank.QUOTA, Account.objects.filter(pk__in=codes))],
        take=lambda: _move(key=key, kind=kind, legs=legs, by=by, at=at),
        refusals={"account_never_below_zero": BudgetExhausted(EXHAUSTED)},
        busy=Busy(BUSY),
    )


def _move(
    *, key: str, kind: str, legs: Sequence[Leg], by: str, at: datetime
) -> Transfer:
    written = write_transfer(key=key, kind=kind, legs=legs, by=by, at=at)
    if written is None:
        return _same_or_refuse(Transfer.objects.get(key=key), legs)
    _check_sums(written.commodities, legs)
    return Transfer(pk=written.number, key=key, kind=kind, at=at, by=by)


def _same_or_refuse(earlier: Transfer, legs: Sequence[Leg]) -> Transfer:
    written = sorted(earlier.entries.values_list("account_id", "amount"))
    if written != sorted(legs):
        raise TransferKeyReused(REUSED)
    return earlier


def _check_sums(commodities: Mapping[str, str], legs: Sequence[Leg]) -> None:
    sums: defaultdict[str, int] = defaultdict(int)
    for code, amount in legs:
        sums[commodities[code]] += amount
    wrong = {commodity: total for commodity, total in sums.items() if total}
    if wrong:
        raise ValueError(f"entries do not sum to zero: {wrong}")
