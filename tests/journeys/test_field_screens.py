"""One screen at a time: nothing is drawn over what somebody has in the hands."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.acts import Town
from tests.journeys.fieldacts import begin, enrol, people
from tests.journeys.fieldline import Line

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
# What the app tells itself when the line changes, while a finger opens a form: so often
# that every step of the opening has a new list in its way.
_OPEN_AMID_NEWS = """async (name) => {
  const { changed } = await import('/static/field/state.js');
  const again = () => new Promise((next) => setTimeout(next));
  [...document.querySelectorAll('#app a')].find((a) => a.textContent.includes(name)).click();
  for (let i = 0; i < 60; i++) { changed.tell(); await again(); }
}"""


def test_no_list_is_drawn_over_a_form_that_was_opened(town: Town, line: Line) -> None:
    page = town.phone_of(people(2))
    enrol(page, line)
    for name in ("Wayan00", "Wayan01"):
        page.evaluate(_OPEN_AMID_NEWS, name)
        form = page.locator("input[name=found][value=present]")
        form.check()
        page.evaluate("new Promise((next) => setTimeout(next, 200))")
        expect(form).to_be_checked()
        page.get_by_role("link", name="Tugas").click()
        expect(page.get_by_role("heading", name="Tugas", exact=True)).to_be_visible()


def test_a_form_not_yet_answered_stays_when_the_language_changes(
    town: Town, line: Line
) -> None:
    page = town.phone_of(people(1))
    enrol(page, line)
    begin(page, 0)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_visible()
    expect(page.locator("input[name=found]").first).to_be_visible()


def test_a_reader_by_keyboard_stays_at_the_same_task(town: Town, line: Line) -> None:
    page = town.phone_of(people(2))
    enrol(page, line)
    link = page.get_by_role("link", name=re.compile("Wayan01"))
    link.focus()
    _tell(page, 3)
    expect(link).to_be_focused()


def test_a_lock_shows_nothing_of_anybody_at_once(town: Town, line: Line) -> None:
    page = town.phone_of(people(1))
    enrol(page, line)
    left = page.evaluate(
        """async () => {
          const { lock, changed } = await import('/static/field/state.js');
          changed.tell();
          lock();
          return document.getElementById('app').textContent;
        }"""
    )
    assert "Wayan" not in left
    expect(page.get_by_label("PIN Anda")).to_be_visible()
    expect(page.get_by_text(re.compile("Wayan"))).to_have_count(0)


def _tell(page: Page, times: int) -> None:
    """Let the app hear of changes, one after the other, until the list is drawn again."""
    page.evaluate(
        """async (times) => {
          const { changed } = await import('/static/field/state.js');
          for (let i = 0; i < times; i++) {
            const before = document.querySelector('#app h1');
            changed.tell();
            while (document.querySelector('#app h1') === before)
              await new Promise((next) => setTimeout(next, 5));
          }
        }""",
        times,
    )
