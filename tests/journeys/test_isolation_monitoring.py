"""Fourteen days told by a phone, then the letter; one falls ill and stays longer."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from playwright.sync_api import Page, expect

from smartkampung.intake.actions.cases import code_hash
from smartkampung.isolation.models import House, Stay
from smartkampung.isolation.monitoring.actions.alerts import pass_once
from smartkampung.kernel.rls import Kind, act_as
from tests import cast
from tests.isolating import (
    ARRIVAL,
    a_bed_use,
    a_house,
    a_reservation,
    a_stay,
    beds_of,
    days,
)
from tests.journeys.acts import Town
from tests.journeys.audit import problems
from tests.watching import CODE, on_day, present

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
MINE, LIST = f"/isolation/health/{CODE}/", "/staff/isolation/monitoring/"
NEXT = ARRIVAL + timedelta(days=15)


def wayan_in_bed() -> House:
    """Let Wayan lie in the only bed, which Kadek has booked from the cleaning on."""
    house = a_house(beds=1)
    with transaction.atomic():
        act_as(Kind.JOB)
        party = a_reservation(house, state="arrived", code_hash=code_hash(CODE))
        a_bed_use(present(party), beds_of(house)[0])
        kadek = a_stay(
            a_reservation(house, arrives_on=NEXT), name="Kadek", during=days(NEXT)
        )
        a_bed_use(kadek, beds_of(house)[0], during=days(NEXT), taken=days(NEXT, 15))
    return house


def begin_day(clock: time_machine.Traveller, number: int) -> None:
    """Let it be the morning of a day, after the nightly pass."""
    clock.move_to(on_day(number, 8))
    with transaction.atomic():
        act_as(Kind.JOB)
        pass_once(at=on_day(number, 0, 2))


def look_at(page: Page, *, state: str, temperature: str) -> None:
    """Open the last day of the first person of the list: how are they?"""
    page.goto(LIST)
    page.get_by_role("link", name="Wayan").click()
    page.locator("input[name=outcome][value=seen]").check()
    page.locator(f"input[name=state][value={state}]").check()
    page.fill("input[name=temperature]", temperature)
    page.locator("main form button.btn").click()
    expect(page.get_by_text("Wayan sehat dan boleh pulang")).to_be_visible()


def test_fourteen_days_and_the_letter(town: Town) -> None:
    wayan_in_bed()
    ratna, found = cast.dr_ratna(), []
    with time_machine.travel(on_day(1, 8)) as clock:
        phone = town.phone_of()
        phone.goto(MINE)
        for number in range(1, 14):
            begin_day(clock, number)
            phone.get_by_role("button", name="Wayan sehat").click()
            expect(phone.get_by_text("Terima kasih, Wayan.")).to_be_visible()
            expect(phone.get_by_text(f"Hari {number} dari 14")).to_be_visible()
        found += problems(phone)

        begin_day(clock, 14)
        desk = town.phone_of(ratna)
        look_at(desk, state="well", temperature="36,5")
        found += problems(desk)
        phone.goto(MINE)
        expect(phone.get_by_text("Kamis, 18 Juni 2020")).to_be_visible()
        found += problems(phone)
        link = phone.get_by_role("link", name="Surat (PDF)").get_attribute("href")
        paper = phone.request.get(f"{town.server.url}{link}")
        assert paper.headers["content-type"] == "application/pdf"
    with transaction.atomic():
        act_as(Kind.JOB)
        assert Stay.objects.get(name="Wayan").state == "released"
    assert found == []


def test_one_falls_ill_and_stays_in_a_bed_that_was_booked(town: Town) -> None:
    wayan_in_bed()
    ratna, found = cast.dr_ratna(), []
    with time_machine.travel(on_day(10, 8)) as clock:
        begin_day(clock, 10)
        phone, desk = town.phone_of(), town.phone_of(ratna)
        phone.goto(MINE)
        phone.get_by_text("Kurang sehat, atau ada yang diukur").click()
        phone.locator("input[name$=temperature]").fill("38,5")
        phone.get_by_label("Batuk").check()
        found += problems(phone)
        phone.get_by_role("button", name="Kirim untuk Wayan").click()
        expect(phone.get_by_text("Terima kasih, Wayan.")).to_be_visible()

        desk.goto(f"{LIST}alerts/")
        found += problems(desk)
        desk.get_by_role("row", name="harus dilihat sekarang").get_by_role(
            "link", name="Wayan"
        ).click()
        found += problems(desk)
        desk.get_by_role("button", name="Saya berangkat sekarang").click()
        expect(desk.get_by_text("Dicatat: Anda berangkat sekarang.")).to_be_visible()
        desk.get_by_role("link", name="Wayan").click()
        found += problems(desk)
        desk.get_by_role("link", name="Golongan kasus").click()
        found += problems(desk)
        desk.get_by_label("Positif").check()
        desk.fill("input[name=specimen_on]", "2020-06-13")
        desk.locator("main form button.btn").click()
        expect(desk.get_by_text("Golongan sudah dicatat.")).to_be_visible()
        expect(desk.get_by_text("Tempat tidur ini sudah dipesan")).to_be_visible()
        expect(desk.get_by_text("Selasa, 23 Juni 2020")).to_be_visible()
        found += problems(desk)
    assert found == []
