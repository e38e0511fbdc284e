"""A mother asks for a letter by phone; a school proves it; later it is revoked."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from django.db import connection, transaction
from playwright.sync_api import FilePayload, Page, expect

from smartkampung.accounts.models import Staff
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.clock import now
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.sealed import Sealed, blind_index
from smartkampung.letters.signing.queries.files import report_of
from smartkampung.residents.models import NIK, Person
from tests.asking_letters import rt_head, village_head, wayan_with_child
from tests.cast import sari
from tests.journeys.acts import Town
from tests.journeys.audit import problems
from tests.journeys.test_recovery import follow, press
from tests.owndata import code_sent
from tests.pictures import jpeg
from tests.reporting import WAYAN_KK
from tests.signing import PASSPHRASE, authority, signer
from tests.signing import cheap_guesses as cheap_guesses

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
KETUT_NIK = "3510095506880001"


class Village(NamedTuple):
    """Who is there: a mother and her daughter, and who works on the letter."""

    mother: Person
    daughter: Person
    rt: Staff
    operator: Staff
    head: Staff


@pytest.fixture
def village() -> Village:
    with transaction.atomic():
        father, daughter = wayan_with_child()
        mother = Person.objects.create(
            nik=Sealed.of(KETUT_NIK, NIK),
            nik_index=blind_index(KETUT_NIK, NIK),
            name="Ni Ketut Sulastri",
            name_folded="ni ketut sulastri",
            sex="P",
            born_on=father.born_on,
            birth_place="Banyuwangi",
            relation=3,
            family=father.family,
            region_code=father.region_code,
        )
        people = Village(mother, daughter, rt_head(), sari(), village_head())
        authority(at=now() - timedelta(days=2))
        signer(people.head, at=now() - timedelta(days=1))
    return people


def come_in(phone: Page) -> None:
    """Type the two numbers, and the code from the family's phone."""
    phone.fill("input[name=nik]", KETUT_NIK)
    phone.fill("input[name=kk]", WAYAN_KK)
    press(phone, "Kirim kode")
    expect(phone.locator("input[name=digits]")).to_be_visible()
    run_waiting()
    phone.fill("input[name=digits]", code_sent())
    press(phone, "Buka data saya")


def ask(phone: Page, village: Village) -> int:
    """Ask for a letter about the daughter; return the number of the request."""
    phone.goto("/")
    follow(phone, "Anda perlu surat untuk apa?")
    phone.fill("input[name=q]", "sekolah")
    press(phone, "Cari")
    follow(phone, "Surat Keterangan Tidak Mampu")
    come_in(phone)
    expect(phone.locator("h1")).to_have_text("Suratnya tentang siapa?")
    assert not problems(phone)
    phone.get_by_label(village.daughter.name).check()
    press(phone, "Lanjut")
    press(phone, "Lanjut")
    expect(phone.get_by_role("alert")).to_contain_text("Tulis")
    phone.fill("input[name=purpose]", "Keringanan biaya sekolah")
    press(phone, "Lanjut")
    phone.fill("input[name=q_income]", "Rp1.500.000")
    press(phone, "Lanjut")
    photo = FilePayload(
        name="rumah.jpg", mimeType="image/jpeg", buffer=jpeg().getvalue()
    )
    phone.set_input_files("input[type=file]", photo)
    press(phone, "Lanjut")
    expect(phone.get_by_text("Rp1.500.000")).to_be_visible()
    press(phone, "Minta surat ini")
    expect(phone.locator(".slip-code")).to_be_visible()
    assert not problems(phone)
    follow(phone, "Buka surat saya")
    follow(phone, "Surat Keterangan Tidak Mampu")
    expect(phone.get_by_text("Menunggu RT", exact=False).first).to_be_visible()
    return int(phone.url.rstrip("/").rpartition("/")[2])


def done(page: Page, pk: int, button: str) -> None:
    """Let an officer open the request and take the step."""
    page.goto(f"/staff/letters/{pk}/")
    press(page, button)
    expect(page.locator("main .notice.ok, main [role=status]").first).to_be_visible()


def sign(page: Page, pk: int) -> None:
    """Let the head read the letter, then sign it."""
    page.goto(f"/staff/letters/{pk}/")
    follow(page, "Baca surat")
    press(page, "Saya sudah membacanya, lanjut ke berikutnya")
    page.goto(f"/staff/letters/{pk}/")
    page.fill("input[name=passphrase]", PASSPHRASE)
    done_button = page.get_by_role("button", name="Tanda tangani surat ini")
    done_button.click()
    expect(done_button).to_have_count(0)


def fetched(phone: Page, pk: int) -> tuple[bytes, str]:
    """Fetch the letter; return it with the holder's code."""
    phone.goto(f"/surat/mine/{pk}/")
    assert not problems(phone)
    code = phone.locator("strong.code").inner_text()
    with phone.expect_download() as download:
        follow(phone, "Ambil surat (PDF)")
    return Path(download.value.path()).read_bytes(), code


def square_of(pdf: bytes) -> str:
    """Return the address in the square of a letter, whose signature holds."""

    def read() -> str:
        try:
            with transaction.atomic():
                act_as(Kind.PUBLIC)
                report = report_of(pdf)
        finally:
            connection.close()
        assert report
        assert report.sound
        return urlsplit(report.proof).path

    # In a thread of its own: the browser's loop runs in this one.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(read).result()


def test_a_mother_asks_by_phone_and_a_school_proves_the_letter(
    town: Town, village: Village
) -> None:
    phone = town.phone_of()
    pk = ask(phone, village)
    done(town.phone_of(village.rt), pk, "Saya mengenal keluarga ini dan membenarkannya")
    done(town.phone_of(village.operator), pk, "Sudah diperiksa, teruskan")
    head = town.phone_of(village.head)
    sign(head, pk)

    pdf, holder_code = fetched(phone, pk)
    square = square_of(pdf)
    school = town.phone_of()
    school.goto(square)
    expect(school.get_by_text("Surat ini berlaku")).to_be_visible()
    assert "Putu" not in school.locator("main").inner_text()
    school.fill("input[name=holder_code]", holder_code)
    school.locator("main form button").click()
    expect(school.get_by_text(village.daughter.name).first).to_be_visible()

    head.goto(f"/staff/letters/{pk}/")
    head.locator("details").filter(has_text=re.compile("^Cabut")).locator(
        "summary"
    ).first.click()
    head.locator("form[action$='/do/revoke/'] textarea").fill("Salah nama sekolah.")
    press(head, "Cabut surat ini")
    expect(head.get_by_role("button", name="Cabut surat ini")).to_have_count(0)
    school.goto(square)
    expect(school.get_by_text("Surat ini dicabut").first).to_be_visible()
    phone.goto(f"/surat/mine/{pk}/")
    expect(phone.get_by_text("Salah nama sekolah.")).to_be_visible()
