"""Lists of accounts on the pages of the two people who bring them."""

import io

import pytest
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.aid.models import BankAccount
from smartkampung.jobs.inline import run_waiting
from tests import cast, payments, population

pytestmark = pytest.mark.django_db
LIST = "/staff/aid/payments/accounts/list/"


def enter(username: str) -> Client:
    """Sign somebody in, reading English."""
    account = Staff.objects.get(username=username)
    return cast.sign_in(cast.english(Client()), account)


def send(client: Client, page: str, text: str) -> str:
    """Upload a list, let it be checked and written; return the page about it."""
    answer = client.post(page, {"file": io.BytesIO(text.encode())})
    assert answer.status_code == 302
    shown = client.get(answer["Location"]).content.decode()
    assert "renews itself" in shown
    run_waiting()
    return client.get(answer["Location"]).content.decode()


def test_a_list_is_brought_and_confirmed() -> None:
    desk = payments.counter()
    sari, ketut = enter("sari"), enter("ketut")
    text = f"nik,bank,number,holder\n{population.WAYAN_NIK},BRI,777788889,Wayan\n"
    assert sari.get(LIST).status_code == 200
    assert sari.post(LIST).status_code == 422
    page = send(sari, LIST, text.replace("777788889", "7"))
    assert "Nothing was taken" in page
    assert "C2" in page
    assert "6 to 20 digits" in page
    assert population.WAYAN_NIK not in page
    assert "Written down: 1" in send(sari, LIST, text)
    assert "Confirmed: 1" in send(ketut, f"{LIST}confirm/", text)
    row = BankAccount.objects.get(person=desk.wayan, state="in_force")
    assert row.bank_code == "002"
    assert "taken over" in sari.get(LIST).content.decode()


def test_a_file_that_is_no_list_says_why() -> None:
    payments.counter()
    assert "column" in send(enter("sari"), LIST, "nik,bank,number\n1,2,3\n")
