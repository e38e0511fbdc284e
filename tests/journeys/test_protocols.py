"""A homestay earns and loses its certificate."""

import re

import pytest
from playwright.sync_api import Page, expect

from smartkampung.accounts.roles import Role
from smartkampung.reopening.places.models import Certificate
from smartkampung.reopening.places.queries.standing import code_of
from tests import cast
from tests.cast import HERE, KECAMATAN, RT_HERE
from tests.journeys import acts
from tests.journeys.acts import Town, next_screen
from tests.journeys.audit import problems
from tests.visiting import in_phase

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def register(page: Page) -> None:
    """Answer every screen as Wayan does for his homestay."""
    page.goto("/protocols/")
    assert not problems(page)
    page.get_by_role("link", name="Daftarkan tempat saya").click()
    page.locator("input[name=kind][value=homestay]").check()
    next_screen(page)
    page.fill("input[name=name]", "Homestay Melati")
    page.fill("input[name=address]", "Jalan Melati 4")
    next_screen(page)
    page.select_option("select[name=kecamatan]", KECAMATAN)
    next_screen(page)
    page.select_option("select[name=village]", HERE)
    next_screen(page)
    page.select_option("select[name=rt]", RT_HERE)
    next_screen(page)
    page.fill("input[name=capacity]", "10")
    next_screen(page)
    page.fill("input[name=contact_name]", "Wayan Sudarma")
    page.fill("input[name=contact_phone]", "0812 3456 7890")
    next_screen(page)
    page.get_by_role("button", name="Daftarkan tempat saya").click()
    expect(page.locator("main")).to_contain_text("dimohon")


def answer(page: Page, *lacking: str) -> None:
    """Go through a checklist: yes to all but some."""
    boxes = page.locator("input[name^=item_][value=yes]")
    expect(boxes.last).to_be_visible()  # a list of none yet would be all of them
    for box in boxes.all():
        box.check()
    for code in lacking:
        page.locator(f"input[name=item_{code}][value=no]").check()


def inspect(page: Page, *lacking: str) -> None:
    acts.take_work(page, "Periksa suatu tempat")
    answer(page, *lacking)
    page.get_by_role("button", name="Catat hasil pemeriksaan").click()
    words = "Tidak lulus" if lacking else "Lulus"
    expect(page.locator("main")).to_contain_text(words)


def certificate() -> str:
    """Return where the QR code on the wall leads."""
    return f"/protocols/v/{code_of(Certificate.objects.get(ended=''))}/"


def complain(visitor: Page) -> str:
    """Say what is not kept; return the address of the answer."""
    visitor.get_by_role("link", name="Protokol tidak dipatuhi di sini").click()
    visitor.fill("textarea[name=text]", "Tamu tanpa masker dilayani.")
    visitor.get_by_role("button", name="Kirim").click()
    expect(visitor.locator(".slip-code")).to_have_text(re.compile(r"(\w{4}-){2}\w{4}"))
    return visitor.url


def says(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def accepted(sari: Page) -> None:
    acts.take_work(sari, "Putuskan apakah suatu tempat termasuk daftar")
    sari.get_by_label("Masukkan ke daftar").check()
    sari.get_by_role("button", name="Putuskan").click()


def assessed(owner: Page) -> None:
    """Let the owner go through the checklist alone."""
    owner.reload()
    owner.get_by_role("link", name="Nilai tempat saya").click()
    answer(owner, "linen")
    owner.get_by_role("button", name="Catat").click()
    expect(owner.locator("main")).to_contain_text("Sprei dan handuk")


def answered(joko: Page) -> None:
    """Let an inspector answer the complaint, and come to look."""
    acts.take_work(joko, "Jawab aduan tentang suatu tempat")
    joko.fill("textarea[name=answer]", "Terima kasih, kami periksa.")
    joko.get_by_label("Periksa tempat itu lagi dalam 3 hari").check()
    joko.get_by_role("button", name="Kirim jawaban").click()
    inspect(joko, "mask")


def suspended(endang: Page) -> None:
    acts.take_work(endang, "Putuskan apakah suatu tempat ditangguhkan")
    endang.get_by_label("Tangguhkan tempat ini").first.check()
    endang.fill("textarea[name=reason]", "Tamu tanpa masker dilayani.")
    endang.get_by_role("button", name="Putuskan").click()


def test_a_homestay_earns_and_loses_its_certificate(town: Town) -> None:
    cast.places()
    in_phase("recovery")
    owner, visitor = town.phone_of(), town.phone_of()
    joko = town.phone_of(cast.staff("joko", Role.BABINSA, HERE))
    endang = town.phone_of(cast.camat())

    register(owner)
    accepted(town.phone_of(cast.sari()))
    assessed(owner)
    inspect(joko)
    owner.reload()
    expect(owner.get_by_role("link", name="Cetak sertifikat")).to_be_visible()
    expect(owner.locator("main")).to_contain_text("Hari ini paling banyak 5 orang")
    assert not problems(owner)
    old = certificate()
    visitor.goto(old)
    says(visitor, "Sertifikat ini berlaku")
    assert not problems(visitor)

    told = complain(visitor)
    answered(joko)
    visitor.goto(told)
    expect(visitor.locator("main")).to_contain_text("Terima kasih, kami periksa.")
    expect(visitor.locator("main")).to_contain_text("Diperiksa lagi")

    suspended(endang)
    visitor.goto(old)
    says(visitor, "Sertifikat ini ditangguhkan")
    expect(visitor.locator("main")).to_contain_text("Tamu tanpa masker dilayani.")

    inspect(joko)
    acts.take_work(endang, "Cabut penangguhan setelah pemeriksaan lulus")
    assert not problems(endang)
    endang.get_by_role("button", name="Cabut penangguhan").click()
    visitor.goto(old)
    says(visitor, "Sertifikat ini sudah diganti yang baru")
    visitor.goto(certificate())
    says(visitor, "Sertifikat ini berlaku")
