"""Somebody registers the own phone: a number, a code, and a no at any time."""

import pytest
from django.test import Client

from smartkampung.accounts.models import OfficerPhone
from smartkampung.accounts.queries.phones import phones_of
from smartkampung.accounts.roles import Role
from smartkampung.notify.models import Message
from tests.cast import RT_HERE, sign_in, staff
from tests.speaking import NUMBER

pytestmark = pytest.mark.django_db
MINE = "/accounts/phone/"


@pytest.fixture
def made() -> Client:
    return sign_in(Client(), staff("made", Role.RT_HEAD, RT_HERE, name="Made Artha"))


def test_a_number_becomes_mine_by_its_code_and_quiet_by_a_button(made: Client) -> None:
    assert "daftarkan nomor" in made.get("/staff/news/").content.decode().lower()
    page = made.post(MINE, {"number": "0813 0000 0001"}).content.decode()
    assert f'name="number" value="{NUMBER}"' in page
    secret = Message.objects.get().secret
    assert secret is not None
    wrong = "000000" if secret.open() != "000000" else "111111"
    answer = made.post(f"{MINE}code/", {"number": NUMBER, "digits": wrong})
    assert answer.status_code == 422
    made.post(f"{MINE}code/", {"number": NUMBER, "digits": secret.open()})
    row = OfficerPhone.objects.get()
    assert row.staff_id in phones_of([row.staff_id])
    page = made.get(MINE).content.decode()
    assert NUMBER not in page, "who looks over a shoulder reads no number"
    made.post(f"{MINE}wish/", {"wish": "no"})
    assert not phones_of([row.staff_id])
    made.post(f"{MINE}wish/", {"wish": "yes"})
    assert phones_of([row.staff_id])
    made.post(f"{MINE}wish/", {"wish": "forget"})
    assert not OfficerPhone.objects.exists()
    assert made.post(f"{MINE}wish/", {"wish": "yes"}, follow=True).status_code == 200


def test_half_a_number_is_named_and_codes_end(made: Client) -> None:
    assert made.post(MINE, {"number": "0813"}).status_code == 422
    for _time in range(6):
        assert made.post(MINE, {"number": NUMBER}).status_code == 200
    assert made.post(MINE, {"number": NUMBER}).status_code == 409
