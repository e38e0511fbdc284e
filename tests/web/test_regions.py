"""Anyone finds their village, who heads it and whom to call."""

from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from smartkampung.regions.models import HeadTerm, Region
from tests.cast import HERE, KECAMATAN, NEXT_DOOR, places

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> None:
    """The made-up places, two of which can stand on a map."""
    cache.clear()
    places()
    Region.objects.filter(code=HERE).update(lat=-8.3, lng=114.1, phone="0333-100")
    Region.objects.filter(code=NEXT_DOOR).update(lat=-8.3, lng=114.13)
    HeadTerm.objects.create(region_id=HERE, name="Wagimin", since=date(2019, 5, 1))
    HeadTerm.objects.create(
        region_id=HERE, name="Sutrisno", since=date(2013, 5, 1), until=date(2019, 5, 1)
    )


def text(client: Client, url: str) -> str:
    """Return a page that must open."""
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_before_any_region_is_loaded_the_page_says_how(client: Client) -> None:
    cache.clear()
    assert "smartkampung regions load" in text(client, "/regions/")


@pytest.mark.usefixtures("made")
def test_the_list_names_every_kecamatan_and_draws_it_as_a_link(client: Client) -> None:
    page = text(client, "/regions/")
    assert "Lereng" in page
    assert "2 desa" in page
    assert '<a href="/regions/35.10.09/" aria-label="Lereng: 2 desa/kelurahan">' in page
    assert "bukan batas resmi" in page


@pytest.mark.usefixtures("made")
def test_a_village_is_found_by_part_of_its_name(client: Client) -> None:
    assert f"/regions/{HERE}/" in text(client, "/regions/?q=SUMBER")
    assert "Tidak ada desa dengan nama itu" in text(client, "/regions/?q=xyz")


@pytest.mark.usefixtures("made")
def test_what_was_sought_is_shown_as_text(client: Client) -> None:
    assert "<script>" not in text(client, "/regions/?q=<script>alert(1)</script>")


@pytest.mark.usefixtures("made")
def test_a_kecamatan_shows_villages_heads_and_phones(client: Client) -> None:
    page = text(client, f"/regions/{KECAMATAN}/")
    assert "Wagimin" in page
    assert "Sutrisno" not in page
    assert "0333-100" in page


@pytest.mark.usefixtures("made")
def test_a_village_shows_its_head_with_the_term(client: Client) -> None:
    page = text(client, f"/regions/{HERE}/")
    assert "Wagimin" in page
    assert "sejak 1 Mei 2019" in page
    assert "Lereng" in page


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize(
    "code", ["35", "35.10", "99.99.99", f"{HERE}.002", f"{HERE}.002.007", "x'--"]
)
def test_other_codes_are_no_page(client: Client, code: str) -> None:
    assert client.get(f"/regions/{code}/").status_code == 404


@pytest.mark.usefixtures("made")
def test_pages_cost_few_queries_however_many_villages(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3001, 3020):
        Region.objects.create(
            code=f"{KECAMATAN}.{number}", name="Baru", kind="desa", parent_id=KECAMATAN
        )
    for url in ("/regions/", f"/regions/{KECAMATAN}/"):
        text(client, url)
        with django_assert_max_num_queries(12):
            text(client, url)


@pytest.mark.usefixtures("made")
def test_a_place_needs_no_cookie(client: Client) -> None:
    assert not client.get("/regions/").cookies
