"""Warehouses on the pages of their keepers."""

import re
import uuid

import pytest
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.aid.models import GoodsMove, StockCount
from tests import cases, cast

pytestmark = pytest.mark.django_db
STOCK = "/staff/stock/"
REGENCY, KECAMATAN = f"{STOCK}{cast.REGENCY}/", f"{STOCK}{cast.KECAMATAN}/"


@pytest.fixture
def offices() -> None:
    """Open the desk, and Dinsos, which keeps the regency's warehouse."""
    cases.desk()
    cast.staff("dian", Role.DINSOS, cast.REGENCY)


def enter(username: str) -> Client:
    """Sign somebody in, reading English."""
    account = Staff.objects.get(username=username)
    return cast.sign_in(cast.english(Client()), account)


def goods(kind: str, quantity: int, **more: str) -> dict[str, str]:
    """Fill in the form of a warehouse."""
    same = {"form_id": str(uuid.uuid4()), "item": "FOOD_PACK", "kind": kind}
    return {**same, "quantity": str(quantity), **more}


@pytest.mark.usefixtures("offices")
def test_packs_are_supplied_sent_counted_and_spoiled() -> None:
    dian, endang = enter("dian"), enter("endang")
    assert dian.post(f"{REGENCY}write/", goods("received", 100)).status_code == 302
    too_many = dian.post(f"{REGENCY}write/", goods("sent", 101, to=cast.KECAMATAN))
    assert too_many.status_code == 409
    assert "holds less than that" in too_many.content.decode()
    dian.post(f"{REGENCY}write/", goods("sent", 40, to=cast.KECAMATAN))

    assert "On the way here" in endang.get(KECAMATAN).content.decode()
    count = f"{KECAMATAN}count/{GoodsMove.objects.get(kind='sent').pk}/"
    silent = endang.post(count, {"arrived": "38"})
    assert "Say why less arrived" in silent.content.decode()
    assert endang.post(count, {"arrived": ""}).status_code == 422
    endang.post(count, {"arrived": "38", "loss_reason": "Two were wet."})
    spoiled = goods("spoiled", 1, reason="Mice.")
    assert endang.post(f"{KECAMATAN}write/", spoiled).status_code == 302

    shown = endang.get(KECAMATAN).content.decode()
    assert re.search(r'<span class="n">37</span>', shown)
    assert "spoiled" in shown
    assert "Lereng" in dian.get(STOCK).content.decode()


@pytest.mark.usefixtures("offices")
def test_what_is_missing_is_said_and_others_only_look() -> None:
    dian, made = enter("dian"), enter("made")
    assert dian.post(f"{REGENCY}write/", goods("sent", 1)).status_code == 422
    assert dian.post(f"{REGENCY}write/", goods("spoiled", 1)).status_code == 422
    elsewhere = dian.post(f"{KECAMATAN}write/", goods("spoiled", 1, reason="Mice."))
    assert elsewhere.status_code == 409
    assert made.get(STOCK).status_code == 403
    assert enter("sari").get(KECAMATAN).status_code == 404
    assert "No goods in any warehouse" in dian.get(STOCK).content.decode()


@pytest.mark.usefixtures("offices")
def test_a_shelf_is_counted_and_a_second_person_books() -> None:
    dian, page = enter("dian"), f"{REGENCY}counts/"
    dian.post(f"{REGENCY}write/", goods("received", 100))
    told = {"form_id": str(uuid.uuid4()), "item": "FOOD_PACK", "counted": "90"}
    assert dian.post(page, {}).status_code == 422
    silent = dian.post(page, told)
    assert silent.status_code == 422
    assert "Write how the difference came about." in silent.content.decode()
    told |= {"cause": "missing", "reason": "Gone."}
    assert dian.post(page, told).status_code == 302
    other = {**told, "form_id": str(uuid.uuid4())}
    assert dian.post(page, other).status_code == 409
    row = StockCount.objects.get()
    work = f"{STOCK}counts/{row.pk}/"
    assert dian.post(work, {"decision": "book"}).status_code == 409
    cast.staff("rini", Role.DINSOS, cast.REGENCY)
    rini = enter("rini")
    assert "Counted by" in rini.get(work).content.decode()
    assert rini.post(work, {"decision": "book"}).status_code == 302
    assert re.search(r'<span class="n">90</span>', dian.get(REGENCY).content.decode())
    assert "booked" in dian.get(page).content.decode()
    assert (
        "Nobody has counted"
        in enter("endang").get(f"{KECAMATAN}counts/").content.decode()
    )
