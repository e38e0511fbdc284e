"""The summary page: numbers, map, bars and the table behind them."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from smartkampung.accounts.roles import Role
from smartkampung.regions.models import Region
from tests.cast import FAR_AWAY, HERE, REGENCY, sari, sign_in, staff
from tests.domain.aid.test_summary import cases

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(client: Client) -> Client:
    """The head of the regency, signed in, with cases in two kecamatan."""
    cache.clear()
    account = staff("bupati", Role.LEADERSHIP, REGENCY)
    for code, lng in ((HERE, 114.1), (FAR_AWAY, 114.4)):
        Region.objects.filter(code=code).update(lat=-8.3, lng=lng)
        cases(30, code, opened=1)
        cases(1230, code, opened=90, closed=85)
        cases(70, code, opened=90, closed=80)
    return sign_in(client, account)


def test_the_page_shows_totals_map_bars_and_table(leader: Client) -> None:
    page = leader.get("/staff/summary/").content.decode()
    assert "2.660" in page
    assert "94,6%" in page
    assert 'class="map"' in page
    assert page.count("chart-bar") == 2
    assert page.count("<tr>") == 4


@pytest.mark.parametrize("measure", ["total", "overdue", "running", "late", "kept"])
def test_each_measure_can_be_chosen(leader: Client, measure: str) -> None:
    page = leader.get(f"/staff/summary/?show={measure}").content.decode()
    assert f'href="?show={measure}" aria-current="true"' in page


def test_an_unknown_measure_shows_the_first(leader: Client) -> None:
    page = leader.get("/staff/summary/?show=<b>").content.decode()
    assert 'href="?show=total" aria-current="true"' in page


def test_no_person_and_no_link_to_one_is_on_the_page(leader: Client) -> None:
    page = leader.get("/staff/summary/").content.decode()
    main = page.partition("<main")[2].partition("</main>")[0]
    links = re.findall(r'href="([^"]*)"', main)
    assert links
    assert all(link.startswith("?show=") for link in links)


def test_one_village_needs_no_map_and_no_table(client: Client) -> None:
    sign_in(client, sari())
    cases(3, HERE, opened=1)
    page = client.get("/staff/summary/").content.decode()
    assert "<table" not in page
    assert "kurang dari 5 orang" in page


def test_without_the_right_the_page_is_closed(client: Client) -> None:
    sign_in(client, staff("babinsa", Role.BABINSA, HERE))
    assert client.get("/staff/summary/").status_code == 403
