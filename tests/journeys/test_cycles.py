"""From the village meeting to the money and the family's word, in a browser."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from smartkampung.accounts.models import Staff
from smartkampung.aid.payments.simulator import Bank
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.clock import now, today
from smartkampung.notify.models import Message
from tests import cast, payments, rounds
from tests.domain.aid.test_races import ground
from tests.journeys import acts
from tests.journeys.acts import Town
from tests.pictures import jpeg
from tests.population import WAYAN_NIK

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_from_musdesus_to_the_money_and_the_familys_word(
    town: Town, tmp_path: Path
) -> None:
    ground(payments.office_of_cash)
    ground(rounds.waits)
    phones = {
        name: town.phone_of(Staff.objects.get(username=name))
        for name in ("sari", "made", "ketut", "endang", "bambang", "dian")
    }
    sari = phones["sari"]
    acts.take_work(sari, "Usulkan keluarga penerima bantuan")
    sari.get_by_role("link", name="Catat musyawarah").click()
    sari.fill("input[name=number]", "141/12/2026")
    sari.fill("input[name=held_on]", today().isoformat())
    sari.fill("input[name=attendance]", "31")
    photo = FilePayload(name="ba.jpg", mimeType="image/jpeg", buffer=jpeg().getvalue())
    sari.set_input_files("input[name=photo]", photo)
    press(sari, "Simpan musyawarah")
    sari.get_by_role("link", name="Tambah keluarga").click()
    sari.fill("input[name=nik]", WAYAN_NIK)
    press(sari, "Masukkan ke daftar")
    expect(sari.get_by_text("sudah masuk daftar")).to_be_visible()
    sari.locator("a.back").click()
    press(sari, "Kirim daftar untuk dikunjungi")

    acts.take_work(phones["made"], "Kunjungi keluarga yang diusulkan")
    phones["made"].get_by_label("Layak", exact=True).check()
    press(phones["made"], "Simpan kunjungan")
    acts.take_work(phones["ketut"], "Tanda tangani daftar desa")
    press(phones["ketut"], "Tanda tangani daftar")
    acts.take_work(phones["endang"], "Sahkan daftar sebuah desa")
    press(phones["endang"], "Sahkan daftar")
    expect(phones["endang"].get_by_text("1 dari 5 jatah terpakai.")).to_be_visible()
    expect(phones["endang"].get_by_text("menerima", exact=True)).to_be_visible()

    bank = Bank(tmp_path)
    file = the_money_is_sent(phones, into=tmp_path / "in")
    assert "001122330" in file.read_text()
    bank.step(now())
    (answer,) = (tmp_path / "out").glob("*.xml")
    phones["dian"].set_input_files("input[name=file]", answer)
    press(phones["dian"], "Baca jawaban")
    expect(phones["dian"].get_by_text("Terbaca: 1 dibayar")).to_be_visible()
    run_waiting()
    the_family_answers(town.phone_of(), "Kami tidak menerima apa-apa")
    acts.take_work(phones["endang"], "Periksa selisih yang disampaikan keluarga")
    expect(phones["endang"].get_by_text("Rp300.000")).to_be_visible()


def the_money_is_sent(phones: dict[str, Page], *, into: Path) -> Path:
    """Endang makes a batch, Bambang approves it, Dian sends it; return its file."""
    endang, bambang, dian = (phones[name] for name in ("endang", "bambang", "dian"))
    endang.goto("/staff/aid/payments/new/")
    endang.select_option("select[name=programme]", payments.CASH)
    endang.select_option("select[name=region_code]", cast.KECAMATAN)
    endang.locator("input[name=channel][value=bank]").check()
    endang.fill("input[name=pay_on]", tomorrow().isoformat())
    press(endang, "Mulai kelompok ini")
    press(endang, "Tambahkan 1 penerima yang menunggu")
    press(endang, "Minta orang kedua menyetujui")
    acts.take_work(bambang, "Setujui kelompok pembayaran")
    bambang.get_by_role("button", name="Setujui 1 pembayaran").click()
    acts.take_work(dian, "Kirim kelompok pembayaran")
    press(dian, "Buat berkas dan kirim")
    with dian.expect_download() as download:
        press(dian, "Ambil berkas")
    into.mkdir()
    download.value.save_as(into / "pay.xml")
    return into / "pay.xml"


def the_family_answers(phone: Page, words: str) -> None:
    """Wayan opens the address in the message and says what arrived."""
    message = Message.objects.get(template="confirm")
    assert message.secret is not None
    phone.goto(f"/c/{message.secret.open()}/")
    expect(phone.get_by_text("lewat bank atau kantor pos")).to_be_visible()
    phone.get_by_label(words).check()
    press(phone, "Kirim jawaban saya")
    expect(phone.get_by_text("Anda sudah menjawab")).to_be_visible()
    run_waiting()


def tomorrow() -> date:
    return today() + timedelta(days=1)
