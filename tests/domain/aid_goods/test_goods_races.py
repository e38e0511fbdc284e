"""Two keepers reach for the last packs at one moment."""

import uuid
from collections import Counter

import pytest
from django.db import transaction

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Role
from smartkampung.aid.goods.actions import receive_goods, send_goods, spoil_goods
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.ledger.queries import accounts_that_disagree, balances
from tests import cases, cast
from tests.cases import NOW
from tests.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PACK = "FOOD_PACK"


def test_no_stock_is_sent_or_spoiled_twice() -> None:
    with transaction.atomic():
        act_as(Kind.JOB)
        cases.desk()
        keeper = cases.rights(cast.staff("dian", Role.DINSOS, cast.REGENCY))
        receive_goods(
            form_id=uuid.uuid4(),
            item=PACK,
            region=cast.REGENCY,
            quantity=10,
            by=keeper,
            at=NOW,
        )
    outcomes = Counter(at_once(8, lambda: take_three(keeper)))
    assert outcomes == {"done": 3, "stock_exhausted": 5}
    assert balances([f"stock/{PACK}/{cast.REGENCY}"]) == {
        f"stock/{PACK}/{cast.REGENCY}": 1
    }
    assert accounts_that_disagree() == []


def take_three(keeper: Actor) -> str:
    """Send or spoil three packs in a transaction of one's own; say how it went."""
    form, same = uuid.uuid4(), {"item": PACK, "region": cast.REGENCY}
    try:
        with transaction.atomic():
            act_as(Kind.JOB)
            if form.int % 2:
                spoil_goods(
                    form_id=form,
                    reason="Banjir.",
                    quantity=3,
                    by=keeper,
                    at=NOW,
                    **same,
                )
            else:
                send_goods(
                    form_id=form,
                    to=cast.KECAMATAN,
                    quantity=3,
                    by=keeper,
                    at=NOW,
                    **same,
                )
    except Refused as refusal:
        return refusal.code
    return "done"
