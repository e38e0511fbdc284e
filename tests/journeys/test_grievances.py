"""A grievance that is found right changes the record, and the person sees it."""

import pytest
from playwright.sync_api import Page, expect

from smartkampung.accounts.roles import Role
from smartkampung.jobs.inline import run_waiting
from smartkampung.residents.models import Person
from tests import cast, reporting
from tests.journeys import acts
from tests.journeys.acts import Town

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def tell_wrong_birth_place(page: Page) -> str:
    """Go through the three steps; return the address of the page with the code."""
    page.goto("/grievance/")
    page.get_by_role("link", name="Data kami salah").click()
    page.select_option("select[name=village]", cast.HERE)
    page.fill("input[name=nik]", reporting.WAYAN_NIK)
    page.select_option("select[name=field]", label="Tempat lahir")
    page.fill("input[name=wanted]", "Genteng")
    page.fill("textarea[name=text]", "Di akta lahir tertulis Genteng.")
    page.get_by_role("button", name="Lanjut").click()
    expect(page.get_by_text("Langkah 3 dari 3")).to_be_visible()
    page.get_by_role("button", name="Kirim").click()
    expect(page.get_by_text("Kami menerimanya")).to_be_visible()
    run_waiting()
    return page.url


def test_wrong_data_is_told_found_right_and_corrected(town: Town) -> None:
    wayan = acts.open_town()
    public, sari = town.phone_of(), town.phone_of(cast.sari())
    hadi = town.phone_of(cast.staff("hadi", Role.VILLAGE_HEAD, cast.HERE))
    mine = tell_wrong_birth_place(public)

    acts.take_work(sari, "Jawab keluhan")
    sari.get_by_role("button", name="Tangani keluhan ini").click()
    sari.get_by_label("Ya, benar").check()
    sari.get_by_label("Jawaban, dapat dibaca dengan kode").fill(
        "Akta sudah kami lihat."
    )
    sari.get_by_role("button", name="Kirim keputusan").click()
    expect(sari.get_by_text("Keluhan sudah diputuskan.")).to_be_visible()

    acts.take_work(hadi, "Putuskan perbaikan data")
    hadi.locator("input[name=accepted][value=yes]").check()
    hadi.locator("main form button.btn").click()
    expect(hadi.get_by_text("Sudah diputuskan. Keluarga diberi kabar")).to_be_visible()

    public.goto(mine)
    expect(public.get_by_text("terbukti", exact=True)).to_be_visible()
    expect(public.get_by_text("Akta sudah kami lihat.")).to_be_visible()
    expect(public.get_by_text("Data sudah diperbaiki.")).to_be_visible()
    assert public.get_by_role("link", name="Surat (PDF)").count() == 1
    assert Person.objects.get(pk=wayan.pk).birth_place == "Genteng"
