"""What every page owes to every reader, looked at in a real browser."""

import pytest
from django.core.cache import cache
from django.db import transaction
from playwright.sync_api import Page, Response

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.aid.actions.figures import publish_figures
from smartkampung.aid.bulk import load_defaults
from smartkampung.kernel.clock import now
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.regions.models import Region
from tests import reporting
from tests.cast import FAR_AWAY, HERE, KECAMATAN, NEXT_DOOR, REGENCY, places, staff
from tests.domain.aid.test_summary import cases
from tests.journeys.audit import LOOKS, SECOND_LOOK, problems
from tests.journeys.conftest import Look, SignIn

LIMIT = 100_000
PUBLIC = {
    "first page": "/",
    "regions": "/regions/",
    "no village found": "/regions/?q=xyz",
    "kecamatan": f"/regions/{KECAMATAN}/",
    "village": f"/regions/{HERE}/",
    "follow": "/t/",
    "report": "/aid/report/",
    "sign in": "/accounts/login/",
    "missing": "/tidak/ada/",
    "wrong method": "/language/",
}
STAFF = {
    "gallery": "/gallery/",
    "summary": "/staff/summary/",
    "overdue": "/staff/summary/?show=overdue",
}
LANGUAGES = {"id": LOOKS, "en": SECOND_LOOK}


@pytest.fixture
def leader(transactional_db: None) -> Staff:
    """Make the head of a regency with places on the map, cases and an open phase."""
    cache.clear()
    places()
    for code, lng in ((HERE, 114.1), (NEXT_DOOR, 114.13), (FAR_AWAY, 114.4)):
        Region.objects.filter(code=code).update(lat=-8.3, lng=lng, phone="0333-100")
    load_defaults()
    reporting.open_phase(at=now())
    with transaction.atomic():
        act_as(Kind.JOB)
        for code, many in ((HERE, 30), (NEXT_DOOR, 3), (FAR_AWAY, 1200)):
            cases(many, code, opened=1)
            cases(many, code, opened=90, closed=84)
        publish_figures(at=now())
    return staff("bupati", Role.LEADERSHIP, REGENCY, name="Siti Rahayu")


@pytest.mark.slow
def test_every_page_is_open_to_every_reader(
    look: Look, leader: Staff, sign_in: SignIn
) -> None:
    found = []
    for lang, looks in LANGUAGES.items():
        page = look(lang=lang)
        for url in PUBLIC.values():
            page.goto(url)
            assert page.locator("html").get_attribute("lang") == lang
            found += problems(page, looks)
        sign_in(page.context, leader)
        for url in STAFF.values():
            page.goto(url)
            found += problems(page, looks)
    assert found == []


@pytest.mark.slow
@pytest.mark.usefixtures("leader")
def test_a_resident_page_weighs_under_100_kb_on_the_first_visit(look: Look) -> None:
    for url in PUBLIC.values():
        answers: list[Response] = []

        def note(answer: Response, into: list[Response] = answers) -> None:
            into.append(answer)

        page = look()
        page.on("response", note)
        page.goto(url, wait_until="networkidle")
        # Only now: a body asked for in the handler may come after the page is idle.
        sizes = {
            answer.url: len(answer.body())
            for answer in answers
            if not 300 <= answer.status < 400  # a redirect has no body to ask for
        }
        assert any("smartkampung.css" in name for name in sizes)
        assert sum(sizes.values()) < LIMIT, sizes
        page.context.close()


@pytest.mark.usefixtures("leader")
def test_resident_pages_run_no_script(look: Look) -> None:
    page = look()
    for name, url in PUBLIC.items():
        page.goto(url)
        assert (page.locator("script").count() > 0) == (name == "sign in"), url


@pytest.mark.usefixtures("leader")
def test_nothing_jumps_while_a_page_loads(page: Page) -> None:
    page.add_init_script(
        "window.jumps = 0; new PerformanceObserver(list => list.getEntries().forEach("
        "entry => window.jumps += entry.value))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    page.goto("/", wait_until="networkidle")
    page.wait_for_timeout(200)
    assert page.evaluate("window.jumps") == 0


@pytest.mark.usefixtures("leader")
def test_every_area_of_a_map_is_reached_by_keyboard_and_named(page: Page) -> None:
    page.goto("/regions/")
    reached = []
    for _ in range(30):
        page.keyboard.press("Tab")
        name = page.evaluate(
            "document.activeElement.closest('svg') && "
            "document.activeElement.getAttribute('aria-label')"
        )
        if name and name not in reached:
            reached.append(name)
    assert reached == ["Lereng: 2 desa/kelurahan", "Pesisir: 1 desa/kelurahan"]
    page.locator(".map a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/regions/{KECAMATAN}/")


@pytest.mark.usefixtures("leader")
def test_the_focus_can_be_seen(page: Page) -> None:
    page.goto("/")
    for _ in range(6):
        page.keyboard.press("Tab")
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert style == "solid"


def test_the_first_page_speaks_the_language_chosen(look: Look) -> None:
    page = look(lang="id")
    page.goto("/")
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("button", name="Bahasa Indonesia").click()
    assert page.locator("html").get_attribute("lang") == "id"


def test_the_skip_link_is_the_first_stop_and_leads_to_the_content(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
