"""Lists of accounts on the pages of the two people who bring them."""

import io

import pytest
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.aid.models import BankAccount
from tests import cast, payments, population

pytestmark = pytest.mark.django_db
LIST = "/staff/aid/payments/accounts/list/"


def enter(username: str) -> Client:
    """Sign somebody in, reading English."""
    account = Staff.objects.get(username=username)
    return cast.sign_in(cast.english(Client()), account)


def send(client: Client, page: str, text: str) -> tuple[int, str]:
    """Upload a list; return status and page."""
    answer = client.post(page, {"file": io.BytesIO(text.encode())})
    return answer.status_code, answer.content.decode()


def test_a_list_is_brought_and_confirmed() -> None:
    desk = payments.counter()
    sari, ketut = enter("sari"), enter("ketut")
    text = f"nik,bank,number,holder\n{population.WAYAN_NIK},BRI,777788889,Wayan\n"
    assert sari.get(LIST).status_code == 200
    assert sari.post(LIST).status_code == 422
    status, page = send(sari, LIST, text.replace("777788889", "7"))
    assert status == 422
    assert "Line 2, number: This value cannot be used." in page
    assert population.WAYAN_NIK not in page
    assert send(sari, LIST, text)[0] == 302
    assert send(ketut, f"{LIST}confirm/", text)[0] == 302
    row = BankAccount.objects.get(person=desk.wayan, state="in_force")
    assert row.bank_code == "002"
