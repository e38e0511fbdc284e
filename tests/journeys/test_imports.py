"""Sari brings her village's workbook on a phone, corrects, applies, undoes, decides."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from smartkampung.accounts.roles import Role
from smartkampung.jobs.inline import run_waiting
from smartkampung.residents.exports import rules
from smartkampung.residents.models import Person
from tests import cast
from tests.importing import bring
from tests.journeys.audit import problems
from tests.journeys.conftest import Look, SignIn
from tests.workbooks import BAYU, SITI, SLAMET, workbook

pytestmark = pytest.mark.django_db(transaction=True)
# Where to leave pictures for people to look at; nothing unless set.
SHOTS = os.environ.get("SK_SHOTS")
MIXED = (
    SLAMET | {"alamat": "Jl. Baru 7", "pekerjaan_id": 88},
    SITI | {"tanggallahir": "1991-07-11"},
    BAYU | {"nik": 3510090503200001},
    SITI
    | {"nama": "ORANG BARU", "nik": "3510095107900009", "pekerjaan_id": "TUKANG PIJAT"},
)


def proper(page: Page, name: str) -> None:
    """Be open to every reader; leave a picture where one is asked for."""
    assert problems(page) == []
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def upload(page: Page, folder: Path) -> None:
    file = folder / "penduduk.xlsx"
    file.write_bytes(workbook(*MIXED))
    page.goto("/staff/imports/")
    page.set_input_files("input[type=file]", file)
    page.locator("main button.btn").click()


@pytest.mark.parametrize(("width", "lang"), [(360, "id"), (1100, "en")])
def test_a_village_file_from_upload_to_decision(
    look: Look, sign_in: SignIn, tmp_path: Path, width: int, lang: str
) -> None:
    bring(workbook(SLAMET, SITI, BAYU))
    page = look(width=width, lang=lang)
    sign_in(page.context, cast.sari())
    shot = f"{width}-{lang}"
    page.goto("/staff/imports/")
    proper(page, f"imports-{shot}")
    upload(page, tmp_path)
    proper(page, f"import-reading-{shot}")
    run_waiting()
    page.reload()
    proper(page, f"import-rejected-{shot}")
    for tab in ("changed", "review", "new", "noted"):
        page.goto(f"{page.url.split('?')[0]}?show={tab}")
        proper(page, f"import-{tab}-{shot}")

    page.locator("main .actions button.btn").first.click()
    run_waiting()
    page.reload()
    proper(page, f"import-applied-{shot}")
    assert Person.objects.count() == 4
    address = page.url

    page.goto("/staff/imports/reviews/")
    proper(page, f"reviews-{shot}")
    page.locator("main table a").first.click()
    proper(page, f"review-{shot}")
    page.locator("input[value=dismiss]").check()
    page.locator("textarea").fill("KTP dilihat.")
    page.locator("main form button.btn").click()
    proper(page, f"reviews-none-{shot}")

    page.goto(address)
    page.locator("summary").last.click()
    page.locator("button.btn-danger").last.click()
    run_waiting()
    page.reload()
    proper(page, f"import-undone-{shot}")
    assert Person.objects.count() == 3
    page.goto("/staff/imports/")
    proper(page, f"imports-after-{shot}")


@pytest.mark.parametrize(("width", "lang"), [(360, "en"), (1100, "id")])
def test_people_leave_the_registry_under_a_second_pair_of_eyes(
    look: Look,
    sign_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
    width: int,
    lang: str,
) -> None:
    monkeypatch.setattr(rules, "LARGE", 2)
    bring(workbook(SLAMET, SITI, BAYU))
    page, shot = look(width=width, lang=lang), f"{width}-{lang}"
    sign_in(page.context, cast.sari())
    page.goto("/staff/exports/")
    proper(page, f"exports-{shot}")
    page.locator("textarea").fill("Laporan tahunan kepada Dinas.")
    page.locator("main form button.btn").click()
    proper(page, f"export-waiting-{shot}")

    head = look(width=width, lang=lang)
    sign_in(head.context, cast.staff("kades", Role.VILLAGE_HEAD, cast.HERE))
    head.goto(page.url)
    proper(head, f"export-decide-{shot}")
    head.locator("button[value=allow]").click()
    page.reload()
    proper(page, f"export-making-{shot}")
    run_waiting()
    page.reload()
    proper(page, f"export-ready-{shot}")
    with page.expect_download() as download:
        page.locator("main form button.btn").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    expect(page.locator("h1")).to_be_visible()
