"""dr. Ratna tells of a case, and the RT has a colour; every page is for every reader."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from smartkampung.accounts.roles import Role
from smartkampung.kernel.clock import today
from tests import cast
from tests.cast import HERE, REGENCY
from tests.journeys.acts import Town
from tests.journeys.audit import problems
from tests.journeys.conftest import Look, SignIn

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ZONES, GUIDANCE = "/staff/zones/", "/staff/guidance/"


def test_a_case_colours_an_rt_until_it_was_none(town: Town, tmp_path: Path) -> None:
    page = town.phone_of(cast.dr_ratna())
    page.goto(f"{ZONES}cases/new/")
    page.get_by_label("Nama").fill("Komang Adi")
    page.get_by_label("Desa/kelurahan").select_option(HERE)
    page.get_by_role("textbox", name="RW").fill("2")
    page.get_by_role("textbox", name="RT").fill("7")
    yesterday = today() - timedelta(days=1)
    page.get_by_label("Dikonfirmasi pada").fill(yesterday.isoformat())
    found = problems(page)
    page.get_by_role("button", name="Catat kasus ini").click()
    expect(page.get_by_role("heading", name="Komang Adi")).to_be_visible()
    case = page.url
    found += problems(page)
    page.goto(f"{ZONES}{HERE}/")
    row = page.get_by_role("row").filter(has_text="RT 007")
    expect(row).to_contain_text("kuning")
    found += problems(page)
    page.goto(case)
    page.get_by_text("Ini bukan kasus").click()
    page.get_by_label("Mengapa bukan kasus?").fill("Hasil tertukar di laboratorium.")
    page.get_by_role("button", name="Tarik kasus Komang Adi").click()
    page.goto(f"{ZONES}{HERE}/")
    expect(row).to_contain_text("hijau")
    page.screenshot(path=tmp_path / "zones.png")
    assert found == []


def test_guidance_is_read_by_anybody_and_written_by_its_office(
    look: Look, sign_in: SignIn
) -> None:
    page = look(lang="id")
    cast.places()
    found = []
    for url in ("", "phases/", "rt_zone/compare/"):
        page.goto(f"/guidance/{url}")
        found += problems(page)
    sign_in(page.context, cast.staff("nyoman", Role.DINKES, REGENCY))
    for url in (GUIDANCE, f"{GUIDANCE}phases/write/", f"{ZONES}{REGENCY}/"):
        answer = page.goto(url)
        assert answer is not None
        assert answer.status == 200
        found += problems(page)
    assert found == []
