"""A time at the counter without a script; a walk-in; a number on the wall; a day missed."""

import re

import pytest
from playwright.sync_api import Page, expect

from smartkampung.kernel.clock import today
from smartkampung.reopening.counters.actions.serving import mark
from smartkampung.reopening.counters.models import Booking, Counter
from smartkampung.reopening.counters.queries.offices import day_of
from smartkampung.reopening.counters.rules.states import State
from tests import cast
from tests.counters import LETTER, a_counter
from tests.journeys.acts import Town
from tests.journeys.audit import problems

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def choose(page: Page, words: str | re.Pattern[str], *, last: bool = False) -> None:
    radios = page.get_by_role("radio", name=words)
    (radios.last if last else radios.nth(0)).check()
    press(page, "Lanjut")


def book_without_a_script(page: Page) -> None:
    """Wayan books on a phone whose browser runs no script."""
    page.goto("/counters/")
    page.get_by_role("link", name="Pesan waktu", exact=True).click()
    page.select_option("select[name=kecamatan]", cast.KECAMATAN)
    press(page, "Lanjut")
    choose(page, re.compile("Sumberwangi"))
    choose(page, LETTER)
    choose(page, "Tidak satu pun")
    choose(page, re.compile("tempat kosong"), last=True)
    choose(page, re.compile("tempat kosong"))
    page.fill("input[name=name]", "Wayan Sudarma")
    page.fill("input[name=phone]", "0812 3456 7890")
    press(page, "Lanjut")
    press(page, "Pesan waktu ini")
    expect(page.get_by_role("heading", level=1)).to_have_text("Waktu saya")
    expect(page.locator(".slip-code")).to_have_text("00.00-1")


def move_to_another_time(page: Page) -> None:
    page.get_by_role("link", name="Pindah ke waktu lain").click()
    page.locator("main li a").last.click()
    page.get_by_role("radio").last.check()
    press(page, "Pindah ke waktu ini")
    expect(page.locator(".slip-code")).to_have_text("23.00-1")


def test_a_day_at_the_counter(page: Page, town: Town) -> None:
    row: Counter = a_counter()
    plain = town.browser.new_context(java_script_enabled=False, **town.settings)
    town.opened.append(plain)
    phone = plain.new_page()
    book_without_a_script(phone)
    move_to_another_time(phone)

    # Sari gives a number at the door, and calls it.
    desk = town.phone_of(cast.sari())
    desk.goto(f"/staff/counters/{row.pk}/")
    desk.get_by_role("link", name="Ada yang datang langsung").click()
    desk.fill("input[name=name]", "Ketut")
    press(desk, "Beri nomor")
    number = desk.get_by_role("heading", level=1).inner_text()
    desk.goto(f"/staff/counters/{row.pk}/")
    assert problems(desk) == []
    press(desk, "Panggil berikutnya")
    page.goto(f"/counters/wall/{row.pk}/")
    expect(page.locator(".wall-called li")).to_have_text([number])
    expect(page.locator("body")).not_to_contain_text("Ketut")
    assert problems(page) == []

    # Nobody came at Wayan's time; the page says so kindly.
    mine = Booking.objects.select_related("slot").get(name="Wayan Sudarma")
    mark(booking=mine, state=State.MISSED, at=mine.slot.ends_at, by="sari")
    phone.reload()
    expect(phone.locator("body")).to_contain_text("Tidak apa-apa: datang saja")
    assert day_of(row, today())


def test_what_applies_today_in_both_languages(page: Page) -> None:
    cast.places()
    page.goto("/today/")
    page.select_option("select[name=kecamatan]", cast.KECAMATAN)
    press(page, "Lihat desanya")
    page.get_by_role("link", name="Sumberwangi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Yang berlaku hari ini di Sumberwangi"
    )
    assert problems(page) == []
    page.get_by_role("button", name="English").click()
    expect(page.locator("body")).to_contain_text("What changes next")
    page.select_option("select[name=rt]", cast.RT_HERE)
    press(page, "Show my RT")
    expect(page.get_by_role("heading", level=1)).to_contain_text("RT 007")
