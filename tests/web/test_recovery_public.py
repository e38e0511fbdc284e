"""Anybody reads which offers are open, and what came of the programmes."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from smartkampung.kernel.clock import now
from smartkampung.recovery.programmes.models import Figure
from tests import cast
from tests.cast import KECAMATAN
from tests.recovering import running_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted() -> None:
    """Keep the figures of one kind as the job leaves them."""
    cast.places()
    whole = {
        "places": 40,
        "chosen": 38,
        "finished": 20,
        "asked": 18,
        "income_before": 600_000,
        "income_after": 1_450_000,
    }
    for place, numbers in (("", whole), (KECAMATAN, {**whole, "finished": None})):
        for measure, value in numbers.items():
            Figure.objects.create(
                kind="training",
                kecamatan=place,
                measure=measure,
                value=value,
                counted_at=now(),
            )


def page(client: Client) -> str:
    """Return what somebody reads in English."""
    return cast.english(client).get("/recovery/").content.decode()


def test_nothing_is_open_and_nothing_was_counted(client: Client) -> None:
    assert "No offer is open now" in page(client)


def test_an_open_offer_stands_here_with_what_it_gives(client: Client) -> None:
    running_now()
    text = page(client)
    for words in ("Clean the beach", "Cash for work", "2 places", "Sumberwangi"):
        assert words in text
    assert "Ayu" not in text


def test_results_have_a_chart_and_its_numbers(client: Client, counted: None) -> None:
    text = page(client)
    assert "Training, before" in text
    assert "Rp1,450,000" in text
    assert "See the numbers" in text
    assert "hidden, because" in text
    assert "Lereng" in text


def test_the_door_for_grievances_stands_beside_it(client: Client) -> None:
    assert 'href="/grievance/"' in page(client)


def test_it_is_light_and_may_be_kept(client: Client, counted: None) -> None:
    answer = client.get("/recovery/")
    assert len(answer.content) < 40_000
    assert "max-age=60" in answer["Cache-Control"]
    again = client.get("/recovery/", HTTP_IF_NONE_MATCH=answer["ETag"])
    assert again.status_code == 304


def test_it_counts_nobody_itself(
    client: Client, counted: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/recovery/")
    with django_assert_max_num_queries(8):
        client.get("/recovery/")
