"""A hospital reports, the bupati reads what it means; everybody reads whole weeks."""

from datetime import timedelta

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.demo.signals import tell_signals
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.reopening.pilots.models import PhaseSpell
from smartkampung.reopening.signals.actions.province import import_province
from smartkampung.reopening.signals.models import DayReport, PublishedWeek
from smartkampung.reopening.signals.rules.files import ProvinceRow
from tests import cast
from tests.cast import FAR_AWAY, HERE, NEXT_DOOR, REGENCY, RT_HERE
from tests.confirmed import case
from tests.journeys.acts import Town
from tests.journeys.audit import LOOKS, problems
from tests.population import person
from tests.signals import hear, kadek_account

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
STAFF = "/staff/signals/"


@pytest.fixture
def kadek() -> Staff:
    """Kadek, in a regency with reports, cases, a pilot and the province's series."""
    account = kadek_account()
    on = today()
    with transaction.atomic():
        act_as(Kind.JOB)
        for at, village in enumerate((RT_HERE, NEXT_DOOR, FAR_AWAY)):
            person(f"Warga {at}", region=village)
        for back in range(35, 0, -1):
            for number in range(3):
                address = f"Mawar {back * 10 + number}"
                case(on - timedelta(days=back), name="Warga", address=address)
        hear(on - timedelta(days=1), days=35)
        tell_signals(region=REGENCY, name="Blambangan", seed=7, at=now())
        days = [on - timedelta(days=back) for back in range(60, 0, -1)]
        rows = [ProvinceRow(day, 90, 80, 4, None, "A") for day in days]
        import_province(rows=[*rows[:40], *rows[41:]], by="cli:test", at=now())
        PhaseSpell.objects.create(
            village_id=HERE,
            phase="recovery",
            since=on - timedelta(days=21),
            reason="Siap",
            by="bupati",
            at=now(),
        )
    return account


def look_at(page: Page, *urls: str) -> list[str]:
    """Open pages and return what is wrong with them."""
    found = []
    for url in urls:
        answer = page.goto(url)
        assert answer is not None
        assert answer.status == 200, url
        found += problems(page, LOOKS)
    return found


def test_from_a_bed_to_what_it_means(town: Town, kadek: Staff) -> None:
    page = town.phone_of(kadek)
    page.goto(f"{STAFF}reports/beds/enter/")
    page.get_by_label("Rumah sakit mana?").fill("RSUD Contoh Utara")
    page.get_by_label("Tempat tidur COVID-19").fill("60")
    page.get_by_label("Tempat tidur terisi").fill("63")
    page.get_by_label("Dari mana").fill("Laporan harian")
    page.get_by_role("button", name="Catat angka ini").click()
    expect(page.get_by_text("Benarkah?").first).to_be_visible()
    page.get_by_label("Ya, angka ini benar").check()
    page.get_by_role("button", name="Catat angka ini").click()
    expect(page.get_by_text("RSUD Contoh Utara").first).to_be_visible()
    assert DayReport.objects.filter(occupied=63, by="kadek").exists()
    page.get_by_role("link", name="Bawa berkas").click()
    day = today() - timedelta(days=1)
    lines = f"tanggal;rumah_sakit;tempat_tidur;terisi\n{day};RS Kertas;20;8\n;;;4o\n"
    page.locator("input[type=file]").set_input_files(
        {"name": "bed.csv", "mimeType": "text/csv", "buffer": lines.encode()}
    )
    page.get_by_role("button", name="Lihat berkasnya").click()
    with transaction.atomic():
        act_as(Kind.JOB)
        run_waiting()
    expect(page.get_by_text("Tulis bilangan bulat").first).to_be_visible()
    found = problems(page, LOOKS)
    page.get_by_label("Ya, tempat ini baru").check()
    page.get_by_role("button", name="Catat laporan ini").click()
    expect(page.get_by_text("Laporan dicatat: 1")).to_be_visible()
    assert DayReport.objects.filter(place="RS Kertas", occupied=8).exists()
    bupati = town.phone_of(cast.staff("bupati", Role.LEADERSHIP, REGENCY))
    bupati.goto(STAFF)
    expect(bupati.get_by_text("Keterisian tempat tidur COVID-19")).to_be_visible()
    expect(bupati.get_by_text("belum dapat diputuskan").first).to_be_visible()
    assert bupati.locator("polygon.band").count() > 0
    found += look_at(page, STAFF, f"{STAFF}reports/beds/", f"{STAFF}colours/")
    found += look_at(page, f"{STAFF}province/", "/staff/comparison/")
    found += look_at(page, f"{STAFF}reports/beds/file/")
    anybody = town.phone_of()
    found += look_at(anybody, "/signals/")
    assert PublishedWeek.objects.exists()
    expect(anybody.get_by_text("Lereng").first).to_be_visible()
    assert found == []
