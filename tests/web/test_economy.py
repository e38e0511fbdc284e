"""Lestari enters and brings figures; the bupati reads them; every one has its words."""

import io
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.jobs.inline import run_waiting
from smartkampung.recovery.economy.models import Alert, Figure, FigureFile
from smartkampung.recovery.economy.rules.kinds import Measure
from smartkampung.residents.imports import source
from tests import cast
from tests.cast import REGENCY
from tests.domain.imports.conftest import read_here
from tests.economy import (
    IN_2019,
    IN_2020,
    MAY_2020,
    NOW,
    SOURCE,
    an_alert,
    entered,
    month_of,
    office,
    office_account,
    year_of,
)

pytestmark = pytest.mark.django_db
PAGES = "/staff/economy/"
MAY = {"kind": "revenue", "item": "hotel", "month": "2020-05"}


@pytest.fixture
def lestari(client: Client) -> Client:
    """Lestari signed in, reading Indonesian."""
    return cast.sign_in(client, office_account())


def words(answer: Any, status: int = 200) -> str:
    """Return what people read on a page."""
    assert answer.status_code == status
    html = answer.content.decode()
    assert len(html) < 100_000
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


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


def typed(**changes: str) -> dict[str, str]:
    """Return what she types for the hotel tax of May 2020."""
    form = {"item": "hotel", "month": "Mei 2020", "target": "650.000.000"}
    return (
        form | {"realised": "65.000.000,50", "source": SOURCE, "reason": ""} | changes
    )


def test_she_types_a_month_and_corrects_it_with_a_reason(lestari: Client) -> None:
    url = f"{PAGES}enter/revenue/"
    shown = words(lestari.post(url, typed(), follow=True))
    assert "Realisasi: Rp65.000.000,50 berlaku" in shown
    shown = words(lestari.post(url, typed(realised="66.000.000")), 409)
    assert "Sudah ada angka di situ. Jelaskan mengapa berubah; keduanya" in shown
    changed = typed(realised="66.000.000", reason="Setoran terlambat")
    shown = words(lestari.post(url, changed, follow=True))
    assert "Realisasi: Rp66.000.000 berlaku" in shown
    assert "Alasan perubahan: Setoran terlambat Lestari Ayu" in shown
    assert "Realisasi: Rp65.000.000,50 sebelumnya" in shown


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"realised": "1,234"}, "Ini dapat dibaca dengan dua cara."),
        ({"realised": "banyak"}, "Ini bukan angka. Tulis ribuan dengan titik"),
        ({"target": "-5"}, "Ini tidak mungkin di bawah nol."),
        ({"month": "Mei"}, "Tahunnya belum ada."),
        ({"month": "Mei 2999"}, "Bulan ini belum dimulai."),
        ({"target": "", "realised": "-"}, "Isi paling sedikit satu dari keduanya."),
        ({"item": "kos"}, "Pilih angkanya tentang apa."),
        ({"source": ""}, "Tulis dari mana angkanya."),
        ({"source": "NIK 3510090505850001"}, "Jangan tulis NIK"),
    ],
)
def test_a_bad_field_says_what_to_do(
    lestari: Client, changes: dict[str, str], says: str
) -> None:
    shown = words(lestari.post(f"{PAGES}enter/revenue/", typed(**changes)), 422)
    assert says in shown
    assert not Figure.objects.exists()


def test_a_figure_is_taken_back_and_stays_readable(lestari: Client) -> None:
    lestari.post(f"{PAGES}enter/revenue/", typed())
    url = f"{PAGES}history/take-back/"
    told = {**MAY, "measure": "realised", "reason": ""}
    words(lestari.post(url, told), 422)
    shown = words(lestari.post(url, told | {"reason": "Bulan lain"}, follow=True))
    assert "Realisasi: ditarik berlaku" in shown
    assert "Realisasi: Rp65.000.000,50 sebelumnya" in shown
    assert lestari.post(url, told | {"measure": "opened"}).status_code == 404


def test_a_site_is_known_again_whatever_its_letters(lestari: Client) -> None:
    url = f"{PAGES}enter/visits/"
    for item, month in (("Pulau Merah", "Mei 2020"), ("pulau  MERAH", "Juni 2020")):
        told = {"item": item, "month": month, "domestic": "1.250", "foreign": "7"}
        answer = lestari.post(url, told | {"source": SOURCE})
        assert answer.status_code == 302
    assert set(Figure.objects.values_list("item", flat=True)) == {"Pulau Merah"}
    assert '<option value="Pulau Merah">' in lestari.get(url).content.decode()
    shown = words(lestari.get(f"{PAGES}visits/?month=2020-05"))
    assert "Pulau Merah 1.250 7 1.257" in shown


