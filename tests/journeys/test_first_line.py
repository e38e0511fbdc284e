"""The first line: from "I got no aid" to aid in hand. It never breaks again."""

import pytest
from playwright.sync_api import expect

from smartkampung.ledger.queries import balances
from tests import cast
from tests.journeys import acts
from tests.journeys.acts import Town


@pytest.mark.django_db(transaction=True)
def test_from_a_report_to_aid_in_hand(town: Town) -> None:
    acts.open_town(packs=1)
    public = town.phone_of()
    sari, endang = town.phone_of(cast.sari()), town.phone_of(cast.camat())

    code = acts.report(public)
    acts.visit(sari)
    acts.approve(endang)
    expect(endang.get_by_text("Disetujui. Bantuan kini menunggu")).to_be_visible()
    acts.fill_batch(endang)
    acts.receive(sari)

    public.goto(f"/t/{code}/")
    assert public.locator(".steps li.done").count() == 4
    assert balances(["handed_out/apbd_food", "budget/apbd_food"]) == {
        "handed_out/apbd_food": 1,
        "budget/apbd_food": 0,
    }
