"""An official tries weights in the studio, and compares two scenarios on the map."""

from collections.abc import Iterator

import pytest
from django.core.cache import caches
from playwright.sync_api import Page, expect

from smartkampung.accounts.roles import Role
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.recovery.targeting.models import Scenario
from smartkampung.regions.models import Region
from tests import cast, population
from tests.domain.aid.test_races import ground
from tests.journeys.acts import Town
from tests.targeting import MILLION, SPEC, WOMEN, affected, in_force

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def office() -> None:
    """Let one man be hit harder than one woman, in two villages on the map."""
    act_as(Kind.JOB)
    cast.places()
    for village, lng in ((cast.HERE, 114.10), (cast.NEXT_DOOR, 114.13)):
        Region.objects.filter(code=village).update(lat=-8.3, lng=lng)
    in_force({**SPEC, "quotas": [WOMEN]}, since=today(), at=now())
    affected("I Wayan Sudarma", income_after=0)
    affected("Ketut Rai", income_after=500_000)
    woman = population.RT_NEXT_DOOR
    affected("Luh Sari", income_after=3 * MILLION, sex="P", region=woman)


@pytest.fixture(autouse=True)
def _no_map_from_before() -> Iterator[None]:
    caches["local"].clear()
    yield
    caches["local"].clear()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def keep(page: Page, name: str) -> None:
    """Keep what is tried as a scenario."""
    page.fill("input[name=name]", name)
    press(page, "Simpan sebagai rancangan")
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def test_an_official_compares_two_scenarios_on_the_map(town: Town) -> None:
    ground(office)
    maya = town.phone_of(cast.staff("maya", Role.ECONOMIC_OFFICE, cast.REGENCY))
    joko = town.phone_of(cast.staff("joko", Role.ECONOMIC_OFFICE, cast.REGENCY))
    studio = "/staff/targeting/priorities/workers/studio/"

    # As it is: the quota brings in Luh next door. Kept under a name.
    maya.goto(studio)
    expect(maya.get_by_role("heading", name="Masuk: 0")).to_be_visible()
    keep(maya, "Dengan kuota")

    # Without the quota the page shows at once, without a click, who leaves.
    maya.goto(studio)
    maya.fill("#id_q0_least", "")
    maya.locator("#id_budget").click()
    expect(maya.get_by_role("heading", name="Keluar: 1")).to_be_visible()
    expect(maya.locator("#leaving")).to_contain_text("Luh Sari")
    expect(maya.locator("#entering")).to_contain_text("Ketut Rai")
    keep(maya, "Tanpa kuota")

    # Side by side: two maps on one scale, and the number of each village.
    maya.goto("/staff/targeting/compare/")
    maya.select_option("#a", label="Dengan kuota (rancangan)")
    maya.select_option("#b", label="Tanpa kuota (rancangan)")
    press(maya, "Bandingkan")
    maps = maya.locator("#places svg")
    expect(maps).to_have_count(2)
    maps.nth(1).get_by_role("link", name="Lereng: 2").click()
    expect(maya.locator("#places svg").nth(0)).to_contain_text("Karangjati: 1")
    expect(maya.locator("#places svg").nth(1)).to_contain_text("Karangjati: 0")

    # One is proposed; only somebody else can approve it, and then names are kept.
    maya.goto(f"/staff/targeting/scenarios/{_pk('Dengan kuota')}/")
    press(maya, "Usulkan skenario ini")
    expect(maya.get_by_role("button", name="Setujui skenario ini")).to_have_count(0)
    joko.goto(maya.url)
    press(joko, "Setujui skenario ini")
    joko.get_by_role("link", name="Lihat orangnya").click()
    joko.get_by_role("link", name="3", exact=True).click()
    expect(joko.get_by_text("Terpilih melalui kuota “Perempuan”")).to_be_visible()


def _pk(name: str) -> str:
    return str(Scenario.objects.get(name=name).pk)
