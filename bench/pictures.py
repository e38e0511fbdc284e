"""Takes the README's pictures of a running demo: ``python -m bench.pictures``.

Start ``./run demo`` first. Every picture is of a real page, small enough for a
repository (under 120 kB).
"""

import argparse
import io
import re
import time
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from rich import print as say

from smartkampung.config import settings

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
PHONE, DESK = (360, 740), (1100, 820)
COLOURS, MOST_BYTES = 96, 120_000
PERIOD = 30


def main() -> None:
    """Open each page, take its picture, say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://localhost:8000")
    home = parser.parse_args().url
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        phone = _page(browser, home, PHONE)
        phone.goto("/")
        _keep(phone, "first-page")
        phone.goto("/aid/report/")
        phone.locator("input[name=for_self]").first.check()
        phone.locator("main .actions .btn").first.click()
        _keep(phone, "report")
        map_page = _page(browser, home, DESK, dark=True, lang="en")
        map_page.goto("/regions/")
        _keep(map_page, "regions")
        camat = _page(browser, home, DESK)
        _sign_in(camat, "camat")
        _keep(camat, "board")
        camat.get_by_role("link", name="Putuskan pengajuan").last.click()
        _keep(camat, "decision")
        leader = _page(browser, home, DESK)
        _sign_in(leader, "bupati")
        leader.goto("/staff/summary/")
        _keep(leader, "summary")
        browser.close()


def _page(
    browser: Browser,
    home: str,
    size: tuple[int, int],
    *,
    dark: bool = False,
    lang: str = "id",
) -> Page:
    context = browser.new_context(
        base_url=home,
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
    )
    context.add_cookies([{"name": "django_language", "value": lang, "url": home}])
    return context.new_page()


def _sign_in(page: Page, username: str) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", settings.DEMO_PASSWORD)
    page.locator("main form .btn").first.click()
    # A code works once an account: the last picture may have used this one.
    while page.locator("input[name=code]").count():
        shown = page.request.get("/demo/").text()
        code = re.search(r">\s*(\d{6})\s*<", shown)
        if code is None:
            raise SystemExit("The demo page shows no sign-in code. Is it a demo?")
        page.fill("input[name=code]", code[1])
        page.locator("main form .btn").first.click()
        if page.locator("input[name=code]").count():
            time.sleep(PERIOD / 3)


def _keep(page: Page, name: str) -> None:
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    small = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    target = FOLDER / f"{name}.png"
    small.save(target, optimize=True)
    size = target.stat().st_size
    if size > MOST_BYTES:
        raise SystemExit(f"{target.name} has {size} bytes, more than {MOST_BYTES}.")
    say(f"{target.name}: {size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
