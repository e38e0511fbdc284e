"""A sign that no database keeps opens nothing, and breaks nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import cases
from tests.isolating import booked_here
from tests.web.samples import addresses

pytestmark = pytest.mark.django_db
PLAIN = [a for a in addresses() if not a.takes_arguments]


@pytest.mark.parametrize(
    "path",
    [
        "/open/apbd_food/35%00/",
        "/open/apbd_food/35%00/list/",
        "/open/apbd%00/",
        "/api/v1/isolation/reservations/%00",
        "/letters/isolation/1%00.x/",
        "/i/%00/",
    ],
)
def test_a_nul_in_a_path_is_no_page(client: Client, path: str) -> None:
    cases.desk()
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "/api/v1/isolation/houses?village=%00",
        "/api/v1/isolation/houses?in=35.10%00",
        "/isolation/houses/?village=%00",
    ],
)
def test_a_nul_in_a_question_has_no_answer(client: Client, query: str) -> None:
    answer = client.get(query)
    assert answer.status_code == 400
    assert "500" not in answer.content.decode()


def test_no_address_takes_a_nul_as_a_question(client: Client) -> None:
    for address in PLAIN:
        answer = client.get(f"{reverse(address.name)}?page=%00&q=%00&code=%00")
        assert answer.status_code == 400, address.route


def test_the_code_of_a_booking_follows_no_report(client: Client) -> None:
    code = booked_here()
    assert client.get(f"/api/v1/aid/reports/{code}").status_code == 404
