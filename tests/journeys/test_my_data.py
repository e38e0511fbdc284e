"""A family with an old phone, no scripts and a small Indonesian screen reads its data."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from smartkampung.aid.bulk import load_defaults
from smartkampung.jobs.inline import run_waiting
from smartkampung.residents.models import Person
from tests import cast
from tests.cases import listed
from tests.journeys.audit import LOOKS, SECOND_LOOK, problems
from tests.journeys.conftest import Look, watch
from tests.journeys.test_report import fits
from tests.owndata import another, code_sent
from tests.population import WAYAN_KK, WAYAN_NIK, wayan

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def me(transactional_db: None) -> Person:
    """Register Wayan, who gets PKH."""
    cast.places()
    load_defaults()
    person = wayan()
    listed(person, "pkh")
    return person


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


def type_numbers(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Buka data saya").click()
    page.fill("input[name=nik]", WAYAN_NIK)
    page.fill("input[name=kk]", WAYAN_KK)
    page.get_by_role("button", name="Kirim kode").click()
    run_waiting()


def open_data(page: Page) -> None:
    type_numbers(page)
    page.fill("input[name=digits]", code_sent())
    page.get_by_role("button", name="Buka data saya").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("I Wayan Sudarma")


def test_without_scripts_a_family_reads_decides_copies_and_leaves(
    old_phone: Page,
) -> None:
    page = old_phone
    type_numbers(page)
    fits(page)
    page.fill("input[name=digits]", another(code_sent()))
    page.get_by_role("button", name="Buka data saya").click()
    expect(page.get_by_role("alert")).to_contain_text("salah atau sudah tidak berlaku")
    page.fill("input[name=digits]", code_sent())
    page.get_by_role("button", name="Buka data saya").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("I Wayan Sudarma")
    expect(page.locator("main")).to_contain_text("Program Keluarga Harapan")
    fits(page)

    page.get_by_role("link", name="Semua yang melihat").click()
    expect(page.locator("main")).to_contain_text("Keluarga Anda sendiri")
    page.get_by_role("link", name="Data saya").first.click()

    page.get_by_role("link", name="Yang kami setujui").click()
    page.get_by_role("button", name="Cabut: Kabar lewat SMS").click()
    expect(page.get_by_role("status")).to_contain_text("Sudah dicatat")
    fits(page)

    page.get_by_role("link", name="Data saya").first.click()
    page.get_by_role("link", name="Minta perbaikan data").click()
    page.select_option("select[name=field]", "birth_place")
    page.get_by_role("button", name="Lanjut").click()
    page.fill("input[name=wanted]", "Genteng")
    page.fill("textarea[name=explanation]", "Begitu tertulis di akta kelahiran.")
    page.get_by_role("button", name="Kirim ke desa").click()
    expect(page.get_by_role("status")).to_contain_text("Sudah dikirim ke desa")
    fits(page)

    page.get_by_role("link", name="Data saya").first.click()
    page.get_by_role("link", name="Ambil salinan semua data").click()
    with page.expect_download() as json_file:
        page.get_by_role("button", name="JSON").click()
    copy = json.loads(Path(json_file.value.path()).read_text())
    assert copy["about"]["nik"] == WAYAN_NIK
    with page.expect_download() as pdf_file:
        page.get_by_role("button", name="PDF").click()
    assert Path(pdf_file.value.path()).read_bytes().startswith(b"%PDF-")

    page.get_by_role("button", name="Keluar").click()
    expect(page.get_by_role("status")).to_contain_text("sudah ditutup")
    for _step in range(3):
        page.go_back()
        assert "Wayan" not in page.locator("body").inner_text()


@pytest.mark.slow
def test_every_page_is_open_to_every_reader(look: Look, me: Person) -> None:
    page = look()
    page.goto("/my-data/")
    found = problems(page)
    open_data(page)
    pages = ("home/", "looks/", "consents/", "corrections/", "copy/")
    for lang, looks in (("id", LOOKS), ("en", SECOND_LOOK)):
        if lang == "en":
            page.get_by_role("button", name="English").click()
            expect(page.locator("html")).to_have_attribute("lang", "en")
        for url in (*pages, f"corrections/{me.pk}/name/"):
            page.goto(f"/my-data/{url}")
            assert page.locator("html").get_attribute("lang") == lang
            found += problems(page, looks)
    assert found == []
