"""A family books from Surabaya: an old phone, no scripts, no account, small screens."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from smartkampung.isolation.models import BedUse
from smartkampung.kernel.clock import today
from smartkampung.worklist.models import WorkItem
from tests.isolating import a_house
from tests.journeys.conftest import watch

pytestmark = pytest.mark.django_db(transaction=True)
SOON = today() + timedelta(days=3)


@pytest.fixture
def old_phone(
    browser: Browser, browser_context_args: dict[str, Any], live_server: object
) -> Iterator[Page]:
    """A browser that runs no script."""
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page: Page = context.new_page()
    strangers = watch(page, str(browser_context_args["base_url"]))
    yield page
    context.close()
    assert not strangers


def onward(page: Page) -> None:
    page.get_by_role("button", name="Lanjut").click()


def fill_day(page: Page, name: str, day: date) -> None:
    for part in ("day", "month", "year"):
        page.fill(f"input[name={name}_{part}]", str(getattr(day, part)))


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f"input[name={name}][value={value}]").check()


def name_person(page: Page, name: str, sex: str, born: date, nik: str = "") -> None:
    page.fill("input[name=name]", name)
    choose(page, "sex", sex)
    fill_day(page, "born_on", born)
    choose(page, "document_kind", "nik" if nik else "none")
    page.fill("input[name=number]", nik)
    onward(page)


def journey(page: Page) -> None:
    """Answer when, from where and where to."""
    fill_day(page, "arrives_on", SOON)
    onward(page)
    page.select_option("select[name=province]", label="Jawa Timur")
    onward(page)
    page.select_option("select[name=origin]", label="Kota Surabaya")
    onward(page)
    choose(page, "entry_point", "ketapang")
    onward(page)
    page.select_option("select[name=kecamatan]", label="Lereng")
    onward(page)
    page.select_option("select[name=village]", label="Sumberwangi")
    onward(page)
    page.select_option("select[name=rt]", label="Saya tidak tahu RT-nya")
    onward(page)


def test_a_family_books_from_surabaya_follows_and_cancels(old_phone: Page) -> None:
    a_house("Balai Desa", beds=2)
    a_house("Rumah Singgah", beds=4)
    page = old_phone
    page.goto("/")
    page.get_by_role("link", name="Pesan sebelum berangkat").click()
    page.get_by_role("link", name="Pesan sebelum berangkat").click()
    onward(page)
    expect(page.get_by_role("alert")).to_contain_text("Ketik tanggal")
    journey(page)
    page.select_option("select[name=people]", "3")
    onward(page)
    name_person(page, "Wayan", "L", date(1990, 3, 12), "3510091203900001")
    name_person(page, "Ketut", "P", date(1992, 5, 7), "3510094705920002")
    name_person(page, "Kadek", "P", today() - timedelta(days=2000))
    onward(page)  # nothing special is needed
    for name, value in (("own_room", "no"), ("own_bathroom", "yes"), ("frail", "no")):
        choose(page, name, value)
    onward(page)
    expect(page.locator("main")).to_contain_text("Tidak ada kamar sendiri.")
    expect(page.locator("main")).not_to_contain_text("Balai Desa")  # two beds only
    page.get_by_label("Rumah Singgah").check()
    onward(page)
    onward(page)  # no phone
    expect(page.locator("main")).to_contain_text("Kota Surabaya")
    page.get_by_role("button", name="Pesan sekarang").click()
    expect(page.locator("h1")).to_have_text("Tempat Anda sudah dipesan")
    code = page.locator(".slip-code").inner_text()
    box = page.locator("main").bounding_box()
    assert box is not None
    assert box["width"] <= 360
    assert BedUse.objects.filter(live=True).count() == 3
    assert WorkItem.objects.filter(kind="isolation.expected").count() == 1

    page.goto("/isolation/")
    page.fill("input[name=code]", code.lower().replace("-", " "))
    page.get_by_role("button", name="Tampilkan pemesanan saya").click()
    expect(page.locator("li[aria-current=step]")).to_contain_text("Anda tiba")
    expect(page.locator("main")).not_to_contain_text("Wayan")
    page.get_by_role("link", name="Batalkan pemesanan ini").click()
    page.set_viewport_size({"width": 320, "height": 640})
    sure = page.get_by_role("button", name=f"Batalkan pemesanan {code}")
    fits = sure.bounding_box()
    assert fits is not None
    assert fits["x"] + fits["width"] <= 320
    sure.click()
    expect(page.locator("main")).to_contain_text("dibatalkan")
    assert not BedUse.objects.filter(live=True).exists()
