"""Staff make tokens for programs, see them once and revoke them."""

import re

import pytest
from django.test import Client

from smartkampung.accounts.models import ApiToken, Assignment
from smartkampung.accounts.queries import actor_for_token
from smartkampung.accounts.roles import Role
from smartkampung.kernel.clock import now
from tests.cast import HERE, budi, english, sari, sign_in, staff

pytestmark = pytest.mark.django_db
PAGE = "/staff/tokens/"


@pytest.fixture
def client() -> Client:
    return sign_in(english(Client()), sari())


def filled(**changes: str) -> dict[str, str]:
    office = Assignment.objects.get(staff__username="sari")
    return {"name": "tablet", "office": str(office.pk), "days": "30", **changes}


def test_a_token_is_shown_once_and_works(client: Client) -> None:
    page = client.post(PAGE, filled()).content.decode()
    (text,) = re.findall(r"sk_[\w-]{43}", page)
    assert actor_for_token(text, at=now()) is not None
    again = client.get(PAGE).content.decode()
    assert "tablet" in again
    assert "sk_" not in again


def test_a_revoked_token_is_gone(client: Client) -> None:
    client.post(PAGE, filled())
    token = ApiToken.objects.get()
    client.post(f"{PAGE}{token.pk}/revoke/")
    token.refresh_from_db()
    assert token.revoked_at is not None
    assert "<table" not in client.get(PAGE).content.decode()


def test_the_office_of_somebody_else_is_no_choice(client: Client) -> None:
    theirs = Assignment.objects.get(staff=budi())
    page = client.post(PAGE, filled(office=str(theirs.pk)))
    assert page.status_code == 422
    assert not ApiToken.objects.exists()


def test_the_token_of_somebody_else_is_not_mine_to_revoke(client: Client) -> None:
    client.post(PAGE, filled())
    token = ApiToken.objects.get()
    other = sign_in(Client(), budi())
    assert other.post(f"{PAGE}{token.pk}/revoke/").status_code == 404


@pytest.mark.parametrize("field", ["name", "office", "days"])
def test_what_is_missing_is_named(client: Client, field: str) -> None:
    page = client.post(PAGE, filled(**{field: ""}))
    assert page.status_code == 422
    assert f"id_{field}" in page.content.decode()
    assert 'class="errors"' in page.content.decode()


def test_a_session_of_an_hour_ago_must_show_the_password_again() -> None:
    account = staff("dewi", Role.VILLAGE_HEAD, HERE, password="kopi-pagi-di-ijen")
    client = sign_in(Client(), account)
    assert client.get(PAGE).status_code == 200
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    answer = client.get(PAGE)
    assert answer.status_code == 302
    assert "reauthenticate" in answer["Location"]
