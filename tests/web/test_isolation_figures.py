"""Sari sees her village, dr. Ratna hers, the bupati no person in any village."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.web.isolation_figures import views
from tests import cast
from tests.cast import HERE, KECAMATAN, NEXT_DOOR, REGENCY
from tests.isolating import (
    MONDAY,
    a_bed_use,
    a_house,
    a_reservation,
    a_stay,
    beds_of,
)

pytestmark = pytest.mark.django_db
FIGURES = "/staff/isolation/figures/"
NOW = MONDAY + timedelta(days=5)


@pytest.fixture(autouse=True)
def _in_isolation(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wayan isolates in the house here, Ayu at home next door."""
    monkeypatch.setattr(views, "now", lambda: NOW)
    act_as(Kind.JOB)
    house = a_house(beds=4)
    stay = a_stay(a_reservation(house, state="arrived"), state="present", bound=True)
    a_bed_use(stay, beds_of(house)[0])
    home = a_reservation(state="arrived", region_code=NEXT_DOOR)
    a_stay(home, state="present", bound=True, name="Ayu")


@pytest.fixture
def opens(client: Client) -> Callable[[Staff, str], str]:
    """Open a page as somebody, in English, as the words that people read."""

    def read(who: Staff, url: str) -> str:
        cast.english(cast.sign_in(client, who))
        answer = client.get(url, follow=True)
        assert answer.status_code == 200
        html = answer.content.decode()
        assert len(html) < 100_000
        assert "Wayan" not in html
        return " ".join(re.sub(r"<[^>]+>", " ", html).split())

    return read


def bupati() -> Staff:
    return cast.staff("ratih", Role.LEADERSHIP, REGENCY)


def test_sari_sees_the_houses_and_people_of_her_village(
    opens: Callable[[Staff, str], str],
) -> None:
    shown = opens(cast.sari(), FIGURES)
    assert "Figures of isolation: Sumberwangi" in shown
    assert "1 in isolation now" in shown
    assert "3 of 4 beds are free tonight" in shown
    assert "Balai Desa 4 1 3" in shown
    assert "Kota Surabaya 1" in shown


def test_dr_ratna_sees_all_the_villages_of_her_puskesmas(
    opens: Callable[[Staff, str], str],
) -> None:
    ratna = cast.dr_ratna()
    shown = opens(ratna, FIGURES)
    assert "Figures of isolation: all places of yours" in shown
    assert "2 in isolation now" in shown
    assert "Lereng 1 1 0" in shown  # in houses, at home, expected
    assert "Karangjati 0 0 0 – 1" in shown
    assert "3 of 4 beds" not in opens(ratna, f"{FIGURES}{NEXT_DOOR}/")


def test_the_regency_is_told_by_kecamatan_and_each_kecamatan_by_village(
    opens: Callable[[Staff, str], str],
) -> None:
    dinkes = cast.staff("maya", Role.DINKES, REGENCY)
    assert "Lereng 1 4 1 25% 1" in opens(dinkes, FIGURES)
    assert "Sumberwangi 1 4 1 25% 0" in opens(dinkes, f"{FIGURES}{KECAMATAN}/")


def test_the_bupati_counts_people_in_no_village(
    opens: Callable[[Staff, str], str],
) -> None:
    ratih = bupati()
    assert "2 in isolation now" in opens(ratih, FIGURES)
    assert "Karangjati 0 0 0 –" in opens(ratih, f"{FIGURES}{KECAMATAN}/")
    village = opens(ratih, f"{FIGURES}{NEXT_DOOR}/")
    assert "in isolation now" not in village
    assert "Here only beds are counted" in village
    assert "No isolation house here" in village


def test_who_answers_for_another_place_finds_nothing(client: Client) -> None:
    cast.sign_in(client, cast.budi())
    assert client.get(f"{FIGURES}{HERE}/").status_code == 404


def test_the_page_asks_as_little_for_a_regency_as_for_a_village(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    cast.sign_in(client, bupati())
    with django_assert_max_num_queries(28):
        client.get(f"{FIGURES}{REGENCY}/")
