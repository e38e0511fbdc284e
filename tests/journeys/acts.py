"""What people do on the pages, one function an act, for journeys in a browser.

Labels are Indonesian, because that is what people here click.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from smartkampung.accounts.models import Staff
from smartkampung.aid.bulk import load_defaults
from smartkampung.aid.models import ReportingPhase
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.clock import now
from smartkampung.ledger.actions import transfer
from smartkampung.notify.models import Message
from smartkampung.residents.models import Person
from tests import reporting

SignIn = Callable[[BrowserContext, Staff], None]
PACK = "Paket sembako APBD"


@dataclass
class Town:
    """A browser for everybody, and where they go."""

    browser: Browser
    settings: dict[str, Any]
    sign_in: SignIn
    server: LiveServer
    opened: list[BrowserContext] = field(default_factory=list)

    def phone_of(self, account: Staff | None = None) -> Page:
        """Give a phone, signed in when it belongs to an officer."""
        context = self.browser.new_context(**self.settings)
        if account:
            self.sign_in(context, account)
        self.opened.append(context)
        page: Page = context.new_page()
        return page

    def close(self) -> None:
        """Hang up, so that the server's threads let go of the database."""
        for context in self.opened:
            context.close()


def open_town(*, packs: int = 5) -> Person:
    """Open the reporting phase, put food packs in the budget, register Wayan."""
    person = reporting.wayan()
    reporting.open_phase(at=now())
    load_defaults()
    for code, amount in (("apbd_food", packs), ("blt_dd", 300_000)):
        legs = [(f"source/{code}", -amount), (f"budget/{code}", amount)]
        key = f"test.budget:{code}"
        transfer(key=key, kind="aid.budget", legs=legs, by="dinsos", at=now())
    assert ReportingPhase.objects.exists()
    return person


def next_screen(page: Page) -> None:
    """Go on to the next screen of the report form."""
    page.get_by_role("button", name="Lanjut").click()


def report(page: Page, *, nik: str = reporting.WAYAN_NIK) -> str:
    """Report Wayan as a neighbour does; return the tracking code."""
    page.goto("/aid/report/")
    page.locator("input[name=for_self][value=no]").check()
    next_screen(page)
    page.fill("input[name=nik]", nik)
    page.fill("input[name=kk]", reporting.WAYAN_KK)
    for part, value in (("day", "17"), ("month", "8"), ("year", "1990")):
        page.fill(f"input[name=born_on_{part}]", value)
    next_screen(page)
    page.fill("input[name=phone]", "0857 1111 2222")
    next_screen(page)
    page.select_option("select[name=kecamatan]", "35.10.09")
    next_screen(page)
    page.select_option("select[name=village]", "35.10.09.2003")
    next_screen(page)
    page.select_option("select[name=rt]", "35.10.09.2003.002.007")
    next_screen(page)
    page.locator("input[name=reason][value=never_received]").check()
    next_screen(page)
    next_screen(page)
    page.get_by_role("button", name="Kirim laporan").click()
    code = page.locator(".slip-code").inner_text()
    assert re.fullmatch(r"(\w{4}-){2}\w{4}", code)
    run_waiting()
    return code


def take_work(page: Page, kind: str) -> None:
    """Open the first piece of work of a kind from one's own board."""
    page.goto("/staff/")
    # Beside the work itself stands the link that gives it to a colleague.
    page.get_by_role("row", name=kind).first.get_by_role("link", name=kind).click()
    page.wait_for_url(re.compile(r"/staff/.+"))  # asked earlier, the list still stands


def visit(
    page: Page, *, answer: str = "yes", advice: str = "yes", programme: str = PACK
) -> None:
    """Answer every question at the doorstep and save the visit."""
    take_work(page, "Kunjungi keluarga")
    boxes = page.locator(f"input[name^=q_][value={answer}]")
    expect(boxes.last).to_be_visible()  # a form of none yet would be all of them
    for box in boxes.all():
        box.check()
    page.locator(f"input[name=recommends][value={advice}]").check()
    if advice == "yes":
        page.select_option("select[name=programme]", label=programme)
    page.get_by_role("button", name="Simpan kunjungan").click()
    expect(page.get_by_text("Kunjungan sudah dicatat")).to_be_visible()
    run_waiting()


