"""Invited by a code, trained, and asked what they earn; an offer closed half-way."""

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from smartkampung.accounts.roles import Role
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from smartkampung.recovery.programmes.models import Outcome, Seat
from smartkampung.recovery.programmes.rules.states import Kind
from tests import cast
from tests.domain.aid.test_races import ground
from tests.journeys.acts import Town
from tests.journeys.audit import problems
from tests.recovering import Running, code_of, running_now

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
OFFER = "Bersih pantai"


def invited(kind: Kind) -> Running:
    """Invite Ayu and Bagus to an offer that begins today."""
    made: list[Running] = []
    ground(lambda: made.append(running_now(kind)))
    return made[0]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()


def work() -> None:
    """Let the waiting jobs run, as the worker does."""
    with transaction.atomic():
        act_as(Acting.JOB)
        run_waiting()


def test_from_the_invitation_to_the_income_afterwards(page: Page, town: Town) -> None:
    made = invited(Kind.TRAINING)

    # Ayu reads her invitation on a phone and takes the place.
    page.goto(f"/r/{code_of(made.seat('Ayu'))}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ada tempat untuk Anda")
    press(page, "Saya terima tempat ini")
    expect(page.get_by_text("Tempat ini milik Anda")).to_be_visible()

    # Bagus does not want his; the next in line is invited at once.
    page.goto("/r/")
    page.fill("input[name=code]", code_of(made.seat("Bagus")))
    press(page, "Tampilkan undangan saya")
    page.get_by_text("Saya tidak mau").click()
    page.fill("input[name=reason]", "Sudah bekerja")
    press(page, "Tolak tempat ini")
    expect(page.get_by_text("menolak", exact=True)).to_be_visible()
    work()
    assert made.states()["Citra"] == "invited"

    # Sari writes down who is there, that Ayu came to the end, and what she earns.
    sari = town.phone_of(cast.sari())
    sari.goto("/staff/recovery/")
    follow(sari, OFFER)
    follow(sari, "Kehadiran")
    sari.get_by_label("Ayu").check()
    press(sari, "Catat lembar ini")
    follow(sari, "Ayu")
    follow(sari, "Ada yang dicapai")
    sari.get_by_label("Pelatihan selesai").check()
    press(sari, "Catat")
    press(sari, "Sudah selesai")
    follow(sari, "Catat penghasilannya")
    sari.fill("input[name=income]", "1750000")
    press(sari, "Catat")
    expect(sari.get_by_text("Rp1.750.000")).to_be_visible()
    assert Outcome.objects.get().income == 1_750_000

    # Ayu sees it on her page; no name stands there.
    page.goto(f"/r/{code_of(made.seat('Ayu'))}/")
    expect(page.get_by_text("Pelatihan selesai")).to_be_visible()
    assert "Ayu" not in page.content()


def test_an_offer_is_closed_half_way_and_nobody_is_lost(page: Page, town: Town) -> None:
    made = invited(Kind.CASH_FOR_WORK)
    page.goto(f"/r/{code_of(made.seat('Ayu'))}/")
    press(page, "Saya terima tempat ini")
    sari = town.phone_of(cast.sari())
    sari.goto(f"/staff/recovery/offers/{made.offer.pk}/sheet/")
    sari.get_by_label("Ayu").check()
    press(sari, "Catat lembar ini")

    rini = town.phone_of(cast.staff("rini", Role.ECONOMIC_OFFICE, cast.REGENCY))
    rini.goto(f"/staff/recovery/offers/{made.offer.pk}/")
    follow(rini, "Tutup sebelum waktunya")
    rini.fill("textarea[name=reason]", "Banjir")
    press(rini, "Minta penawaran ini ditutup")
    expect(rini.get_by_text("menunggu petugas kedua")).to_be_visible()

    tono = town.phone_of(cast.staff("tono", Role.ECONOMIC_OFFICE, cast.REGENCY))
    tono.goto(f"/staff/recovery/offers/{made.offer.pk}/")
    follow(tono, "Putuskan")
    press(tono, "Tutup penawaran ini")
    expect(tono.get_by_text("2 orang dipulangkan")).to_be_visible()
    assert Seat.objects.filter(state="closed", again=True).count() == 2

    # What Ayu worked is still owed, and her page says so, and why it ended.
    page.goto(f"/r/{code_of(made.seat('Ayu'))}/")
    expect(page.get_by_text("Belum dibayar kepada Anda")).to_be_visible()
    expect(page.get_by_text("Banjir. Anda mendapat urutan pertama")).to_be_visible()
    tono.fill("input[name=receipt]", "Kuitansi 1")
    press_pay = tono.get_by_role("button", name="Catat Rp80.000 sudah dibayar")
    press_pay.click()
    expect(tono.get_by_text("Rp80.000 dicatat sudah dibayar")).to_be_visible()


def test_every_page_is_open_to_every_reader(page: Page, town: Town) -> None:
    made = invited(Kind.MICRO_CAPITAL)
    offer, ayu = made.offer.pk, made.seat("Ayu").pk
    found = []
    for public in ("/recovery/", "/r/", f"/r/{code_of(made.seat('Ayu'))}/"):
        page.goto(public)
        found += problems(page)
    rini = town.phone_of(cast.staff("rini", Role.ECONOMIC_OFFICE, cast.REGENCY))
    rini.goto(f"/staff/recovery/people/{ayu}/answer/")
    found += problems(rini)
    rini.get_by_label("Ya").check()
    press(rini, "Catat jawaban ini")
    found += problems(rini)
    tono = town.phone_of(cast.staff("tono", Role.ECONOMIC_OFFICE, cast.REGENCY))
    tono.goto(f"/staff/recovery/people/{ayu}/")
    tono.fill("input[name=receipt]", "Kuitansi 7")
    press(tono, "Rp3.000.000 sudah diserahkan")
    found += problems(tono)
    rini.goto("/staff/recovery/loans/")
    found += problems(rini)
    follow(rini, "Ayu")
    found += problems(rini)
    for staff in (
        "",
        "kinds/",
        "new/",
        f"{made.offer.programme_id}/offers/new/",
        f"offers/{offer}/",
        f"offers/{offer}/sheet/",
        f"offers/{offer}/paper/",
        f"offers/{offer}/close/",
        "income/",
    ):
        rini.goto(f"/staff/recovery/{staff}")
        found += problems(rini)
    assert not found, "\n".join(found)
