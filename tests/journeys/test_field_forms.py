"""The forms of the phone, each kind of question once: what is typed is what is booked."""

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from smartkampung.accounts.models import Staff
from smartkampung.aid.models import FieldCheck, Handover
from smartkampung.frontline.field.models import Photo, Record
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.recovery.affected.models import Registration
from tests import cases
from tests.cast import RT_HERE
from tests.fieldwork import LATELY, day_in
from tests.journeys.acts import Town
from tests.journeys.fieldacts import enrol, take_photo, waits
from tests.journeys.fieldline import Line
from tests.population import WAYAN_NIK, wayan

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def save_and_send(page: Page) -> None:
    """Put the form into the queue, and see it leave."""
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.get_by_role("heading", name="Tugas", exact=True).wait_for()
    waits(page, 0)


def sign(page: Page) -> None:
    """Draw with a finger."""
    pad = page.get_by_role("img", name="Tanda tangan di sini dengan jari")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 60)
    page.mouse.up()
    page.get_by_role("button", name="Simpan tanda tangan").click()
    expect(page.get_by_role("button", name="Hapus")).to_have_count(1)


def test_aid_is_handed_over_with_a_signature_and_a_photo(
    town: Town, line: Line
) -> None:
    with transaction.atomic():
        act_as(Kind.JOB)
        cases.at_the_counter(cases.desk())
    page = town.phone_of(Staff.objects.get(username="sari"))
    enrol(page, line)
    page.get_by_role("link", name="Serahkan bantuan").click()
    page.locator("input[name=outcome][value=received]").check()
    page.get_by_role("button", name="Simpan", exact=True).click()
    # Asked only now that something was given.
    errors = page.locator(".errors")
    expect(errors.get_by_role("link")).to_have_count(2)
    sign(page)
    take_photo(page)
    save_and_send(page)
    with transaction.atomic():
        act_as(Kind.JOB)
        assert Record.objects.get().state == "done"
        row = Handover.objects.get()
        assert row.proof == "signature"
        kept = set(Photo.objects.values_list("upload_id", flat=True))
        assert {row.signature_id, row.photo_id} == kept


def test_a_family_is_visited(town: Town, line: Line) -> None:
    with transaction.atomic():
        act_as(Kind.JOB)
        cases.desk()
        cases.claim_of(wayan())
    page = town.phone_of(Staff.objects.get(username="sari"))
    enrol(page, line)
    page.get_by_role("link", name="Kunjungi keluarga").click()
    yes = page.locator("input[name^=q_][value=yes]")
    yes.first.wait_for()
    for box in yes.all():
        box.check()
    page.locator("input[name=recommends][value=yes]").check()
    page.locator(f"[name=programme][value={cases.FOOD}]").check()
    page.locator("[name=notes]").fill("Atap bocor")
    save_and_send(page)
    with transaction.atomic():
        act_as(Kind.JOB)
        assert Record.objects.get().state == "done"
        row = FieldCheck.objects.get()
        assert (row.notes, row.programme_id is None) == ("Atap bocor", False)
        assert set(row.answers.values()) == {True}


def test_somebody_is_registered_and_gets_a_code(town: Town, line: Line) -> None:
    with transaction.atomic():
        act_as(Kind.JOB)
        cases.desk()
    page = town.phone_of(Staff.objects.get(username="sari"))
    enrol(page, line)
    page.get_by_role("button", name="Daftarkan").click()
    page.locator("[name=nik]").fill(f"{WAYAN_NIK[:6]} {WAYAN_NIK[6:12]} 123")
    for name, text in (
        ("name", "Wayan Sudarma"),
        ("born_on", "1990-03-12"),
        ("happened_on", day_in(LATELY)),
        ("income_before", "3000000"),
        ("income_after", "0"),
        ("dependants", "3"),
    ):
        page.locator(f"input[name={name}]").fill(text)
    choose(page, "kind", "laid_off")
    choose(page, "sector", "boat")
    choose(page, "region_code", RT_HERE)
    page.locator("input[name=wishes][value=training]").check()
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_text("Yang diketik 15 angka.").first).to_be_visible()
    page.locator("[name=nik]").fill(WAYAN_NIK)
    # No other answer that the office would hold back leaves the phone.
    for name, wrong, words, right in (
        ("born_on", "2190-03-12", "Tidak boleh sesudah", "1990-03-12"),
        ("happened_on", "2231-01-01", "Tidak boleh sesudah", day_in(LATELY)),
        ("happened_on", "1989-12-31", "Tidak boleh sebelum", day_in(LATELY)),
        ("phone", "bukan nomor", "Ini bukan nomor telepon", "0812-3456 7890"),
        ("income_after", "4000000", "lebih besar daripada", "0"),
        ("skills", f"Memasak, NIK {WAYAN_NIK}", "Jangan tulis NIK", "Memasak"),
    ):
        page.locator(f"[name={name}]").fill(wrong)
        page.get_by_role("button", name="Simpan", exact=True).click()
        expect(page.locator(".errors li")).to_contain_text(words)
        page.locator(f"[name={name}]").fill(right)
    save_and_send(page)
    page.get_by_role("link", name="Sudah diisi").click()
    expect(page.get_by_text("Kode untuk diberikan")).to_be_visible()
    with transaction.atomic():
        act_as(Kind.JOB)
        assert Registration.objects.get().region_code == RT_HERE


def choose(page: Page, name: str, value: str) -> None:
    """Choose an answer, whether the choices stand open or fold up."""
    folded = page.locator(f"select[name={name}]")
    if folded.count():
        folded.select_option(value)
    else:
        page.locator(f"input[name={name}][value='{value}']").check()
