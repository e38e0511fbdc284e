"""Whatever is asked of the ledger, in whatever order: sums to zero, never below it."""

from datetime import datetime

import pytest
from django.db import connection
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from smartkampung.kernel.clock import WIB
from smartkampung.ledger.actions import (
    BudgetExhausted,
    TransferKeyReused,
    open_account,
    transfer,
)
from smartkampung.ledger.models import Account, Entry, Transfer
from smartkampung.ledger.queries import accounts_that_disagree

AT = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)
CODES = ("source/x", "budget/x", "committed/x", "handed_out/x")
moves = st.tuples(
    st.integers(0, 30),  # the key: small, so that keys come again
    st.sampled_from(CODES),
    st.sampled_from(CODES),
    st.integers(1, 50),
)


class AnySequenceOfTransfers(TestCase):
    """Each example runs in a transaction of its own and is undone."""

    @settings(max_examples=60)
    @given(st.lists(moves, max_size=35))
    def test_balances_and_never_goes_below_zero(
        self, asked: list[tuple[int, str, str, int]]
    ) -> None:
        for code in CODES:
            open_account(
                code=code, commodity="IDR", may_go_below_zero=code == "source/x"
            )
        done = set()
        for key, giver, taker, amount in asked:
            if giver == taker:
                continue
            legs = [(giver, -amount), (taker, amount)]
            try:
                transfer(key=str(key), kind="test", legs=legs, by="sari", at=AT)
            except (BudgetExhausted, TransferKeyReused):
                continue
            done.add(key)
        assert Transfer.objects.count() == len(done)
        assert (Entry.objects.aggregate(sum=Sum("amount"))["sum"] or 0) == 0
        assert sum(Account.objects.values_list("balance", flat=True)) == 0
        below = Account.objects.filter(balance__lt=0).exclude(code="source/x")
        assert not below.exists()
        assert accounts_that_disagree() == []
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.django_db
def test_an_account_written_past_the_ledger_is_found() -> None:
    open_account(code="budget/x", commodity="IDR")
    Account.objects.update(balance=5)
    assert accounts_that_disagree() == ["budget/x"]