def test_a_file_is_looked_at_and_taken(
    lestari: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "read", read_here)
    text = "jenis;bulan;realisasi\nPajak Hotel;Mei 2020;65.000.000\nKos;Mei 2020;1\n"
    file = SimpleUploadedFile("pad.csv", text.encode())
    answer = lestari.post(f"{PAGES}files/", {"kind": "revenue", "file": file})
    row = FigureFile.objects.get()
    page = answer["Location"]
    assert page == f"{PAGES}files/{row.pk}/"
    assert "Berkas sedang dibaca" in words(lestari.get(page))
    run_waiting()
    shown = words(lestari.get(page))
    assert "1 angka baru 0 angka yang berubah 0 sudah sama 1 baris keliru" in shown
    assert "A3 jenis Kos Jenis pendapatan ini tidak dikenal." in shown
    cast.english(lestari)
    assert "This type of revenue is not known." in words(lestari.get(page))
    taken = words(lestari.post(f"{page}take/", follow=True))
    assert "Figures written: 1, by Lestari Ayu" in taken
    again = words(lestari.post(f"{page}take/"), 409)
    assert "was taken or left already" in again


def test_a_form_without_a_file_is_answered(lestari: Client) -> None:
    shown = words(lestari.post(f"{PAGES}files/", {"kind": "revenue"}), 422)
    assert "Pilih berkas dari sistem anggaran." in shown


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
    assert "Hotel tax Rp50,000,000 Rp65,000,000 130% Rp650,000,000 -90%" in shown
    assert (
        "All own-source revenue was told as Rp70,000,000; its parts add up to" in shown
    )
    assert "Rp65,000,000 (Rp5,000,000)." in shown
    assert "SYNTHETIC" not in shown
    until = words(bupati.get(f"{PAGES}revenue/?month=2020-05&sum=until"))
    assert "Hotel tax Rp250,000,000 Rp1,755,000,000 702% Rp3,130,000,000" in until
    assert "-43.9%" in until  # 1,755 of 3,130
    assert (
        'aria-labelledby="pad-t pad-d"'
        in bupati.get(f"{PAGES}revenue/").content.decode()
    )
    shown = words(bupati.get(f"{PAGES}revenue/hotel/"))
    assert "May 2020 Rp50,000,000 Rp65,000,000 130% Rp650,000,000 -90%" in shown


@pytest.mark.usefixtures("two_years")
def test_a_curve_is_held_against_the_same_month_of_2019(bupati: Client) -> None:
    shown = words(bupati.get(f"{PAGES}recovery/hotel/"))
    assert "May 2020 Rp65,000,000 10% 83.6%" in shown
    assert "44.7%" in shown
    overview = words(bupati.get(PAGES))
    assert "45% fallen Lodging, by hotel tax, December 2020" in overview
    assert "fell below the threshold in April 2020: 13.6%" in overview
    assert "Enter revenue" not in overview


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


def test_an_alert_is_acknowledged_once(lestari: Client) -> None:
    alert = an_alert()
    url = f"{PAGES}alerts/{alert.pk}/"
    assert "turun di bawah ambang pada Mei 2020: 10%" in words(lestari.get(url))
    words(lestari.post(f"{url}note/"), 422)
    note = {"note": "Keringanan pajak dibahas"}
    shown = words(lestari.post(f"{url}note/", note, follow=True))
    assert "Dicatat oleh Lestari Ayu" in shown
    assert "sudah dicatat oleh orang lain" in words(
        lestari.post(f"{url}note/", note), 409
    )
    assert Alert.objects.get().seen_by == "lestari"
    assert "Lestari Ayu" in words(lestari.get(f"{PAGES}alerts/"))


def test_a_setting_is_written_with_its_day_and_decision(lestari: Client) -> None:
    url = f"{PAGES}settings/thresholds/"
    assert 'value="60"' in lestari.get(url).content.decode()
    told = {"falls_below": "70", "recovers_above": "60", "since": "2999-01-01"}
    told["reference"] = "SK 5/2021 (contoh)"
    assert "Ambang turun harus di bawah ambang pulih" in words(
        lestari.post(url, told), 422
    )
    told["recovers_above"] = "95"
    shown = words(lestari.post(url, told, follow=True))
    assert "Turun di bawah 70%, pulih di atas 95%. SK 5/2021 (contoh)" in shown
    early = told | {"since": "2020-01-01"}
    assert "yang lalu tetap seperti adanya" in words(lestari.post(url, early), 422)
    assert lestari.get(f"{PAGES}settings/other/").status_code == 404


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
