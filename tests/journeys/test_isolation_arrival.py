"""Checkpoint, house, bed: a family comes home in a browser, and one never arrives."""

from datetime import timedelta

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from smartkampung.accounts.roles import Role
from smartkampung.isolation.actions.waiting import release_no_shows
from smartkampung.isolation.models import Reservation, Stay
from smartkampung.kernel.clock import now
from smartkampung.kernel.rls import Kind, act_as
from tests import cast
from tests.arriving import KETUT, MADE, WAYAN, gatekeeper
from tests.isolating import a_house, book
from tests.journeys.acts import Town
from tests.journeys.audit import problems

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def booked(*guests: object, days_ago: int = 0, house_id: int) -> str:
    """Book for today, or as somebody who should have come some days ago."""
    at = now() - timedelta(days=days_ago)
    with transaction.atomic():
        act_as(Kind.JOB)
        return book(guests=guests, house_id=house_id, at=at, arrives_on=at.date()).code


def measure(page: Page) -> None:
    """Write down a temperature for everybody of the party."""
    boxes = page.locator("input[name^=temperature_]")
    expect(boxes.first).to_be_visible()
    for box in boxes.all():
        box.fill("36,5")
    page.get_by_role("button", name="Catat").click()
    expect(page.get_by_role("heading", name="Sekarang ke mana")).to_be_visible()


def test_from_the_checkpoint_to_the_bed(town: Town) -> None:
    house = a_house(beds=3)
    code = booked(WAYAN, MADE, house_id=house.pk)
    gede, sari = town.phone_of(gatekeeper()), town.phone_of(cast.sari())
    found = []

    gede.goto("/staff/arrivals/gate/")
    # A hand scanner types the address of the pass and presses Enter.
    gede.keyboard.type(f"http://kampung.example/i/{code}/")
    gede.keyboard.press("Enter")
    expect(gede.get_by_role("heading", name="Wayan dan 1 orang lain")).to_be_visible()
    found += problems(gede)
    gede.get_by_role("link", name="Di pos: periksa dan loloskan").click()
    found += problems(gede)
    measure(gede)
    expect(gede.get_by_text("Pak Slamet")).to_be_visible()
    found += problems(gede)

    sari.goto("/staff/arrivals/")
    sari.get_by_role("link", name="Wayan dan 1 orang lain").click()
    sari.get_by_role("link", name="Mereka ada di sini").click()
    sari.get_by_role("link", name="Di rumah isolasi: terima masuk").click()
    found += problems(sari)
    beds = sari.locator("select[name^=bed_]")
    expect(beds.first).to_be_visible()
    beds.first.select_option(index=1)
    sari.fill("input[name=contact_name]", "Komang, adik")
    sari.fill("input[name=consent_by]", "Wayan")
    sari.locator("input[name=consent]").check()
    sari.get_by_role("button", name="Terima masuk").click()
    expect(sari.get_by_text("2 orang diterima masuk")).to_be_visible()
    sari.goto("/staff/arrivals/people/")
    expect(sari.get_by_role("link", name="Wayan")).to_be_visible()
    found += problems(sari)
    assert found == []
    with transaction.atomic():
        act_as(Kind.JOB)
        assert {stay.state for stay in Stay.objects.all()} == {"present"}


def test_one_never_arrives_and_the_bed_is_free_again(town: Town) -> None:
    house = a_house(beds=1)
    booked(WAYAN, days_ago=2, house_id=house.pk)
    babinsa = cast.staff("made", Role.BABINSA, cast.HERE)
    made = town.phone_of(babinsa)
    made.goto("/staff/arrivals/")
    late = made.locator("section.late")
    expect(late.get_by_role("link", name="Wayan")).to_be_visible()
    assert problems(made) == []
    with transaction.atomic():
        act_as(Kind.JOB)
        assert release_no_shows(at=now()) == 1
    made.reload()
    expect(late.get_by_text("Tidak ada.")).to_be_visible()
    with transaction.atomic():
        act_as(Kind.JOB)
        assert Reservation.objects.get().state == "no_show"
    assert booked(KETUT, house_id=house.pk)
