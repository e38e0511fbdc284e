"""The counter of a village office, and its kiosk: from the queue to the paper and a face."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from playwright.sync_api import Locator, Page, expect

from smartkampung.accounts.models import Staff
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.letters.service.models import Answer
from smartkampung.residents.models import Person
from tests.asking_letters import (
    MORNING,
    secretary,
    village_head,
    wayan_with_child,
)
from tests.cast import HERE, sari
from tests.counters import a_counter
from tests.journeys.acts import Town
from tests.journeys.audit import problems
from tests.journeys.test_letters import done, sign
from tests.journeys.test_recovery import follow, press, work
from tests.owndata import code_sent
from tests.reporting import WAYAN_KK, WAYAN_NIK
from tests.signing import authority, signer
from tests.signing import cheap_guesses as cheap_guesses

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
COUNTER = "/staff/letters/counter/"


@pytest.fixture(autouse=True)
def tuesday() -> Iterator[time_machine.Traveller]:
    """Let it be a morning on which the office is open, whatever day it is."""
    with time_machine.travel(MORNING) as clock:
        yield clock


@pytest.fixture
def wayan() -> Person:
    with transaction.atomic():
        return wayan_with_child()[0]


def one_who_signs() -> Staff:
    """Make the head, with a key."""
    with transaction.atomic():
        head = village_head()
        authority(at=MORNING - timedelta(days=2))
        signer(head, at=MORNING - timedelta(days=1))
    return head


def call_the_next(desk: Page, counter_id: int) -> None:
    """Give somebody at the door a number, and call it from the counter for letters."""
    desk.goto(f"/staff/counters/{counter_id}/walk-in/")
    desk.fill("input[name=name]", "Wayan")
    press(desk, "Beri nomor")
    number = desk.get_by_role("heading", level=1).inner_text()
    desk.goto(COUNTER)
    expect(desk.get_by_text(number, exact=True)).to_be_visible()
    press(desk, "Panggil berikutnya")
    expect(desk.get_by_text(f"Dipanggil: {number}")).to_be_visible()
    assert not problems(desk)


def ask_at_the_counter(desk: Page) -> str:
    """Find the family by the card, and ask; return the code of the slip."""
    desk.fill("input[name=nik]", WAYAN_NIK)
    press(desk, "Cari NIK")
    follow(desk, "Wayan Sudarma")
    assert not problems(desk)
    follow(desk, "Surat baru untuk Wayan Sudarma")
    desk.fill("input[name=q]", "spm")
    press(desk, "Cari")
    follow(desk, "Surat Keterangan Tidak Mampu")
    desk.get_by_label("Wayan Sudarma").check()
    desk.fill("input[name=purpose]", "Berobat di RSUD Blambangan")
    desk.fill("input[name=q_income]", "900.000")
    desk.fill("input[name=rt_paper]", "12/RT7/2026")
    press(desk, "Minta surat ini")
    code = desk.locator(".slip-code")
    expect(code).to_be_visible()
    expect(desk.get_by_role("button", name="Cetak halaman ini")).to_be_visible()
    assert not problems(desk)
    return code.inner_text()


def print_it(desk: Page, pk: int) -> None:
    """Open the signed letter from the page of the family, as for the printer."""
    desk.goto(f"/staff/letters/{pk}/")
    link = desk.get_by_role("link", name="Buka surat yang sudah ditandatangani (PDF)")
    paper = desk.context.request.get(link.get_attribute("href") or "")
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.body().startswith(b"%PDF")


def choose_a_face(screen: Page, code: str) -> None:
    """Say at the kiosk how it was."""
    begin_kiosk(screen)
    screen.get_by_role("link", name=re.compile("^Bagaimana pelayanannya")).click()
    screen.get_by_text("Baik", exact=True).click()
    screen.fill("input[name=code]", code)
    press(screen, "Kirim")
    expect(screen.get_by_role("heading", level=1)).to_have_text("Terima kasih")


def begin_kiosk(screen: Page) -> None:
    screen.goto("/kiosk/")
    screen.select_option("select[name=village]", HERE)
    press(screen, "Mulai anjungan")
    expect(screen.get_by_role("heading", level=1)).to_contain_text("Sumberwangi")


def test_from_the_queue_to_a_printed_letter_and_a_face(
    town: Town, wayan: Person
) -> None:
    with transaction.atomic():
        clerk, colleague, queue = sari(), secretary(), a_counter()
    head = one_who_signs()
    desk = town.phone_of(clerk)
    call_the_next(desk, queue.pk)
    code = ask_at_the_counter(desk)
    desk.locator("a.back").click()
    desk.wait_for_url(re.compile(f"{COUNTER}$"))
    line = desk.get_by_role("row").filter(has_text="Wayan Sudarma")
    line.get_by_role("link").click()
    desk.wait_for_url(re.compile(r"/staff/letters/\d+/$"))
    pk = int(desk.url.rstrip("/").rpartition("/")[2])

    done(town.phone_of(colleague), pk, "Sudah diperiksa, teruskan")
    sign(town.phone_of(head), pk)
    print_it(desk, pk)
    desk.goto(COUNTER)
    desk.get_by_role("button", name=re.compile("^Sudah dilayani")).click()
    expect(desk.get_by_text("Antrean kosong.")).to_be_visible()

    choose_a_face(town.phone_of(), code)
    with transaction.atomic():
        act_as(Kind.JOB)
        assert Answer.objects.get().village_code == HERE


def wrong(screen: Page) -> list[str]:
    """Return what is wrong with a page, but that it closes by itself (ADR 70)."""
    return [one for one in problems(screen) if "meta-refresh" not in one]


def tapped(where: Locator) -> None:
    """Touch it with a finger."""
    expect(where).to_be_visible()
    where.tap()


def test_a_kiosk_is_used_by_touch_and_forgets(town: Town, wayan: Person) -> None:
    settings = {**town.settings, "viewport": {"width": 1080, "height": 1920}}
    touched = town.browser.new_context(has_touch=True, **settings)
    town.opened.append(touched)
    screen = touched.new_page()
    begin_kiosk(screen)
    assert not wrong(screen)
    home = screen.url
    tapped(screen.get_by_role("link", name=re.compile("^Saya perlu surat")))
    tapped(screen.get_by_role("link", name="Surat Keterangan Tidak Mampu"))
    expect(screen.get_by_role("button", name="Cetak halaman ini")).to_be_visible()
    assert not wrong(screen)
    tapped(screen.get_by_role("link", name=re.compile("^Minta sekarang")))

    # The letter is carried through the door.
    heading = screen.get_by_role("heading", level=1)
    expect(heading).to_have_text("Surat Keterangan Tidak Mampu")
    expect(screen.locator("a[href^='/staff/']")).to_have_count(0)
    assert not wrong(screen)
    screen.fill("input[name=nik]", WAYAN_NIK)
    screen.fill("input[name=kk]", WAYAN_KK)
    tapped(screen.get_by_role("button", name="Kirim kode"))
    expect(screen.get_by_text("Surat Keterangan Tidak Mampu")).to_be_visible()
    work()
    screen.fill("input[name=digits]", code_sent())
    tapped(screen.get_by_role("button", name="Buka data saya"))
    expect(heading).to_have_text("Suratnya tentang siapa?")

    tapped(screen.get_by_role("link", name="Selesai dan lupakan yang saya ketik"))
    expect(heading).to_contain_text("Sumberwangi")
    assert screen.url.split("?")[0] == home
    screen.goto("/my-data/home/")
    expect(heading).to_have_text("Data saya")
    # It stays a kiosk, in its own browser.
    expect(screen.locator("a.brand")).to_have_attribute("href", f"/kiosk/{HERE}/")
