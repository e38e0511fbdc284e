"""Every page of a small demo, opened as every role, is open to every reader.

The crawl follows links and takes one page of each kind (address pattern); where a
page has a form, it is sent empty once, because a refused form is a page too.
"""

from collections import deque
from collections.abc import Sequence
from functools import partial
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.cache import caches
from django.db import transaction
from django.urls import Resolver404, resolve, reverse
from playwright.sync_api import Error, Page
from pytest_django.fixtures import Settings

from smartkampung.accounts.models import Staff
from smartkampung.demo.build import Plan, steps
from smartkampung.kernel.clock import now
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.web.menu import MENU
from tests import cast
from tests.journeys import acts
from tests.journeys.acts import Town
from tests.journeys.audit import LOOKS, SECOND_LOOK, Aspect, problems
from tests.journeys.conftest import Look, SignIn

PEOPLE = 1_500
# Who can do most comes first: their pages have most on them.
ACCOUNTS = ("kasi", "sari", "dinsos", "admin", "bupati", "auditor", "ratna", "babinsa")
# Ceremonies of the browser itself (test_rare_pages.py has those), files, the door out.
# The field app has journeys of its own: its forms stay on the phone.
SKIPPED = ("/accounts/logout/", "/accounts/2fa/passkeys/add/", "/api/", "/field/enrol/")
SEND = "main form[method=post] button.btn:not(.btn-danger, .btn-quiet)"


@pytest.fixture
def demo(transactional_db: None, settings: Settings) -> None:
    """A small demo as ./run demo makes it."""
    settings.DEMO = True  # its accounts are shut anywhere else
    for cache in caches.all():
        cache.clear()
    plan = Plan(PEOPLE, 7, now())
    for step in steps():
        if step.own_transactions:
            step.run(plan, lambda done, total: None)
            continue
        with transaction.atomic():
            act_as(Kind.JOB)
            step.run(plan, lambda done, total: None)


def kind(url: str) -> str:
    """Return the pattern that an address belongs to, or "" for none of ours."""
    try:
        return "/" + str(resolve(urlsplit(url).path).route)
    except Resolver404:
        return ""


class Crawl:
    """One reader's way through the pages, each kind of page once."""

    def __init__(
        self, page: Page, seen: set[str], looks: Sequence[Aspect] = LOOKS
    ) -> None:
        self.page, self.looks = page, looks
        self.seen = seen
        self.found: list[str] = []

    def through(self, *starts: str) -> None:
        """Open what can be reached from some addresses by links."""
        self.seen -= {kind(url) for url in starts}
        waiting = deque(starts)
        while waiting:
            url = waiting.popleft()
            name = kind(url)
            if not name or name in self.seen or url.startswith(SKIPPED):
                continue
            self.seen.add(name)
            waiting.extend(self._look_at(url))

    def _look_at(self, url: str) -> list[str]:
        try:
            answer = self.page.goto(url)
        except Error as error:
            if "Download is starting" in error.message:
                return []  # a file is no page
            raise
        assert answer is not None
        assert answer.status < 500, url
        if "text/html" not in answer.headers.get("content-type", ""):
            return []
        self.found += problems(self.page, self.looks)
        links = self.page.eval_on_selector_all(
            "a[href]", "links => links.map(link => link.getAttribute('href'))"
        )
        self._send_empty()
        here = urlsplit(self.page.url).path
        ours = [urljoin(here, link) for link in links if not link.startswith("#")]
        return [link for link in ours if link.startswith("/")]

    def _send_empty(self) -> None:
        send = self.page.locator(SEND)
        if send.count() == 0:
            return
        for field in self.page.locator("main form[method=post] input:visible").all():
            if field.get_attribute("type") in {"text", "password", "tel", "email"}:
                field.fill("")
        with self.page.expect_navigation():
            send.first.click()
        self.found += problems(self.page, self.looks)


@pytest.mark.slow
@pytest.mark.usefixtures("demo")
def test_every_page_is_open_to_every_reader(look: Look, sign_in: SignIn) -> None:
    found = {
        "id": crawled(partial(look, lang="id"), sign_in, LOOKS),
        "en": crawled(partial(look, lang="en"), sign_in, SECOND_LOOK),
    }
    assert found == {"id": [], "en": []}


def crawled(look: Look, sign_in: SignIn, looks: Sequence[Aspect]) -> list[str]:
    """Walk through everything in one language; return what is wrong."""
    public = Crawl(look(), set(), looks)
    public.through("/", "/aid/report/", "/t/", "/accounts/login/")
    found = public.found
    # What sent a stranger to the door is to be seen by those who may enter.
    seen = {name for name in public.seen if not name.startswith("/staff/")}
    for username in ACCOUNTS:
        page = look()
        sign_in(page.context, Staff.objects.get(username=username))
        crawl = Crawl(page, seen, looks)
        crawl.through("/staff/", "/accounts/2fa/")
        found += crawl.found
        page.context.close()
    assert len(seen) >= 25
    return sorted(set(found))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_every_screen_from_a_report_to_aid_in_hand_is_open_to_every_reader(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[str] = []
    onward, work = acts.next_screen, acts.take_work

    def look_first(page: Page) -> None:
        found.extend(problems(page))
        onward(page)

    def look_after(page: Page, kind: str) -> None:
        work(page, kind)
        found.extend(problems(page))

    monkeypatch.setattr(acts, "next_screen", look_first)
    monkeypatch.setattr(acts, "take_work", look_after)
    acts.open_town(packs=1)
    public = town.phone_of()
    sari, endang = town.phone_of(cast.sari()), town.phone_of(cast.camat())

    code = acts.report(public)
    found += problems(public)
    acts.visit(sari)
    acts.approve(endang)
    acts.fill_batch(endang)
    found += problems(endang)
    acts.receive(sari)
    found += problems(sari)
    for address in (f"/t/{code}/", f"/t/{code}/slip/", f"/t/{code}/outcome/"):
        public.goto(address)
        found += problems(public)

    assert found == []


def test_every_entry_of_the_menu_leads_somewhere() -> None:
    # A page that two offices open has two lines, and each reader sees one.
    names = {line.name for part in MENU for line in part.lines}
    assert len({reverse(name) for name in names}) == len(names)
