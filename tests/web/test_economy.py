"""The bupati reads figures; every one has its words, its source and its file."""

import io
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import Role
from smartkampung.kernel.clock import telling
from smartkampung.recovery.economy.models import Figure
from smartkampung.recovery.economy.rules.kinds import Measure
from tests import cast
from tests.cast import REGENCY
from tests.economy import (
    IN_2019,
    IN_2020,
    MAY_2020,
    NOW,
    entered,
    month_of,
    office,
    office_account,
    words,
    year_of,
)

pytestmark = pytest.mark.django_db
PAGES = "/staff/economy/"
MAY = {"kind": "revenue", "item": "hotel", "month": "2020-05"}


@pytest.fixture
def lestari(client: Client) -> Client:
    """Lestari signed in, reading Indonesian."""
    return cast.sign_in(client, office_account())


def made_up(*months: int) -> None:
    """Make synthetic figures of hotel tax in months of 2020."""
    Figure.objects.bulk_create(
        Figure(
            measure="realised",
            item="hotel",
            month=date(2020, month, 1),
            value=Decimal(5),
            source="contoh",
            synthetic=True,
            by="demo",
            at=NOW,
        )
        for month in months
    )


@pytest.fixture
def two_years() -> None:
    """Hotel tax in 2019 and 2020, restaurant in May, and a total that does not fit."""
    by = office()
    entered(year_of(2019, IN_2019) + year_of(2020, IN_2020), by)
    entered(year_of(2020, [50] * 12, measure=Measure.TARGET), by)
    entered(month_of({"total": 70_000_000}), by)


@pytest.fixture
def bupati(client: Client) -> Client:
    """The bupati signed in, reading English."""
    account: Staff = cast.staff("bupati", Role.LEADERSHIP, REGENCY)
    return cast.english(cast.sign_in(client, account))


@pytest.mark.usefixtures("two_years")
def test_the_bupati_reads_a_month_by_type(bupati: Client) -> None:
    shown = words(bupati.get(f"{PAGES}revenue/?month=2020-05"))
    assert "Hotel tax Rp50,000,000 Rp65,000,000 130% Rp650,000,000 −90%" in shown
    assert (
        "All own-source revenue was told as Rp70,000,000; its parts add up to" in shown
    )
    assert "Rp65,000,000 (Rp5,000,000)." in shown
    assert "SYNTHETIC" not in shown
    until = words(bupati.get(f"{PAGES}revenue/?month=2020-05&sum=until"))
    assert "Hotel tax Rp250,000,000 Rp1,755,000,000 702% Rp3,130,000,000" in until
    assert "−43.9%" in until  # 1,755 of 3,130
    assert (
        'aria-labelledby="pad-t pad-d"'
        in bupati.get(f"{PAGES}revenue/").content.decode()
    )
    shown = words(bupati.get(f"{PAGES}revenue/hotel/"))
    assert "May 2020 Rp50,000,000 Rp65,000,000 130% Rp650,000,000 −90%" in shown


@pytest.mark.usefixtures("two_years")
def test_a_curve_is_held_against_the_same_month_of_2019(bupati: Client) -> None:
    shown = words(bupati.get(f"{PAGES}recovery/hotel/"))
    assert "May 2020 Rp65,000,000 10% 83.6%" in shown
    assert "44.7%" in shown
    overview = words(bupati.get(PAGES))
    tile = "45.2% below the threshold of Dec 2019 (down 54.8%) Lodging, by hotel tax"
    assert f"{tile}, December 2020" in overview
    told = "fell below the threshold in April 2020: 13.6% of April 2019 (down 86.4%)"
    assert told in overview
    assert "Enter revenue" not in overview


