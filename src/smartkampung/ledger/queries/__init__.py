"""Reads of the ledger."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Sum

from smartkampung.ledger.models import Account, Entry


@dataclass(frozen=True)
class Balance:
    """What an account holds, in whole units of its commodity."""

    code: str
    commodity: str
    amount: int


def balances(codes: Iterable[str]) -> dict[str, int]:
    """Return the balance of each account that exists among ``codes``."""
    rows = Account.objects.filter(pk__in=list(codes))
    return dict(rows.values_list("code", "balance"))


def balances_under(prefix: str) -> list[Balance]:
    """Return the accounts whose code begins with ``prefix``, by code."""
    rows = Account.objects.filter(code__startswith=prefix).order_by("code")
    return [Balance(row.code, row.commodity, row.balance) for row in rows]


def movements_of(code: str, *, most: int) -> list[Entry]:
    """Return the latest entries of an account with their transfers, newest first."""
    rows = Entry.objects.filter(account=code).select_related("transfer")
    return list(rows.order_by("-transfer__at", "-pk")[:most])


def accounts_that_disagree() -> list[str]:
    """Return accounts whose kept balance is not the sum of their entries.

    Always empty unless somebody wrote past ``ledger.actions.transfer``.
    """
    sums = Entry.objects.values("account").annotate(total=Sum("amount"))
    written = {row["account"]: row["total"] for row in sums}
    kept = Account.objects.values_list("code", "balance")
    return sorted(code for code, held in kept if held != written.get(code, 0))
