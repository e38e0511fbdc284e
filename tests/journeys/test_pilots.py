"""A village becomes a pilot, reaches new normal, worsens, pauses, resumes."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from smartkampung.accounts.roles import Role
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from smartkampung.reopening.guidance.rules.kinds import Indicator
from smartkampung.reopening.pilots.actions.preparing import add_evidence
from smartkampung.reopening.pilots.actions.watching import watch
from smartkampung.reopening.pilots.models import Pilot
from smartkampung.reopening.pilots.rules.states import Step
from tests import cast
from tests.cast import HERE, REGENCY
from tests.domain.pilots.conftest import air as air
from tests.journeys.acts import Town
from tests.journeys.audit import problems
from tests.journeys.test_recovery import follow, press
from tests.piloting import RECOVERY, SARI, SIGNERS, Air, a_pilot, shown, signed_by

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def told(act: Callable[[], Any]) -> Any:
    """Let colleagues act who are not followed in the browser."""
    with transaction.atomic():
        act_as(Acting.JOB)
        return act()


def prepared(sari: Page, camat: Page, pilot: Pilot) -> None:
    """Give evidence of the first step on a phone; the task force comes at the end."""
    sari.goto(f"/staff/pilots/{pilot.pk}/")
    follow(sari, "Bukti: Edukasi warga")
    sari.fill("textarea[name=text]", "Penyuluhan di balai desa.")
    sari.fill("input[name=on]", today().isoformat())
    sari.fill("input[name=people]", "40")
    press(sari, "Catat")
    expect(sari.get_by_text("Penyuluhan di balai desa.")).to_be_visible()
    for step in (Step.SOCIALISATION, Step.SIMULATION):
        done = shown(step, on=today())
        told(partial(add_evidence, pilot=pilot, shown=done, by=SARI, at=now()))
    camat.goto(f"/staff/pilots/{pilot.pk}/")
    follow(camat, "Catat kunjungan")
    camat.locator("input[name=passed][value=yes]").check()
    press(camat, "Catat")
    expect(camat.get_by_text("Kunjungan sudah dicatat.")).to_be_visible()


def signed(*roles: Role) -> None:
    """Let offices sign what they read."""
    told(lambda: signed_by(Pilot.objects.get(), *roles, at=now()))


def sign(page: Page, pilot: Pilot, office: str) -> None:
    page.goto(f"/staff/pilots/{pilot.pk}/sign/")
    press(page, f"Saya sudah membaca dan menandatangani sebagai: {office}")
    expect(page.get_by_text("Sudah ditandatangani, atas nama Anda.")).to_be_visible()


def test_a_village_goes_to_new_normal_and_is_paused_and_resumes(
    town: Town,
    air: Air,
) -> None:
    sari, camat = town.phone_of(cast.sari()), town.phone_of(cast.camat())
    bupati = town.phone_of(cast.staff("bupati", Role.LEADERSHIP, REGENCY))
    wayan = town.phone_of()
    pilot = told(a_pilot)
    Pilot.objects.filter(pk=pilot.pk).update(chosen_on=today())
    prepared(sari, camat, pilot)

    signed(*RECOVERY[:-1])
    sign(camat, pilot, "Petugas kecamatan")
    signed(*list(SIGNERS)[:-1])
    sign(bupati, pilot, "Pimpinan kabupaten")
    wayan.goto(f"/pilots/{HERE}/")
    expect(wayan.get_by_text("Berlaku hari ini: Tatanan normal baru")).to_be_visible()

    air.values[Indicator.CASES_WEEKLY] = "150"
    told(lambda: watch(at=now()))
    bupati.goto("/staff/")
    bupati.get_by_role("row", name="Putuskan apakah kampung mundur").get_by_role(
        "link"
    ).first.click()
    bupati.locator("input[name=decision][value=pause]").check()
    bupati.fill("textarea[name=reason]", "Kasus naik tiga hari.")
    assert not problems(bupati)
    press(bupati, "Putuskan")
    wayan.reload()
    expect(wayan.get_by_text("Berlaku hari ini: Tanggap darurat")).to_be_visible()
    expect(wayan.get_by_text("Kasus naik tiga hari.").first).to_be_visible()

    air.values[Indicator.CASES_WEEKLY] = "20"
    bupati.goto(f"/staff/pilots/{pilot.pk}/")
    assert not problems(bupati)
    follow(bupati, "Lanjutkan")
    bupati.fill("textarea[name=reason]", "Kasus sudah turun.")
    press(bupati, "Lanjutkan: Sumberwangi")
    wayan.reload()
    expect(wayan.get_by_text("Berlaku hari ini: Tatanan normal baru")).to_be_visible()
    assert not problems(wayan)