@pytest.mark.usefixtures("two_years")
def test_the_part_that_is_left_never_stands_beside_turun(client: Client) -> None:
    reader = cast.staff("bupati", Role.LEADERSHIP, REGENCY)
    cast.sign_in(client, reader)
    shown = words(client.get(PAGES))
    assert "45,2% di bawah ambang dari Des 2019 (turun 54,8%)" in shown
    assert "April 2020: 13,6% dari April 2019 (turun 86,4%)" in shown
    for page in ("", "recovery/hotel/", "alerts/"):
        assert not re.search(r"% (turun|naik)", words(client.get(f"{PAGES}{page}")))
    shown = words(client.get(f"{PAGES}recovery/hotel/"))
    assert "45,2% dari Des 2019 (turun 54,8%) Desember 2020" in shown
    assert "44,7% dari tahun penuh 2019 (turun 55,3%) 12 bulan bersama" in shown
    assert "Kejadian Bulan Dari bulan pembanding" in words(
        client.get(f"{PAGES}alerts/")
    )


@pytest.mark.usefixtures("two_years")
def test_a_month_that_runs_is_no_tile_and_says_so_elsewhere(bupati: Client) -> None:
    entered(
        year_of(2021, [30]),
        actor_for(Staff.objects.get(username="lestari"), on=NOW.date()),
        at=NOW,
    )
    with telling(NOW):
        assert "45.2% below the threshold" in words(bupati.get(PAGES))
        shown = words(bupati.get(f"{PAGES}recovery/"))
    assert "January 2021, still running 5%" in shown


def test_a_sector_that_stands_higher_or_the_same_says_so(bupati: Client) -> None:
    by = office()
    entered(year_of(2019, [100, 100]) + year_of(2020, [104]), by)
    assert "104% of Jan 2019 (up 4%)" in words(bupati.get(PAGES))
    entered(year_of(2020, [104, 100]), by)
    assert "100% of Feb 2019 (the same)" in words(bupati.get(PAGES))


def test_what_was_made_up_says_so_everywhere(bupati: Client) -> None:
    made_up(1, 2, 3)
    mark = "SYNTHETIC example data, no real figures"
    for page in ("", "revenue/", "revenue/hotel/", "recovery/", "recovery/hotel/"):
        assert mark in words(bupati.get(f"{PAGES}{page}")), page
    assert mark in words(bupati.get("/economy/"))
    for sheet in ("revenue", "type", "recovery", "curve"):
        url = f"{PAGES}download/{sheet}.csv?type=hotel&curve=hotel"
        answer = bupati.get(url)
        lines = answer.content.decode().splitlines()
        assert mark in lines[0], sheet
        assert "-sintetis.csv" in answer["Content-Disposition"]
        assert any("Fetched by bupati" in line for line in lines[-3:])


def test_a_file_says_the_unit_and_which_row_was_made_up(bupati: Client) -> None:
    made_up(4, 5)
    entered(month_of({"hotel": 65_000_000}), office(), reason="Angka asli")
    answer = bupati.get(f"{PAGES}download/type.csv?type=hotel")
    assert "ekonomi-jenis-pad-sintetis.csv" in answer["Content-Disposition"]
    head, may, april = answer.content.decode().splitlines()[1:4]
    assert head.startswith("Month,Target (Rp),Collected (Rp),Of the target (%)")
    assert head.endswith("Change in a year (%),Kind of figures")
    assert may.endswith(",told by the office")
    assert april.endswith(",SYNTHETIC")
    url = f"{PAGES}download/revenue.csv?month=2020-05"
    year = bupati.get(f"{url}&sum=until").content.decode()
    alone = bupati.get(url).content.decode()
    assert "Hotel tax,,65000000,,,,told by the office" in alone
    assert "Hotel tax,,,,,,\r\n" in year, "January is missing: no sum, and no mark"
    assert "Kind of figures" not in words(bupati.get(f"{PAGES}revenue/hotel/"))


def test_no_cell_of_a_file_is_a_formula(bupati: Client) -> None:
    by = office()
    for item, month in (("=HYPERLINK(1)", 5), ("@sum", 6)):
        entered(month_of({item: 5}, date(2020, month, 1), Measure.DOMESTIC), by)
    text = bupati.get(f"{PAGES}download/sites.csv?month=2020-05").content.decode()
    assert "'=HYPERLINK(1),5" in text
    body = bupati.get(f"{PAGES}download/sites.xlsx?month=2020-06").content
    book = CalamineWorkbook.from_filelike(io.BytesIO(body))
    cells = [row[:2] for row in book.get_sheet_by_index(0).to_python()]
    assert ["'@sum", 5.0] in cells


