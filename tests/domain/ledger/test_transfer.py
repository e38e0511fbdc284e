"""Money moves once, in balance, and never out of an empty account."""

from datetime import datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection

from smartkampung.kernel.clock import WIB
from smartkampung.ledger.actions import (
    BudgetExhausted,
    TransferKeyReused,
    open_account,
    transfer,
)
from smartkampung.ledger.models import Account, Entry, Transfer
from smartkampung.ledger.queries import accounts_that_disagree, balances

AT = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)
pytestmark = pytest.mark.django_db


def open_pair(*, left: int) -> None:
    """Open a budget that holds ``left`` and the account it came from."""
    open_account(code="source/x", commodity="IDR", may_go_below_zero=True)
    open_account(code="budget/x", commodity="IDR")
    if left:
        move(key="fill", amount=left, back=True)


def move(*, key: str, amount: int, back: bool = False) -> Transfer:
    """Move from the budget to the source, or back."""
    sign = 1 if back else -1
    legs = [("budget/x", sign * amount), ("source/x", -sign * amount)]
    return transfer(key=key, kind="test", legs=legs, by="sari", at=AT)


def test_a_transfer_moves_both_balances() -> None:
    open_pair(left=10)
    move(key="a", amount=4)
    assert balances(["budget/x", "source/x"]) == {"budget/x": 6, "source/x": -6}
    assert accounts_that_disagree() == []


def test_the_same_key_moves_nothing_again() -> None:
    open_pair(left=10)
    assert move(key="a", amount=4) == move(key="a", amount=4)
    assert balances(["budget/x"]) == {"budget/x": 6}


def test_a_key_names_one_movement() -> None:
    open_pair(left=10)
    move(key="a", amount=4)
    with pytest.raises(TransferKeyReused):
        move(key="a", amount=5)


def test_an_empty_budget_refuses_and_nothing_moves() -> None:
    open_pair(left=3)
    with pytest.raises(BudgetExhausted) as refusal:
        move(key="a", amount=4)
    assert refusal.value.code == "budget_exhausted"
    assert balances(["budget/x"]) == {"budget/x": 3}
    assert not Transfer.objects.filter(key="a").exists()


def test_unbalanced_entries_are_a_bug() -> None:
    open_pair(left=3)
    with pytest.raises(ValueError, match="do not sum to zero"):
        transfer(key="a", kind="t", legs=[("budget/x", -1)], by="sari", at=AT)


def test_commodities_do_not_mix() -> None:
    open_pair(left=3)
    open_account(code="rice", commodity="RICE")
    legs = [("budget/x", -1), ("rice", 1)]
    with pytest.raises(ValueError, match="do not sum to zero"):
        transfer(key="a", kind="t", legs=legs, by="sari", at=AT)
    with pytest.raises(ValueError, match="holds RICE"):
        open_account(code="rice", commodity="IDR")


def test_account_never_below_zero() -> None:
    open_pair(left=3)
    with pytest.raises(IntegrityError, match="account_never_below_zero"):
        Account.objects.filter(code="budget/x").update(balance=-1)


def test_transfer_done_once() -> None:
    Transfer.objects.create(key="a", kind="t", at=AT, by="sari")
    with pytest.raises(IntegrityError, match="transfer_done_once"):
        Transfer.objects.create(key="a", kind="t", at=AT, by="sari")


def test_entry_moves_something() -> None:
    open_pair(left=3)
    first = Transfer.objects.get(key="fill")
    with pytest.raises(IntegrityError, match="entry_moves_something"):
        Entry.objects.create(transfer=first, account_id="budget/x", amount=0)


def test_entries_sum_to_zero() -> None:
    open_pair(left=3)
    first = Transfer.objects.get(key="fill")
    Entry.objects.create(transfer=first, account_id="budget/x", amount=5)
    with pytest.raises(IntegrityError, match="do not sum to zero"):
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_transfer_append_only(change: str) -> None:
    open_pair(left=3)
    with pytest.raises(DatabaseError, match="Cannot"):
        connection.cursor().execute(change.format("ledger_transfer"))


@pytest.mark.parametrize("change", ["UPDATE {} SET amount = 7", "DELETE FROM {}"])
def test_entry_append_only(change: str) -> None:
    open_pair(left=3)
    with pytest.raises(DatabaseError, match="Cannot"):
        connection.cursor().execute(change.format("ledger_entry"))