def approve(page: Page, programme: str = PACK) -> None:
    """Approve the programme that the visitor recommended."""
    take_work(page, "Putuskan pengajuan")
    page.get_by_label(programme).check()
    page.get_by_role("button", name="Setujui bantuan").click()


def fill_batch(page: Page, *, stage: int = 1, programme: str = PACK) -> None:
    """Begin a batch, add what waits, and announce it."""
    page.goto("/staff/aid/batches/new/")
    page.select_option("select[name=programme]", label=programme)
    page.fill("input[name=stage]", str(stage))
    page.fill("input[name=hand_over_on]", now().date().isoformat())
    page.fill("input[name=place]", "Balai desa Sumberwangi")
    page.get_by_role("button", name="Siapkan kelompok").click()
    page.get_by_role("button", name="Tambahkan yang dicentang ke kelompok ini").click()
    page.get_by_role("button", name="Siap: beri tahu penerima").click()
    expect(page.get_by_text("Kelompok siap")).to_be_visible()
    run_waiting()


def receipt_code() -> str:
    """Read the latest code from the phone of the family."""
    message = Message.objects.filter(template="receipt_code").latest("pk")
    assert message.secret is not None
    code: str = message.secret.open()
    return code


def receive(page: Page) -> None:
    """Hand over everything, confirmed with the recipient's own code."""
    note_outcome(page, "received")


def refuse(page: Page, *reasons: str, note: str = "") -> None:
    """Refuse with more reasons than the system already ticked."""
    take_work(page, "Putuskan pengajuan")
    for reason in reasons:
        page.get_by_label(reason).check()
    page.fill("textarea[name=no-note]", note)
    page.get_by_role("button", name="Tolak pengajuan ini").click()
    expect(page.get_by_text("Ditolak.", exact=True)).to_be_visible()
    run_waiting()


def read_decision(page: Page, code: str) -> None:
    """Open the decision with the code that came to the family's phone."""
    page.goto(f"/t/{code}/outcome/")
    page.get_by_role("button", name="Kirim kode ke HP keluarga").click()
    run_waiting()
    message = Message.objects.filter(template="code").latest("pk")
    assert message.secret is not None
    page.locator("main input[inputmode=numeric]").fill(message.secret.open())
    page.get_by_role("button", name="Tampilkan keputusan").click()


def object_to_it(page: Page, words: str) -> None:
    """File an objection below the decision that was read."""
    page.fill("textarea[name=text]", words)
    page.get_by_role("button", name="Kirim sanggahan").click()
    expect(page.get_by_text(words)).to_be_visible()


def answer_objection(page: Page, *, upheld: bool, words: str) -> None:
    """Answer an objection from one's own board."""
    take_work(page, "Jawab sanggahan")
    page.locator(f"input[name=upheld][value={'yes' if upheld else 'no'}]").check()
    page.fill("textarea[name=answer]", words)
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_text("Sanggahan sudah dijawab")).to_be_visible()
    run_waiting()


def note_outcome(page: Page, outcome: str, *, quantity: int | None = None) -> None:
    """Write down what happened at the counter; proof by the recipient's code."""
    take_work(page, "Serahkan bantuan")
    gives = outcome in {"received", "partial"}
    if gives:
        page.get_by_role("button", name="Kirim kode ke teleponnya").click()
    page.locator(f"input[name=outcome][value={outcome}]").check()
    if quantity is not None:
        page.fill("input[name=quantity]", str(quantity))
    if gives:
        page.locator("input[name=proof][value=one_time_code]").check()
        page.fill("input[name=code]", receipt_code())
    page.get_by_role("button", name="Simpan penyerahan").click()
    expect(page.get_by_text("Penyerahan sudah dicatat")).to_be_visible()
    run_waiting()