@pytest.mark.parametrize(
    "url",
    [
        "history/",
        "history/?kind=revenue&item=hotel&month=2020-13",
        "history/?kind=money&item=hotel&month=2020-05",
        "revenue/kos/",
        "recovery/kos/",
        "enter/money/",
        "download/other.csv",
        "download/revenue.pdf",
        "download/revenue.csv",
        "download/type.csv?type=kos",
        "download/curve.csv?curve=kos",
        "download/sites.csv",
    ],
)
def test_an_address_that_makes_no_sense_is_missing(lestari: Client, url: str) -> None:
    assert lestari.get(f"{PAGES}{url}").status_code == 404


@pytest.mark.parametrize("month", ["", "x", "2020-13", "9999-01", "٢٠٢٠-٠٥", "2020-05"])
def test_a_month_that_is_none_shows_the_last(lestari: Client, month: str) -> None:
    made_up(5)
    shown = words(lestari.get(f"{PAGES}revenue/?month={month}"))
    assert "Pendapatan asli daerah (PAD): Mei 2020" in shown


def test_pages_without_figures_say_how_to_begin(lestari: Client) -> None:
    for page in ("", "revenue/", "visits/", "businesses/", "recovery/", "revenue/pbb/"):
        assert "Bawa berkas dari sistem anggaran" in words(
            lestari.get(f"{PAGES}{page}")
        )
    assert "Belum ada angka nyata yang dimuat" in words(lestari.get(f"{PAGES}known/"))
    assert "Sejauh ini tidak ada yang turun" in words(lestari.get(f"{PAGES}alerts/"))


def test_a_page_asks_little_however_many_months(
    lestari: Client, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    made_up(*range(1, 13))
    for page in ("", "revenue/", "recovery/hotel/"):
        with django_assert_max_num_queries(24):
            lestari.get(f"{PAGES}{page}")


def test_may_is_the_month_of_the_samples() -> None:
    assert MAY["month"] == f"{MAY_2020:%Y-%m}"


def test_businesses_are_told_by_sector_with_their_year(bupati: Client) -> None:
    by = office()
    for measure, values in (
        (Measure.OPENED, [3] * 12),
        (Measure.CLOSED, [1, 1, 9, 9, 9, 4, 3, 2, 2, 1, 1, 1]),
    ):
        entered(year_of(2020, values, item="homestay", measure=measure, times=1), by)
    shown = words(bupati.get(f"{PAGES}businesses/?month=2020-12"))
    assert "Homestay 3 1 36 43 −7" in shown
    assert "Nobody is registered yet." in shown
    text = bupati.get(f"{PAGES}download/sectors.csv?month=2020-12").content.decode()
    assert "Homestay,3,1,36,43,-7,told by the office" in text
    assert "-sintetis" not in text
    for sheet in ("people", "visits", "known-visits", "years", "parts", "alerts"):
        assert bupati.get(f"{PAGES}download/{sheet}.xlsx").status_code == 200


def test_a_sum_that_lacks_a_part_says_which(bupati: Client) -> None:
    by = office()
    entered(month_of({"hotel": 5, "restaurant": 7}), by)
    entered(month_of({"hotel": 6}, date(2020, 6, 1)), by)
    shown = words(bupati.get(f"{PAGES}revenue/?month=2020-06"))
    assert "Local taxes cannot be added up: Restaurant tax is missing." in shown
    shown = words(bupati.get(f"{PAGES}revenue/?month=2020-07"))
    assert "Hotel tax – – – – –" in shown


def test_a_curve_without_figures_says_how_to_begin(lestari: Client) -> None:
    assert "Belum ada angka" in words(lestari.get(f"{PAGES}recovery/visits/"))
    words(lestari.post(f"{PAGES}settings/baseline/", {"year": "x"}), 422)
