"""Proxies on pages: named, approved, and chosen at the hand-over."""

import uuid

import pytest
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.aid.models import Collection, Proxy
from smartkampung.kernel.clock import today
from tests import cases, cast, proxies
from tests.pictures import jpeg

pytestmark = pytest.mark.django_db
PROXIES = "/staff/aid/proxies/"


def enter(username: str) -> Client:
    """Sign somebody in, reading English."""
    account = Staff.objects.get(username=username)
    return cast.sign_in(cast.english(Client()), account)


def filled(**more: str) -> dict[str, str]:
    """Fill in the form of a proxy."""
    same = {"form_id": str(uuid.uuid4()), "name": "Made Sutama"}
    same |= {"nik": proxies.MADE_NIK, "relation": "neighbour", "wish": "recipient"}
    return {**same, "since": f"{today()}", "until": f"{today()}", **more}


def test_a_proxy_is_named_approved_and_collects() -> None:
    desk = cases.desk()
    due = cases.at_the_counter(desk)
    sari, page = enter("sari"), f"{PROXIES}person/{due.person_id}/"
    assert sari.post(page, {}).status_code == 422
    without = sari.post(page, filled(wish="head"))
    assert without.status_code == 422
    assert "Write why the recipient cannot come." in without.content.decode()
    assert sari.post(page, filled()).status_code == 302
    assert sari.post(page, filled()).status_code == 409
    row = Proxy.objects.get()
    proxies.head()
    ketut = enter("ketut")
    shown = ketut.get(f"{PROXIES}{row.pk}/").content.decode()
    assert "Made Sutama" in shown
    assert proxies.MADE_NIK not in shown
    assert ketut.post(f"{PROXIES}{row.pk}/", {"decision": "approve"}).status_code == 302
    assert ketut.post(f"{PROXIES}{row.pk}/", {"decision": "approve"}).status_code == 409

    counter = f"/staff/aid/dues/{due.pk}/hand-over/"
    assert "Their proxy: Made Sutama" in sari.get(counter).content.decode()
    told = {"form_id": str(uuid.uuid4()), "outcome": "received", "proof": "signature"}
    assert sari.post(counter, told).status_code == 422
    pictures = {"signature": jpeg(), "photo": jpeg()}
    done = sari.post(counter, {**told, **pictures, "proxy_id": f"{row.pk}"})
    assert done.status_code == 302
    assert Collection.objects.get().proxy == row


def test_a_proxy_is_ended_on_the_page() -> None:
    desk = cases.desk()
    due = cases.at_the_counter(desk)
    row = proxies.in_force(desk, due.person)
    sari = enter("sari")
    assert sari.post(f"{PROXIES}{row.pk}/end/").status_code == 302
    assert sari.post(f"{PROXIES}{row.pk}/end/").status_code == 409
    assert Proxy.objects.get().state == "ended"
