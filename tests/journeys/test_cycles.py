"""From the village meeting to the approval, in a browser."""

import pytest
from playwright.sync_api import FilePayload, Page, expect

from smartkampung.accounts.models import Staff
from smartkampung.kernel.clock import today
from tests import rounds
from tests.domain.aid.test_races import ground
from tests.journeys import acts
from tests.journeys.acts import Town
from tests.pictures import jpeg
from tests.population import WAYAN_NIK, wayan

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_from_musdesus_to_approval(town: Town) -> None:
    ground(lambda: (rounds.an_office(), wayan()))
    ground(rounds.waits)
    phones = {
        name: town.phone_of(Staff.objects.get(username=name))
        for name in ("sari", "made", "ketut", "endang")
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
