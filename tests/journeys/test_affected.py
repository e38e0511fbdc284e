"""Wayan registers on his phone; his employer confirms, Sari verifies, he recovers."""

import re

import pytest
from playwright.sync_api import Page, expect

from smartkampung.jobs.inline import run_waiting
from tests import cast, reporting
from tests.journeys import acts
from tests.journeys.acts import Town, next_screen
from tests.journeys.test_report import fits

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def register(page: Page) -> str:
    """Answer every screen as Wayan does; return the address that the code opens."""
    page.goto("/")
    page.get_by_role("link", name="Daftar", exact=True).click()
    page.get_by_role("link", name="Daftar", exact=True).click()
    page.locator("input[name=kind][value=laid_off]").check()
    next_screen(page)
    page.select_option("select[name=sector]", label="Perahu dan kapal wisata")
    next_screen(page)
    page.fill("input[name=employer]", "Perahu Bangsring")
    next_screen(page)
    for part, value in (("day", "1"), ("month", "10"), ("year", "2026")):
        page.fill(f"input[name=happened_on_{part}]", value)
    next_screen(page)
    page.fill("input[name=income_before]", "3.000.000")
    page.fill("input[name=income_after]", "tidak ada")
    next_screen(page)
    expect(page.get_by_role("alert")).to_contain_text("Ketik jumlah rupiah")
    page.fill("input[name=income_after]", "0")
    next_screen(page)
    page.fill("input[name=dependants]", "2")
    next_screen(page)
    page.get_by_label("Alat kerja").check()
    next_screen(page)
    page.fill("input[name=nik]", reporting.WAYAN_NIK)
    page.fill("input[name=name]", "Wayan Sudarma")
    for part, value in (("day", "17"), ("month", "8"), ("year", "1990")):
        page.fill(f"input[name=born_on_{part}]", value)
    next_screen(page)
    page.select_option("select[name=kecamatan]", cast.KECAMATAN)
    next_screen(page)
    page.select_option("select[name=village]", cast.HERE)
    next_screen(page)
    page.select_option("select[name=rt]", cast.RT_HERE)
    next_screen(page)
    next_screen(page)
    next_screen(page)
    expect(page.locator("main")).to_contain_text("Rp3.000.000")
    fits(page)
    page.get_by_role("button", name="Kirim pendaftaran").click()
    code = page.locator(".slip-code").inner_text()
    assert re.fullmatch(r"(\w{4}-){2}\w{4}", code)
    run_waiting()
    return f"/affected/{code}/"


def confirmed(town: Town, sari: Page) -> None:
    """Let Sari ask the owner of the boat, who says that it is so."""
    acts.take_work(sari, "Periksa warga terdampak krisis")
    expect(sari.get_by_role("heading", level=1)).to_contain_text("Wayan Sudarma")
    fits(sari)
    sari.get_by_text("Tanyakan kepada tempat kerja atau asosiasi").click()
    sari.get_by_role("button", name="Kirim", exact=False).first.click()
    link = sari.locator("main .slip-code").inner_text()

    owner = town.phone_of()
    owner.goto(f"/affected/confirm/{link}/")
    owner.get_by_label("Ya, memang begitu").check()
    owner.fill("input[name=told_by]", "Made, pemilik perahu")
    owner.get_by_role("button", name="Kirim").click()
    expect(owner.get_by_text("Sudah dicatat", exact=False).first).to_be_visible()
    fits(owner)


def verified(sari: Page) -> None:
    """Let Sari put Wayan on the list."""
    acts.take_work(sari, "Periksa warga terdampak krisis")
    expect(sari.locator("main")).to_contain_text("tidak perlu apa-apa lagi")
    sari.get_by_role("button", name="Masukkan ke daftar").click()
    expect(sari.get_by_text("Orang ini masuk daftar.")).to_be_visible()
    run_waiting()


def test_a_boatman_registers_is_confirmed_verified_and_recovers(town: Town) -> None:
    acts.open_town()
    wayan, sari = town.phone_of(), town.phone_of(cast.sari())
    mine = register(wayan)
    wayan.goto(mine)
    expect(wayan.locator("main")).not_to_contain_text("Bagaimana keadaan Anda")

    confirmed(town, sari)
    verified(sari)

    wayan.goto(mine)
    expect(wayan.get_by_text("Anda ada dalam daftar pemulihan.")).to_be_visible()
    wayan.get_by_label("Pekerjaan tetap").check()
    wayan.fill("input[name=income]", "2.900.000")
    wayan.get_by_label("Lebih baik dari sebelumnya").check()
    wayan.get_by_label("Saya sudah pulih").check()
    wayan.get_by_role("button", name="Beri tahu desa").click()
    fits(wayan)

    acts.take_work(sari, "Tanyai yang mengaku pulih")
    expect(sari.locator("main")).to_contain_text("Rp2.900.000")
    sari.get_by_label("Pekerjaan tetap").check()
    sari.fill("input[name=income]", "2.900.000")
    sari.get_by_label("Lebih baik dari sebelumnya").check()
    sari.get_by_label("Sudah pulih dan keluar dari daftar").check()
    sari.get_by_role("button", name="Catat").click()
    expect(sari.get_by_role("heading", level=1)).to_contain_text("sudah pulih")
    run_waiting()

    wayan.goto(mine)
    expect(wayan.get_by_text("Anda keluar dari daftar")).to_be_visible()
