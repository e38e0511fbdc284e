"""What a field officer does in the app, one function an act."""

import re

from django.db import transaction
from playwright.sync_api import FilePayload, Page, expect

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from tests.arriving import secluded
from tests.cast import HERE, RT_HERE, staff
from tests.journeys.fieldline import Line
from tests.journeys.handset import PIN, open_box
from tests.pictures import jpeg


def people(count: int) -> Staff:
    """Let people be in isolation, and an officer look after them."""
    officer = staff("rudi", Role.BABINSA, HERE, name="Rudi Hartono")
    with transaction.atomic():
        for number in range(count):
            secluded(RT_HERE, f"Wayan{number:02} Sudarma")
    return officer


def enrol(page: Page, line: Line, pin: str = PIN) -> None:
    """Make the phone one's own, with a connection, and open the list."""
    page.goto(f"{line.url}/field/enrol/")
    page.get_by_label("Nama ponsel").fill("Redmi 9A")
    page.get_by_label("PIN baru").fill(pin)
    page.get_by_label("Ulangi PIN").fill(pin)
    page.get_by_role("button", name="Pasang di ponsel ini").click()
    open_box(page, pin)
    expect(page.get_by_text("Server terhubung")).to_be_visible()


def begin(page: Page, number: int) -> None:
    """Open the form of somebody from the list; wait until the list has gone."""
    link = page.get_by_role("link", name=re.compile(f"Wayan{number:02}"))
    link.evaluate("link => link.click()")  # the list may be drawn anew under a finger
    title = page.get_by_role("heading", level=1)
    title.filter(has_not_text=re.compile("^Tugas$")).wait_for()


def fill(page: Page, number: int, *, photo: bool = False) -> str:
    """Answer the questions of a visit; return the note."""
    note = f"Catatan rahasia {number:02}"
    page.locator("input[name=found][value=present]").check()
    page.locator("[name=note]").fill(note)
    if photo:
        take_photo(page)
    page.locator("[name=missing]").fill("Tanpa lokasi")
    return note


def take_photo(page: Page) -> None:
    """Choose a picture where the camera would open."""
    picture: FilePayload = {
        "name": "a.jpg",
        "mimeType": "image/jpeg",
        "buffer": jpeg().read(),
    }
    page.locator("input[name=photo]").set_input_files(picture)
    group = page.get_by_role("group", name="Foto")
    expect(group.get_by_role("status")).to_have_text("Tersimpan di ponsel")


def save(page: Page) -> None:
    """Put the open form into the queue."""
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.get_by_role("heading", name="Tugas", exact=True).wait_for()


def fill_and_save(page: Page, *numbers: int, photos: int = 0) -> set[str]:
    """Fill in the forms of some people; return their notes."""
    notes = set()
    for number in numbers:
        begin(page, number)
        notes.add(fill(page, number, photo=number < photos))
        save(page)
    return notes


def waits(page: Page, count: int) -> None:
    """See how many forms the app says it has not sent."""
    words = f"{count} belum terkirim" if count else "Semua sudah terkirim"
    expect(page.locator("#queue")).to_contain_text(words)


# The app tries again by itself and takes its button away meanwhile: looking for the
# button and pressing it is one step here, and nothing is pressed where nobody is in.
_SEND = """async () => {
  const { state } = await import('/static/field/state.js');
  const button = () => document.querySelector('#queue button');
  const rests = async () => {
    while (state.vault && (state.line === 'sending' || !button()))
      await new Promise((again) => setTimeout(again, 20));
  };
  await rests();
  button()?.click();
  await rests();
}"""


def send_now(page: Page) -> None:
    """Press what sends (or fetches) in the bar of the queue, and wait for the attempt."""
    page.evaluate(_SEND)
