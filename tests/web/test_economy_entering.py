"""Lestari types figures, brings files, takes note and sets thresholds."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from smartkampung.jobs.inline import run_waiting
from smartkampung.recovery.economy.actions import files as actions
from smartkampung.recovery.economy.models import Alert, Figure, FigureFile
from smartkampung.residents.imports import source
from tests import cast
from tests.domain.imports.conftest import read_here
from tests.economy import (
    SOURCE,
    a_file,
    an_alert,
    office_account,
    words,
)

pytestmark = pytest.mark.django_db
PAGES = "/staff/economy/"
MAY = {"kind": "revenue", "item": "hotel", "month": "2020-05"}


@pytest.fixture
def lestari(client: Client) -> Client:
    """Lestari signed in, reading Indonesian."""
    return cast.sign_in(client, office_account())


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


def test_a_file_that_is_left_says_who_left_it(
    lestari: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = a_file()
    page = f"{PAGES}files/{row.pk}/"
    assert "1 angka baru" in words(lestari.get(page))
    shown = words(lestari.post(f"{page}leave/", follow=True))
    assert "Ditinggalkan oleh Lestari Ayu" in shown
    again = words(lestari.post(f"{page}leave/", follow=True))
    assert "sudah diambil atau ditinggalkan" in again
    monkeypatch.setattr(actions, "LARGEST", 3)
    file = SimpleUploadedFile("pad.csv", b"jenis;bulan")
    shown = words(
        lestari.post(f"{PAGES}files/", {"kind": "revenue", "file": file}), 422
    )
    assert "Berkas lebih dari 20 MB." in shown


def test_a_file_that_changes_a_figure_asks_why(lestari: Client) -> None:
    lestari.post(f"{PAGES}enter/revenue/", typed())
    page = f"{PAGES}files/{a_file().pk}/"
    shown = words(lestari.get(page))
    assert "Pajak hotel Mei 2020 Realisasi Rp65.000.000,50 Rp65.000.000" in shown
    assert "Jelaskan mengapa berubah" in words(lestari.post(f"{page}take/"), 409)
    reason = {"reason": "x" * 301}
    words(lestari.post(f"{page}take/", reason), 422)
    taken = lestari.post(f"{page}take/", {"reason": "Rekonsiliasi"}, follow=True)
    assert "Angka dicatat: 1" in words(taken)


def test_an_alert_that_a_correction_took_back_has_no_index(lestari: Client) -> None:
    alert = an_alert(turn="undone", index=None)
    shown = words(lestari.get(f"{PAGES}alerts/{alert.pk}/"))
    assert "ternyata tidak turun: angkanya diperbaiki" in shown
    assert "hotel ternyata tidak turun: angkanya diperbaiki Mei 2020 –" in words(
        lestari.get(f"{PAGES}alerts/")
    )
