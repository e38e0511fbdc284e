"""One phone, several hands: tabs, people, a full memory, signing out, rescue."""

import io
import json
import random
import re
from pathlib import Path

import pytest
from django.db import transaction
from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect

from smartkampung.accounts.models import Device
from smartkampung.accounts.roles import Role
from smartkampung.frontline.field.models import Record
from smartkampung.isolation.arrival.models import SupervisionVisit
from smartkampung.kernel.rls import as_job
from tests.cast import HERE, staff
from tests.journeys.acts import Town
from tests.journeys.audit import problems
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
from tests.journeys.handset import PIN, open_box

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
# Browsers no longer let a test say how much room there is. This one refuses what does not
# fit as they do on a disk that is full (seen on one of 40 MB: QuotaExceededError).
SMALL = """
globalThis.room = Infinity;
const stores = IDBObjectStore.prototype, {put, clear} = stores;
stores.put = function (row) {
  const size = (row.box?.data ?? row.bytes ?? {byteLength: 0}).byteLength;
  if (size > room) throw new DOMException("full", "QuotaExceededError");
  room -= size;
  return put.call(this, row);
};
stores.clear = function () {
  room += this.name === "ballast" ? 1_000_000 : 0;
  return clear.call(this);
};
"""
OTHER_PIN = "739104"


def another_tab(page: Page, line: Line) -> Page:
    """Open the app in a second tab of the same phone."""
    tab: Page = page.context.new_page()
    tab.goto(f"{line.url}/field/")
    open_box(tab)
    return tab


def posted(line: Line) -> list[str]:
    """Return the ids of all records that were posted, in order."""
    sent = [json.loads(a.body) for a in line.asked if a.path.endswith("/records")]
    return [record["id"] for batch in sent for record in batch["records"]]


def test_two_tabs_fill_one_form_once_and_send_it_once(town: Town, line: Line) -> None:
    page = town.phone_of(people(2))
    enrol(page, line)
    tab = another_tab(page, line)
    line.cut = True
    begin(page, 0)
    fill(page, 0)
    expect(page.get_by_text("Draf tersimpan")).to_be_visible()
    begin(tab, 0)
    expect(tab.get_by_text("terbuka di tab lain")).to_be_visible()
    tab.get_by_role("link", name="Kembali").click()
    save(page)
    waits(tab, 1)
    line.cut = False
    for each in (page, tab):
        each.evaluate("import('/static/field/state.js').then(m => void m.bring())")
    waits(page, 0)
    waits(tab, 0)
    assert len(posted(line)) == 1


def test_two_people_share_a_phone(town: Town, line: Line) -> None:
    page = town.phone_of(people(1))
    enrol(page, line)
    line.cut = True
    fill_and_save(page, 0)
    page.goto("about:blank")  # an open app would send as soon as there is a line
    line.cut = False
    page.context.clear_cookies()
    other = staff("joko", Role.BHABINKAMTIBMAS, HERE, name="Joko Susilo")
    town.sign_in(page.context, other)
    enrol(page, line, OTHER_PIN)
    expect(page.get_by_text("Semua sudah terkirim")).to_be_visible()
    page.reload()
    boxes = page.get_by_role("radio")
    expect(boxes).to_have_count(2)
    expect(page.get_by_label(re.compile(r"Daftar 1 \(R\.\)"))).not_to_be_checked()
    expect(page.get_by_text("belum terkirim: 1")).to_be_visible()
    # The PIN of one opens nothing of the other.
    page.get_by_label(re.compile("Daftar 1")).check()
    page.get_by_label("PIN Anda").fill(OTHER_PIN)
    page.get_by_role("button", name="Buka", exact=True).click()
    expect(page.get_by_text("bukan PIN kotak ini")).to_be_visible()


def test_a_full_phone_refuses_photos_first_and_keeps_words(
    town: Town, line: Line
) -> None:
    page = town.phone_of(people(2))
    page.add_init_script(SMALL)
    enrol(page, line)
    line.cut = True
    begin(page, 0)
    fill(page, 0)
    camera = page.locator("input[name=photo]")
    camera.set_input_files(picture(b"\xff\xd8"))
    expect(page.get_by_text("bukan gambar")).to_be_visible()
    page.evaluate("room = 50_000")
    camera.set_input_files(picture(noise()))
    expect(page.get_by_text("foto baru tidak diterima")).to_be_visible()
    # Not even room for words: what was held back for them is given away.
    page.evaluate("room = 0")
    save(page)
    waits(page, 1)
    page.reload()
    open_box(page)
    waits(page, 1)


