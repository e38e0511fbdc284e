"""A phone that can be killed: a real browser process on a profile on the disk."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    ViewportSize,
)

PIN = "482915"
SIZE: ViewportSize = {"width": 360, "height": 740}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--headless",
    "about:blank",
]


class Handset:
    """One phone with one profile: started, killed, started again."""

    def __init__(self, playwright: Playwright, profile: Path, program: str) -> None:
        self.playwright, self.profile, self.program = playwright, profile, program
        self.process: subprocess.Popen[bytes] | None = None
        self.browser: Browser | None = None
        self.broken: list[str] = []

    def start(self, script: str = "") -> Page:
        """Switch the phone on; ``script`` runs before every page."""
        port = _free_port()
        where = [f"--remote-debugging-port={port}", f"--user-data-dir={self.profile}"]
        self.process = subprocess.Popen(
            [self.program, *where, *FLAGS],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # A group of its own: the command is a script that starts the browser.
            start_new_session=True,
        )
        _wait_for(port)
        self.browser = self.playwright.chromium.connect_over_cdp(
            f"http://127.0.0.1:{port}"
        )
        if script:
            self.context.add_init_script(script)
        page = self.context.new_page()
        page.set_viewport_size(SIZE)
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: self.broken.append(str(error)))
        return page

    @property
    def context(self) -> BrowserContext:
        """Return the context that the profile belongs to."""
        assert self.browser
        return self.browser.contexts[0]

    def kill(self) -> None:
        """Take the battery out: no page hears of it."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None
        if self.browser:
            with suppress(Exception):
                self.browser.close()
            self.browser = None


@contextmanager
def switched_on(
    playwright: Playwright, profile: Path, program: str
) -> Iterator[Handset]:
    """Give a phone, and take it back switched off; nothing may have broken in it."""
    phone = Handset(playwright, profile, program)
    try:
        yield phone
    finally:
        phone.kill()
    assert phone.broken == []


def open_box(page: Page, pin: str = PIN) -> None:
    """Type the PIN and wait until it is taken."""
    page.get_by_label("PIN Anda").fill(pin)
    page.get_by_role("button", name="Buka", exact=True).click()
    page.get_by_role("link", name="Sudah diisi").wait_for()


def call(page: Page, module: str, script: str, *values: Any) -> Any:
    """Run a function body with a module of the app as ``m`` and values as ``v``."""
    code = f"async (v) => {{ const m = await import('/static/field/{module}.js'); {script} }}"
    return page.evaluate(code, list(values))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(150):
        with suppress(URLError, OSError):
            urlopen(f"http://127.0.0.1:{port}/json/version", timeout=1).read()
            return
        time.sleep(0.1)
    raise TimeoutError("the browser did not start")
