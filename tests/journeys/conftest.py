"""A real browser on a real server on the real database.

``page`` is a phone: 360 px wide, Indonesian, light. ``look`` opens a page in another
language, width or colour scheme; ``sign_in`` makes the browser a member of staff.
Every fixture fails the test when a page asks a third party for anything or breaks
the content security policy.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
)
from pytest_django.live_server_helper import LiveServer

from smartkampung.accounts.models import Staff
from tests.cast import sign_in as signed_in
from tests.journeys.acts import SignIn as SignIn
from tests.journeys.acts import Town
from tests.journeys.fieldline import Line, opened
from tests.journeys.handset import Handset, switched_on

# Playwright's sync interface runs inside an event loop of its own; the database
# calls of a journey are ordinary ones all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1100, "height": 800}
# The same engine; without windows it costs half the seconds (./run test installs it).
BROWSERS = ("chromium-headless-shell", "chromium")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), "/usr/bin/chromium")

Look = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything here as a journey, so that it can be left out or run alone."""
    for item in items:
        if "/journeys/" in str(item.path):
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Start Debian's browser; a container's root needs --no-sandbox."""
    return {
        "executable_path": CHROMIUM,
        "args": ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
    }


@pytest.fixture(scope="session")
def browser_context_args(live_server: LiveServer) -> dict[str, Any]:
    """A cheap phone in Banyuwangi."""
    return {
        "viewport": PHONE,
        "locale": "id-ID",
        "timezone_id": "Asia/Jakarta",
        "base_url": live_server.url,
        "color_scheme": "light",
    }


@pytest.fixture
def page(page: Page, live_server: LiveServer) -> Iterator[Page]:
    """Give the phone's page and watch what it asks for."""
    strangers = watch(page, live_server.url)
    yield page
    assert not strangers


@pytest.fixture
def look(
    browser: Browser, browser_context_args: dict[str, Any], live_server: LiveServer
) -> Iterator[Look]:
    """Give a function that opens a watched page with other settings.

    ``look(width=1100, lang="en", dark=True)``; sign in on ``page.context``.
    """
    strangers: list[str] = []
    opened: list[BrowserContext] = []

    def open_page(*, width: int = 360, lang: str = "id", dark: bool = False) -> Page:
        options = {
            **browser_context_args,
            "viewport": {"width": width, "height": 740 if width < 700 else 800},
            "color_scheme": "dark" if dark else "light",
        }
        context = browser.new_context(**options)
        opened.append(context)
        context.add_cookies(
            [{"name": "django_language", "value": lang, "url": live_server.url}]
        )
        page: Page = context.new_page()
        watch(page, live_server.url, strangers)
        return page

    yield open_page
    for context in opened:
        context.close()
    assert not strangers


def watch(page: Page, home: str, found: list[str] | None = None) -> list[str]:
    """Collect every request that leaves the server and every broken policy."""
    found = [] if found is None else found
    host = urlsplit(home).netloc

    def asked(request: Request) -> None:
        target = urlsplit(request.url)
        if target.scheme in {"http", "https", "ws", "wss"} and target.netloc != host:
            found.append(request.url)

    def said(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            found.append(message.text)

    page.on("request", asked)
    page.on("console", said)
    return found


@pytest.fixture
def sign_in(live_server: LiveServer) -> SignIn:
    """Give a function that makes a browser context a signed-in member of staff."""

    def enter(context: BrowserContext, staff: Staff) -> None:
        client = signed_in(Client(), staff)
        name = settings.SESSION_COOKIE_NAME
        cookie = client.cookies[name].value
        context.add_cookies([{"name": name, "value": cookie, "url": live_server.url}])

    return enter


@pytest.fixture
def town(
    browser: Browser,
    browser_context_args: dict[str, object],
    sign_in: SignIn,
    live_server: LiveServer,
) -> Iterator[Town]:
    """Give everybody of a journey a phone of their own, on one server."""
    # Unlike rows of models, jobs that a failed test left behind are not swept away.
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    everybody = Town(browser, browser_context_args, sign_in, live_server)
    yield everybody
    everybody.close()


@pytest.fixture
def line(live_server: LiveServer) -> Iterator[Line]:
    """Give a line to the server that can be cut, drops, repeats and delays."""
    with opened(live_server.url) as line:
        yield line


@pytest.fixture
def handset(playwright: Playwright, tmp_path: Path) -> Iterator[Handset]:
    """Give a phone whose battery can be taken out."""
    with switched_on(playwright, tmp_path / "profile", CHROMIUM) as phone:
        yield phone
