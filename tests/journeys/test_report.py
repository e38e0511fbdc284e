"""A neighbour with an old phone, no scripts and small Indonesian screens reports Wayan."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from smartkampung.intake.models import TrackedCase
from smartkampung.kernel.clock import now
from tests.journeys.conftest import watch
from tests.reporting import WAYAN_KK, WAYAN_NIK, open_phase, wayan

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def old_phone(
    browser: Browser, browser_context_args: dict[str, Any], live_server: object
) -> Iterator[Page]:
    """A browser that runs no script."""
    context = browser.new_context(
        **browser_context_args,
        java_script_enabled=False,
    )
    page: Page = context.new_page()
    strangers = watch(page, str(browser_context_args["base_url"]))
    yield page
    context.close()
    assert not strangers


def fits(page: Page) -> None:
    """Check that nothing is wider than the screen."""
    box = page.locator("main").bounding_box()
    assert box is not None
    assert box["width"] <= 360


def test_without_scripts_mistakes_are_mended_and_the_report_arrives(
    old_phone: Page,
) -> None:
    wayan()
    open_phase(at=now())
    page = old_phone
    onward = page.get_by_role("button", name="Lanjut")
    page.goto("/aid/report/")
    fits(page)
    onward.click()
    expect(page.get_by_role("alert")).to_contain_text("Pilih salah satu.")
    page.locator("input[name=for_self][value=no]").check()
    onward.click()
    page.fill("input[name=nik]", WAYAN_NIK[:-1])
    page.fill("input[name=kk]", WAYAN_KK)
    for part, value in (("day", "85"), ("month", "8"), ("year", "1990")):
        page.fill(f"input[name=born_on_{part}]", value)
    onward.click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("NIK harus 16 angka. Yang diketik 15 angka.")
    expect(alert).to_contain_text("Tanggal harus antara 1 dan 31.")
    fits(page)
    page.fill("input[name=nik]", WAYAN_NIK)
    page.fill("input[name=born_on_day]", "17")
    onward.click()
    onward.click()  # no phone
    page.select_option("select[name=kecamatan]", label="Lereng")
    onward.click()
    page.select_option("select[name=village]", label="Sumberwangi")
    onward.click()
    page.select_option("select[name=rt]", label="Saya tidak tahu RT-nya")
    onward.click()
    page.locator("input[name=reason][value=stopped]").check()
    onward.click()
    page.get_by_role("button", name="Kembali").click()
    expect(page.locator("input[name=reason][value=stopped]")).to_be_checked()
    onward.click()
    onward.click()  # no photo
    expect(page.locator("main")).to_contain_text("17 Agustus 1990")
    page.get_by_role("button", name="Kirim laporan").click()
    code = page.locator(".slip-code").inner_text()
    assert re.fullmatch(r"(\w{4}-){2}\w{4}", code)
    fits(page)
    page.goto("/t/")
    page.fill("input[name=code]", code.lower().replace("-", " "))
    page.get_by_role("button", name="Tampilkan laporan saya").click()
    expect(page.locator("li[aria-current=step]")).to_contain_text("Petugas desa")


def test_without_scripts_the_language_button_loses_nothing(old_phone: Page) -> None:
    wayan()
    open_phase(at=now())
    page = old_phone
    page.goto("/aid/report/")
    page.locator("input[name=for_self][value=no]").check()
    page.get_by_role("button", name="English").click()
    expect(page.locator("input[name=for_self][value=no]")).to_be_checked()
    page.get_by_role("button", name="Continue").click()
    page.fill("input[name=nik]", WAYAN_NIK[:7])
    page.get_by_role("button", name="Bahasa Indonesia").click()
    expect(page.locator("input[name=nik]")).to_have_value(WAYAN_NIK[:7])
    expect(page.get_by_role("alert")).to_have_count(0)
    # Enter goes on, as on any form: it does not press the button of the language.
    page.press("input[name=nik]", "Enter")
    expect(page.get_by_role("alert")).to_contain_text("NIK harus 16 angka.")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_back_shows_every_screen_with_its_answers(
    browser: Browser, browser_context_args: dict[str, Any], scripts: bool
) -> None:
    wayan()
    open_phase(at=now())
    context = browser.new_context(**browser_context_args, java_script_enabled=scripts)
    page = context.new_page()
    onward = page.get_by_role("button", name="Lanjut")
    page.goto("/")
    page.get_by_role("link", name="Lapor").first.click()
    page.locator("input[name=for_self][value=yes]").check()
    onward.click()
    onward.click()  # nothing typed: a page of mistakes, which Back must pass, too
    expect(page.get_by_role("alert")).to_be_visible()
    page.fill("input[name=nik]", WAYAN_NIK)
    page.fill("input[name=kk]", WAYAN_KK)
    for part, value in (("day", "17"), ("month", "8"), ("year", "1990")):
        page.fill(f"input[name=born_on_{part}]", value)
    onward.click()
    onward.click()  # no phone
    page.select_option("select[name=kecamatan]", label="Lereng")
    onward.click()
    expect(page.locator("select[name=village]")).to_be_visible()
    for box, kept in (("kecamatan", "35.10.09"), ("phone", ""), ("nik", WAYAN_NIK)):
        came = page.go_back()
        assert came is not None
        assert came.request.method == "GET"
        expect(page.locator(f"[name={box}]")).to_have_value(kept)
    while page.locator("input[name=for_self]").count() == 0:
        page.go_back()
    expect(page.locator("input[name=for_self][value=yes]")).to_be_checked()
    page.get_by_role("button", name="Lanjut").click()
    page.select_option("select[name=village]", label="Sumberwangi")
    onward.click()
    page.select_option("select[name=rt]", label="Saya tidak tahu RT-nya")
    onward.click()
    page.locator("input[name=reason][value=stopped]").check()
    onward.click()
    onward.click()  # no photo
    page.get_by_role("button", name="Kirim laporan").click()
    code = page.locator(".slip-code").inner_text()
    page.go_back()
    expect(page.locator("h1")).to_have_text("Laporan ini sudah terkirim")
    page.get_by_role("link", name="Lihat tanda terima").click()
    expect(page.locator(".slip-code")).to_have_text(code)
    context.close()
    assert TrackedCase.objects.count() == 1
