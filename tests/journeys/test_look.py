"""What every page owes to every reader, looked at in a real browser."""

from playwright.sync_api import Page

from tests.journeys.conftest import Look


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
