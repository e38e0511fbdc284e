"""A month falls, the office is told and takes note; every page is open to every reader."""

from datetime import date, datetime
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import expect

from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import Role
from smartkampung.demo.economy import tell_economy
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.recovery.economy.models import Alert, FigureFile
from tests import cast
from tests.cast import REGENCY
from tests.economy import IN_2019, IN_2020, entered, office_account, year_of
from tests.journeys.acts import Town
from tests.journeys.audit import LOOKS, SECOND_LOOK, problems
from tests.journeys.conftest import Look, SignIn

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
STAFF = "/staff/economy/"
PAGES = (
    "",
    "revenue/",
    "revenue/?sum=until",
    "revenue/hotel/",
    "visits/",
    "businesses/",
    "recovery/",
    "recovery/visits/",
    "known/",
    "alerts/",
    "settings/",
    "settings/thresholds/",
    "enter/revenue/",
    "enter/visits/",
    "files/",
)


@pytest.fixture
def lestari() -> Staff:
    """Lestari, in a regency with a made-up past and one alert."""
    account = office_account()
    with transaction.atomic():
        act_as(Kind.JOB)
        by = actor_for(account, on=today())
        tell_economy(at=now(), seed=7, by=by)
    return account


def test_every_page_is_open_to_every_reader(
    look: Look, lestari: Staff, sign_in: SignIn
) -> None:
    alert, month = Alert.objects.get(), f"{date(2020, 5, 1):%Y-%m}"
    history = f"history/?kind=visits&item=Djawatan&month={month}"
    found = []
    for lang, looks in (("id", LOOKS), ("en", SECOND_LOOK)):
        page = look(lang=lang)
        page.goto("/economy/")
        found += problems(page, looks)
        sign_in(page.context, lestari)
        for url in (*PAGES, history, f"alerts/{alert.pk}/"):
            answer = page.goto(f"{STAFF}{url}")
            assert answer is not None
            assert answer.status == 200, url
            found += problems(page, looks)
    assert found == []


def test_from_a_file_to_an_alert_that_somebody_has_seen(
    town: Town, tmp_path: Path
) -> None:
    account = office_account()
    with transaction.atomic():
        entered(
            year_of(2019, IN_2019) + year_of(2020, IN_2020[:3]),
            actor_for(account, on=today()),
            at=datetime.now(tz=now().tzinfo),
        )
    file = tmp_path / "pad-april.csv"
    file.write_text(
        "jenis;bulan;realisasi\nPajak Hotel;April 2020;90.000.000\nKos;April 2020;1\n"
    )
    page = town.phone_of(account)
    page.goto(f"{STAFF}files/")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Lihat berkasnya").click()
    expect(page.get_by_text("Berkas sedang dibaca")).to_be_visible()
    with transaction.atomic():
        act_as(Kind.JOB)
        run_waiting()
    page.reload()
    expect(page.get_by_text("Jenis pendapatan ini tidak dikenal.")).to_be_visible()
    found = problems(page)
    page.get_by_role("button", name="Catat angka ini").click()
    expect(page.get_by_text("Angka dicatat: 1")).to_be_visible()
    assert FigureFile.objects.get().written == 1
    page.goto("/staff/")
    page.get_by_role("link", name="Lihat sektor yang turun atau pulih #").last.click()
    expect(page.get_by_text("turun di bawah ambang pada April 2020")).to_be_visible()
    page.get_by_label("Apa tindak lanjutnya?").fill("Keringanan pajak dibahas.")
    page.get_by_role("button", name="Catat").click()
    expect(page.get_by_text("Dicatat oleh Lestari Ayu")).to_be_visible()
    found += problems(page)
    assert found == []
    bupati = town.phone_of(cast.staff("bupati", Role.LEADERSHIP, REGENCY))
    bupati.goto(f"{STAFF}recovery/hotel/")
    expect(bupati.get_by_role("cell", name="13,6%")).to_be_visible()
