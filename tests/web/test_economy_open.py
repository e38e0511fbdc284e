"""Anybody reads what is known of the fall, with its sources; and nobody is pointed at."""

import re
from importlib import resources
from typing import Any

import pytest
from django.test import Client

from smartkampung.recovery.economy.actions.loading import load_known
from smartkampung.recovery.economy.models import SectorCount
from tests import cast
from tests.economy import IN_2019, IN_2020, NOW, entered, office, year_of

pytestmark = pytest.mark.django_db
FILE = resources.files("smartkampung.recovery.economy") / "data/known.csv"


@pytest.fixture
def known() -> None:
    """Real figures with their sources are loaded, hotel tax was entered."""
    cast.places()
    load_known(FILE.read_text().splitlines(), by="test")


def words(answer: Any) -> str:
    """Return what people read."""
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.mark.usefixtures("known")
def test_the_question_of_the_fall_is_answered_with_what_is_known(
    client: Client,
) -> None:
    cast.english(client)
    shown = words(client.get("/economy/"))
    assert "No pair of whole years that could be compared fell by half." in shown
    total = (
        "All own-source revenue, collected: Rp388.9 billion in 2017, Rp483.2 billion"
    )
    assert f"{total} in 2020. 24.2% higher" in shown
    targets = (
        "Target of hotel and restaurant tax: Rp37 billion in 2018, Rp20 billion in"
    )
    assert f"{targets} 2020. 46% lower" in shown
    assert "Hotel tax, 2016 to 2019: Looked for, not found." in shown
    odd = "January to July 2021: the source says 46.5%, its own figures give 49.8%."
    assert odd in shown
    assert "Doubtful." in shown


@pytest.mark.usefixtures("known")
def test_whole_years_and_parts_of_years_stand_apart(client: Client) -> None:
    cast.english(client)
    html = client.get("/economy/").content.decode()
    years, _, rest = html.partition("Real figures of parts of a year")
    parts, _, visits = rest.partition("Real figures of visits")
    assert "quarter 1 of 2015" in parts
    assert "quarter 1 of 2015" not in years
    assert "January to July 2021" in parts
    assert 'href="https://radarbanyuwangi' in years
    assert ">jawapos.com</a>" in years
    assert ">unej.ac.id</a>" in years
    assert "256 thousand" in visits


@pytest.mark.usefixtures("known")
def test_the_page_is_light_kept_and_prints(client: Client) -> None:
    entered(year_of(2019, IN_2019) + year_of(2020, IN_2020), office())
    answer = client.get("/economy/")
    assert len(answer.content) < 90_000
    assert "max-age=60" in answer["Cache-Control"]
    again = client.get("/economy/", headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304
    html = answer.content.decode()
    assert "/staff/economy/" not in html
    assert "<script" not in html
    assert "Penginapan, dari pajak hotel" in html


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("years", "tahun-penuh"),
        ("parts", "bagian-tahun"),
        ("known-visits", "kunjungan-sumber"),
    ],
)
def test_real_figures_are_there_to_fetch(
    client: Client, name: str, called: str, form: str
) -> None:
    answer = client.get(f"/economy/download/{name}.{form}")
    assert answer.status_code == 200
    assert f"ekonomi-{called}.{form}" in answer["Content-Disposition"]
    if form == "csv":
        assert "https://" in answer.content.decode()
    assert client.get(f"/economy/download/people.{form}").status_code == 404


def test_small_counts_of_people_are_not_shown(client: Client) -> None:
    cast.english(client)
    counts = {"to_verify": None, "verified": 12, "recovered": None, "total": 16}
    SectorCount.objects.create(sector="boat", counted_at=NOW, **counts)
    SectorCount.objects.create(sector="total", counted_at=NOW, **counts)
    shown = words(client.get("/economy/"))
    assert "Tourist boat 16 &lt; 5 12 &lt; 5 All 16 &lt; 5 12 &lt; 5" in shown
    assert "Counts below 5 are not shown" in shown


def test_nothing_known_says_so(client: Client) -> None:
    cast.english(client)
    shown = words(client.get("/economy/"))
    assert "Did own-source revenue fall" not in shown
    assert "No monthly figures yet." in shown
    assert "No real figures were loaded yet." in shown


def test_a_fall_by_half_would_be_said(client: Client) -> None:
    cast.english(client)
    lines = FILE.read_text().splitlines()
    years = [f"revenue,total,,year,{year}-01-01,{year}-12-31" for year in (2019, 2020)]
    rest = ",,https://example.org,,,"
    load_known(
        [lines[0], f"{years[0]},,1000000{rest}", f"{years[1]},,500000{rest}"], by="test"
    )
    shown = words(client.get("/economy/"))
    assert "One comparison of whole years shows a fall by half or more." in shown
    assert "Rp1 million in 2019, Rp500 thousand in 2020. 50% lower" in shown
    load_known([lines[0], f"{years[1]},,1000000{rest}"], by="test")
    assert "2020. the same" in words(client.get("/economy/"))
