"""Sari looks people up: by NIK, by name, opens a number, decides a contested NIK."""

import os
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import transaction
from playwright.sync_api import Page, expect

from smartkampung.aid.bulk import load_defaults
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.residents.models import Family, Person
from tests import cast
from tests.cases import listed
from tests.contests import contested
from tests.journeys.conftest import Look, SignIn
from tests.population import WAYAN_NIK, family, person

pytestmark = pytest.mark.django_db(transaction=True)
# Where to leave pictures for people to look at; nothing unless set.
SHOTS = os.environ.get("SK_SHOTS")
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}


@pytest.fixture
def household() -> Family:
    """Wayan's family of four, on the lists of two programmes, and a neighbour."""
    load_defaults()
    home = family()
    wayan = person("I Wayan Sudarma", WAYAN_NIK, household=home)
    for name, sex, relation, year in (
        ("Ni Luh Sari", "P", 3, 1988),
        ("I Putu Kanta", "L", 4, 2012),
        ("Ni Kadek Ayu", "P", 4, 2016),
    ):
        born = date(year, 3, 14)
        person(name, household=home, sex=sex, relation=relation, born_on=born)
    Person.objects.update(
        religion=4, education=5, occupation=9, marital_status=2, birth_place="Tabanan"
    )
    act_as_job(wayan)
    return home


def act_as_job(wayan: Person) -> None:
    with transaction.atomic():
        act_as(Kind.JOB)
        for code in ("pkh", "bpnt"):
            listed(wayan, code)


def proper(page: Page, name: str) -> None:
    """Fit the width, pass axe, and leave a picture where one is asked for."""
    wide = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wide <= 0, f"{name} is {wide} px too wide"
    found = Axe().run(page, options=AXE)
    assert found.violations_count == 0, found.generate_report()
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


@pytest.mark.parametrize(
    "screen",
    [(360, "id", False), (1100, "en", False), (360, "en", True), (1100, "id", True)],
)
def test_every_page_reads_well(
    look: Look, sign_in: SignIn, household: Family, screen: tuple[int, str, bool]
) -> None:
    width, lang, dark = screen
    page = look(width=width, lang=lang, dark=dark)
    sign_in(page.context, cast.sari())
    claim = contested(person("Nyoman Rai", sex="P"), holder=Person.objects.first())
    head = Person.objects.order_by("pk").first()
    assert head
    suffix = f"{width}-{lang}{'-dark' if dark else ''}"
    for name, address in {
        "find": "/staff/residents/",
        "person": f"/staff/residents/{head.pk}/",
        "family": f"/staff/residents/families/{household.pk}/",
        "looks": f"/staff/residents/{head.pk}/looks/",
        "contested": "/staff/residents/contested/",
        "contest": f"/staff/residents/contested/{claim.pk}/",
    }.items():
        page.goto(address)
        proper(page, f"{name}-{suffix}")


def test_sari_finds_wayan_and_opens_his_number(
    look: Look, sign_in: SignIn, household: Family
) -> None:
    page = look(width=360, lang="id")
    sign_in(page.context, cast.sari())
    page.goto("/staff/residents/")
    page.get_by_label("NIK").fill("35100912")
    page.get_by_role("button", name="Cari NIK").click()
    expect(page.locator(".errors")).to_contain_text("NIK harus 16 angka")
    expect(page.get_by_label("NIK")).to_have_value("35100912")
    proper(page, "nik-wrong-360-id")
    page.get_by_label("NIK").fill("3510 0912 0485 0003")
    page.get_by_role("button", name="Cari NIK").click()
    expect(page.get_by_text("I Wayan Sudarma")).to_be_visible()
    expect(page.get_by_text("Lampu merah").first).to_be_visible()
    assert WAYAN_NIK not in page.url
    proper(page, "nik-found-360-id")
    page.get_by_role("link", name="I Wayan Sudarma").click()
    page.get_by_text("Tampilkan nomor lengkap").click()
    page.get_by_label("NIK").check()
    page.get_by_label("Untuk keperluan apa?").fill("Mengisi formulir bersama warga.")
    page.get_by_role("button", name="Tampilkan satu kali").click()
    expect(page.get_by_text("3510 0912 0485 0003")).to_be_visible()
    proper(page, "revealed-360-id")
    page.get_by_role("link", name="Siapa yang melihat data ini").click()
    expect(page.get_by_text("Mengisi formulir bersama warga.")).to_be_visible()


def test_sari_searches_by_name_and_decides_a_contested_nik(
    look: Look, sign_in: SignIn, household: Family
) -> None:
    page = look(width=1100, lang="en")
    sign_in(page.context, cast.sari())
    page.goto("/staff/residents/")
    page.get_by_label("Name").fill("Wyaan Sudarma")
    page.get_by_role("button", name="Search by name").click()
    expect(page.get_by_role("link", name="I Wayan Sudarma")).to_be_visible()
    proper(page, "names-1100-en")
    contested(person("Nyoman Rai", sex="P"), holder=Person.objects.first())
    page.goto("/staff/residents/")
    page.get_by_role("link", name="Decide whose they are").click()
    page.get_by_role("link", name="Nyoman Rai").click()
    page.get_by_label("I Wayan Sudarma keeps it").check()
    page.get_by_label("How do you know?").fill("Both came with their cards.")
    page.get_by_role("button", name="Write down the decision").click()
    expect(page.get_by_text("The decision is written down.")).to_be_visible()
