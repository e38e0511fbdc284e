"""A day without signal: filled, killed, started, upgraded, sent, nothing lost or doubled."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.db import transaction
from playwright.sync_api import Page, expect

from smartkampung.accounts.actions.devices import revoke_device
from smartkampung.accounts.models import Device
from smartkampung.frontline.field.models import Photo, Record
from smartkampung.isolation.arrival.models import SupervisionVisit
from smartkampung.kernel.clock import now
from smartkampung.kernel.rls import as_job
from smartkampung.web.field import shell
from tests.journeys.acts import SignIn
from tests.journeys.fieldacts import (
    begin,
    enrol,
    fill,
    fill_and_save,
    people,
    save,
    send_now,
    waits,
)
from tests.journeys.fieldline import Line
from tests.journeys.handset import Handset, open_box

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PEOPLE, BEFORE_THE_KILL, BEFORE_THE_END, WITH_PHOTO = 20, 10, 16, 3
# The phone's clock is two days ahead, for everything that the app asks it.
AHEAD = """
const real = Date, off = 48 * 3600 * 1000;
globalThis.Date = class extends real {
  constructor(...parts) { super(...(parts.length ? parts : [real.now() + off])); }
  static now() { return real.now() + off; }
};
"""
STATIC = Path("src/smartkampung/web/static/field")
Newer = Callable[[], None]


def send_until_empty(page: Page) -> None:
    """Press "send" until nothing waits, as somebody on a bad line does."""
    empty = page.locator("#queue").get_by_text("Semua sudah terkirim")
    for _ in range(20):
        if empty.count():
            return
        send_now(page)
    waits(page, 0)


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Newer]:
    """Give a function that puts a newer app on the server.

    The newer one lays the phone's database out anew, too.
    """
    layout = tmp_path / "layout.js"
    code = (STATIC / "layout.js").read_text()
    assert "LAYOUT = 1;" in code
    store = '  fresh: { keyPath: "id", byVault: true },\n  ballast:'
    layout.write_text(
        code.replace("LAYOUT = 1;", "LAYOUT = 2;").replace("  ballast:", store)
    )
    find: Any = finders.find

    def upgrade() -> None:
        shell.version.cache_clear()
        monkeypatch.setattr(
            finders,
            "find",
            lambda path, **how: (
                str(layout) if path == "field/layout.js" else find(path, **how)
            ),
        )

    yield upgrade
    shell.version.cache_clear()


def readable(profile: Path, *words: str) -> list[str]:
    """Return the words that stand readable in any file of a profile."""
    found = []
    for path in profile.rglob("*"):
        if not path.is_file():
            continue
        content = path.read_bytes()
        for word in words:
            if word.encode() in content or word.encode("utf-16-le") in content:
                found.append(f"{path.relative_to(profile)}: {word}")
    return found


def kept_on_server() -> list[str]:
    """Return the notes of everything that arrived, doubles and all."""
    with transaction.atomic(), as_job():
        rows = list(Record.objects.order_by("pk"))
    return [json.loads(row.envelope.open())["body"]["note"] for row in rows]


def test_a_day_without_signal(  # one story, told in order
    handset: Handset, line: Line, sign_in: SignIn, newer: Newer
) -> None:
    officer = people(PEOPLE)
    page = handset.start(AHEAD)
    sign_in(handset.context, officer)
    enrol(page, line)
    expect(page.get_by_role("link", name=re.compile("Wayan"))).to_have_count(PEOPLE)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    entered = _morning(page, handset, line)
    page = _after_the_kill(handset, line, entered)
    page = _the_app_is_upgraded(page, line, newer)
    _the_line_is_bad(page, line)
    assert sorted(kept_on_server()) == sorted(entered)
    _signed_off_meanwhile(page, handset, line, entered)
    line.deliver_late()
    assert sorted(kept_on_server()) == sorted(entered)
    with transaction.atomic(), as_job():
        done = SupervisionVisit.objects.filter(stay__name__startswith="Wayan")
        held = Record.objects.filter(state="held").count()
        photos = done.exclude(photo=None).count()
        assert (done.count(), held) == (BEFORE_THE_END, PEOPLE - BEFORE_THE_END)
        assert photos == Photo.objects.count() == WITH_PHOTO


def _morning(page: Page, handset: Handset, line: Line) -> set[str]:
    """No signal: ten forms and half of the next, then the battery falls out."""
    line.cut = True
    handset.context.set_offline(True)
    entered = fill_and_save(page, *range(BEFORE_THE_KILL), photos=WITH_PHOTO)
    waits(page, BEFORE_THE_KILL)
    begin(page, BEFORE_THE_KILL)
    fill(page, BEFORE_THE_KILL)
    expect(page.get_by_text("Draf tersimpan")).to_be_visible()
    handset.kill()
    secrets = ("Wayan", "Catatan rahasia", "Rudi Hartono", "Sudarma", "Rudi")
    assert readable(handset.profile, *secrets) == []
    # The search finds what does stand there.
    assert readable(handset.profile, "isolation", "queued")
    return entered


def _after_the_kill(handset: Handset, line: Line, entered: set[str]) -> Page:
    page = handset.start(AHEAD)
    handset.context.set_offline(True)
    page.goto(f"{line.url}/field/")
    assert page.evaluate("performance.now()") < 5_000
    open_box(page)
    waits(page, BEFORE_THE_KILL)
    begin(page, BEFORE_THE_KILL)
    note = page.locator("[name=note]")
    expect(note).to_have_value(f"Catatan rahasia {BEFORE_THE_KILL}")
    save(page)
    entered.add(f"Catatan rahasia {BEFORE_THE_KILL}")
    entered |= fill_and_save(page, *range(BEFORE_THE_KILL + 1, BEFORE_THE_END))
    waits(page, BEFORE_THE_END)
    return page


def _the_app_is_upgraded(page: Page, line: Line, newer: Newer) -> Page:
    """A connection, not yet to the interface: the newer app comes first."""
    newer()
    line.cut, line.api_cut = False, True
    page.context.set_offline(False)
    page.reload()
    page.get_by_role("button", name="Pakai sekarang").click()
    page.wait_for_event("load")
    open_box(page)
    layout = "indexedDB.databases().then(([one]) => one.version)"
    assert page.evaluate(layout) == 2
    waits(page, BEFORE_THE_END)
    return page


def _the_line_is_bad(page: Page, line: Line) -> None:
    line.api_cut = False
    line.drop_every, line.twice, line.keep_back = 3, True, True
    send_until_empty(page)
    assert len(line.kept) > 0


def _signed_off_meanwhile(
    page: Page, handset: Handset, line: Line, entered: set[str]
) -> None:
    """The phone is signed off while the last forms lie on it."""
    line.cut = True
    handset.context.set_offline(True)
    entered |= fill_and_save(page, *range(BEFORE_THE_END, PEOPLE))
    with transaction.atomic(), as_job():
        for device in Device.objects.all():
            revoke_device(device=device, by="rudi", at=now())
    line.cut = False
    handset.context.set_offline(False)
    for _ in range(10):
        if page.get_by_text("Semua sudah terkirim, lalu dihapus").count():
            break
        send_now(page)
    gone = page.get_by_text("Ponsel ini tidak boleh dipakai lagi. Semua sudah terkirim")
    expect(gone).to_be_visible()
    left = """(async () => {
      const m = await import('/static/field/store.js');
      const stores = ['vaults', 'records', 'photos', 'kept'];
      return (await Promise.all(stores.map((name) => m.all(name)))).flat().length;
    })()"""
    assert page.evaluate(left) == 0
