"""What is printed: black on white, without the frame, also from a dark screen."""

import pytest
from playwright.sync_api import expect

from tests import reporting
from tests.journeys import acts
from tests.journeys.acts import Town
from tests.journeys.conftest import Look

FRAME = (".bar", ".foot", ".batik", ".actions", ".language")
INK = "getComputedStyle(document.body).color"
PAPER = "getComputedStyle(document.body).backgroundColor"


@pytest.mark.django_db(transaction=True)
def test_a_slip_prints_its_code_and_picture_and_no_buttons(town: Town) -> None:
    acts.open_town()
    page = town.phone_of()
    code = acts.report(page)
    page.emulate_media(media="print", color_scheme="dark")

    expect(page.get_by_text(code).first).to_be_visible()
    expect(page.locator(".slip .qr svg, .slip .qr img").first).to_be_visible()
    for part in FRAME:
        for found in page.locator(part).all():
            expect(found).to_be_hidden()
    assert page.evaluate(INK) == "rgb(0, 0, 0)"
    assert page.evaluate(PAPER) == "rgb(255, 255, 255)"
    assert page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.django_db(transaction=True)
def test_the_map_of_a_place_prints_with_the_name_of_the_regency(look: Look) -> None:
    reporting.wayan()
    page = look(dark=True)
    page.goto("/regions/")
    expect(page.get_by_text("Smart Kampung Blambangan")).to_have_count(2)
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator("p.print-only")).to_be_visible()
    assert page.evaluate(INK) == "rgb(0, 0, 0)"