def picture(content: bytes) -> FilePayload:
    """Return a file as the camera gives it."""
    return {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": content}


def noise() -> bytes:
    """Return a picture that no encoder makes small."""
    out = io.BytesIO()
    size = (900, 600)
    dots = random.Random(9).randbytes(3 * size[0] * size[1])
    Image.frombytes("RGB", size, dots).save(out, "JPEG")
    return out.getvalue()


def test_signing_out_waits_for_the_queue_then_leaves_nothing(
    town: Town, line: Line
) -> None:
    page = town.phone_of(people(1))
    enrol(page, line)
    line.cut = True
    fill_and_save(page, 0)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("link", name="Lainnya").click()
    page.get_by_role("button", name="Keluar dan hapus").click()
    expect(page.get_by_text("Masih di sini: 1")).to_be_visible()
    page.get_by_role("link", name="Tugas").click()
    expect(page.get_by_text("Wayan00")).to_have_count(0)
    line.cut = False
    send_now(page)
    expect(page.get_by_text("Daftar Anda sudah dihapus")).to_be_visible()
    assert len(posted(line)) == 1
    with transaction.atomic(), as_job():
        assert Device.objects.filter(revoked_at=None).count() == 0


def test_a_rescue_file_needs_no_pin_and_doubles_nothing(
    town: Town, line: Line, tmp_path: Path
) -> None:
    page = town.phone_of(people(2))
    enrol(page, line)
    line.cut = True
    fill_and_save(page, 0, photos=1)
    begin(page, 1)
    fill(page, 1)
    expect(page.get_by_text("Draf tersimpan")).to_be_visible()
    page.reload()
    page.get_by_text("Saya lupa PIN").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Simpan berkas penyelamat").click()
    file = tmp_path / "smart-kampung.json"
    saved.value.save_as(file)
    head = town.phone_of(staff("tono", Role.VILLAGE_HEAD, HERE))
    head.goto("/field/rescue/")
    head.get_by_label("Berkas penyelamat").set_input_files(file)
    head.get_by_role("button", name="Terima berkas").click()
    expect(head.get_by_text("Formulir yang tercatat")).to_be_visible()
    expect(head.get_by_text("Formulir setengah jadi")).to_be_visible()
    assert problems(head) == []
    # The draft that was open is open again.
    open_box(page)
    expect(page.locator("[name=note]")).to_have_value("Catatan rahasia 01")
    page.get_by_role("link", name="Tugas").click()
    line.cut = False
    send_now(page)
    waits(page, 0)
    with transaction.atomic(), as_job():
        # The form and, apart from it, its half sister.
        assert Record.objects.count() == 2
        assert SupervisionVisit.objects.count() == 1


def test_every_screen_is_open_to_every_reader(town: Town, line: Line) -> None:
    page = town.phone_of(people(2))
    page.goto(f"{line.url}/field/")
    expect(page.get_by_text("Ponsel ini belum dipasang")).to_be_visible()
    found = problems(page)
    page.goto(f"{line.url}/field/enrol/")
    expect(page.get_by_label("Nama ponsel")).to_be_visible()
    found += problems(page)
    enrol(page, line)
    found += problems(page)
    line.cut = True
    fill_and_save(page, 0)
    begin(page, 1)
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    found += problems(page)
    for name in ("Sudah diisi", "Lainnya"):
        page.get_by_role("link", name=name).click()
        found += problems(page)
    assert found == []


def test_it_works_by_keyboard_and_where_no_worker_can_keep_it(
    town: Town, line: Line
) -> None:
    town.settings = {**town.settings, "service_workers": "block"}
    page = town.phone_of(people(1))
    enrol(page, line)
    page.reload()
    press(page, page.get_by_label("PIN Anda"), PIN, "Enter")
    expect(page.get_by_text("Server terhubung")).to_be_visible()  # and drawn for good
    press(page, page.get_by_role("link", name="Wayan00"), "", "Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    press(page, page.locator("input[name=found][value=present]"), "", "Space")
    press(page, page.locator("[name=note]"), "Catatan", "Tab")
    press(page, page.locator("[name=missing]"), "Tanpa lokasi", "Tab")
    press(page, page.get_by_role("button", name="Simpan", exact=True), "", "Enter")
    expect(page.get_by_text("Semua sudah terkirim")).to_be_visible()
    assert len(posted(line)) == 1


def press(page: Page, at: Locator, text: str, key: str) -> None:
    """Walk to an element by the tabulator, type, and press a key."""
    at.wait_for()
    for _ in range(80):
        if at.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(at).to_be_focused()
    page.keyboard.type(text)
    page.keyboard.press(key)


def test_without_javascript_the_page_leads_to_the_ordinary_ones(
    town: Town, line: Line
) -> None:
    town.settings = {**town.settings, "java_script_enabled": False}
    page = town.phone_of(people(0))
    page.goto(f"{line.url}/field/")
    page.get_by_role("link", name="Tugas hari ini").click()
    expect(page).to_have_url(f"{line.url}/staff/")
