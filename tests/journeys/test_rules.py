"""A rule is written on a page, read back, tried by village, and brought into force."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.core.cache import caches
from playwright.sync_api import Page, expect

from smartkampung.accounts.roles import Role
from smartkampung.criteria.models import RuleVersion
from smartkampung.kernel.clock import now, today
from smartkampung.regions.models import Region
from tests import cases, cast, population, rulings
from tests.cases import FOOD
from tests.domain.aid.test_races import ground
from tests.journeys.acts import Town

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
OLD = {"fact": "head_age", "is": "at_least", "value": 69}


def office() -> None:
    """Open the desk: three families, and a rule in force that two of them meet."""
    cases.desk(budget=5)
    for village, lng in (
        (cast.HERE, 114.10),
        (cast.NEXT_DOOR, 114.13),
        (cast.FAR_AWAY, 114.40),
    ):
        Region.objects.filter(code=village).update(lat=-8.3, lng=lng)
    for years in (30, 70, 90):
        population.person("x", born_on=date(today().year - years, 1, 1))
    before = timedelta(days=30)
    rulings.in_force({"any": [OLD]}, since=today() - before, at=now() - before)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def row(page: Page, at: int, told: str) -> None:
    """Fill in one criterion: fact, comparison, value, group."""
    fact, test, value, *group = told.split()
    page.select_option(f"select[name=row-{at}-fact]", fact)
    page.select_option(f"select[name=row-{at}-test]", test)
    page.fill(f"input[name=row-{at}-value]", value)
    page.select_option(f"select[name=row-{at}-group]", "".join(group))


@pytest.fixture(autouse=True)
def _no_map_from_before() -> Iterator[None]:
    caches["local"].clear()
    yield
    caches["local"].clear()


def test_who_is_no_programmer_writes_tries_and_another_applies_a_rule(
    town: Town,
) -> None:
    ground(office)
    dian = town.phone_of(cast.staff("dian", Role.DINSOS, cast.REGENCY))
    siti = town.phone_of(cast.staff("siti", Role.DINSOS, cast.REGENCY))
    dian.goto(f"/staff/rules/{FOOD}/")
    dian.get_by_role("link", name="Tulis versi baru").click()

    # All of: old enough, and at least two of group A. One number is no number.
    dian.select_option("select[name=how]", "all")
    dian.fill("input[name=legal_reference]", "Keputusan Bupati 188/2026")
    dian.fill("input[name=since]", today().isoformat())
    row(dian, 0, "head_age at_least banyak")
    row(dian, 1, "elderly at_least 1 A")
    row(dian, 2, "family_size at_least 1 A")
    row(dian, 3, "poverty_met at_least 9 A")
    dian.select_option("select[name=A-how]", "at_least")
    dian.fill("input[name=A-needed]", "2")
    press(dian, "Bacakan")
    expect(dian.get_by_text("“banyak”").first).to_be_visible()
    expect(dian.locator("input[name=row-3-value]")).to_have_value("9")
    dian.fill("input[name=row-0-value]", "71")
    press(dian, "Bacakan")
    said = dian.locator("section", has_text="Bunyi aturannya")
    expect(said).to_contain_text("Semua syarat ini harus terpenuhi:")
    expect(said).to_contain_text("Sedikitnya 2 dari 3 syarat ini harus terpenuhi:")
    assert RuleVersion.objects.count() == 1  # reading saves nothing

    press(dian, "Simpan sebagai rancangan")
    expect(dian.get_by_text("petugas lain yang harus memberlakukannya")).to_be_visible()
    version = dian.url
    dian.get_by_role("link", name="Coba: berapa yang memenuhi syarat?").click()
    expect(dian.get_by_role("heading", name="Peta")).to_be_visible()
    expect(dian.get_by_text("dibanding versi yang berlaku")).to_be_visible()
    areas = dian.get_by_role("table", name="Menurut wilayah")
    expect(areas.get_by_role("row")).to_have_count(2)
    areas.get_by_role("link").click()
    expect(areas.get_by_role("row", name="Sumberwangi")).to_be_visible()

    siti.goto(version)
    press(siti, "Berlakukan")
    expect(siti.get_by_text("Versi ini sekarang berlaku.")).to_be_visible()
    dian.goto("/staff/rules/")
    expect(dian.get_by_text("Keputusan Bupati 188/2026").first).to_be_visible()
